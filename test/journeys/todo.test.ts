import { listForm, todoAnswer } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { said, verdict } from './caller.ts';
import { type Name, type RunningTown, startTown, type Todo } from './running-town.ts';

let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00+08:00');
}, 60_000);
afterAll(() => town.close());

const page = z.object({ items: z.array(todoAnswer), next: z.optional(z.string()) });

async function todosOf(name: Name, path?: string): Promise<Todo[]> {
  await town.mails();
  const all = await town.all(name, '/api/todo', todoAnswer);
  return path === undefined ? all : all.filter(({ matter }) => path === `/api/${matter.collection}/${matter.id}`);
}

test('each letter that is to be signed for is a to-do of its own, with the delivery that the call needs', async () => {
  const path = await town.issued();
  await town.does('deputy-leader', path, 'rescind', { reason: '对象有误。' });
  const unsigned = await todosOf('housing-liaison', path);
  expect(unsigned.map(({ act }) => act)).toEqual(['acknowledge', 'acknowledge']);
  expect(new Set(unsigned.map(({ delivery }) => delivery)).size).toBe(2);
  const [first, second] = unsigned;
  expect(first).toMatchObject({ kindTitle: '工作提醒', unit: { id: 'housing' } });
  expect(first?.number).toMatch(/〔2026〕\d+号$/);
  const signing = await town.as('housing-liaison').post(`/api/deliveries/${first?.delivery ?? ''}/acknowledge`);
  expect(verdict(signing)).toBe('200');
  expect((await todosOf('housing-liaison', path)).map(({ delivery }) => delivery)).toEqual([second?.delivery]);
});

test('a to-do shows the most urgent deadline of its matter, and how many working days are left', async () => {
  const path = await town.issued({ unit: 'ecology', replyWithin: { amount: 5, unit: 'working-day' } });
  const replies = async () => (await todosOf('ecology-liaison', path)).filter(({ act }) => act === 'reply');
  expect(await replies()).toMatchObject([
    {
      kindTitle: '工作提醒',
      unit: { id: 'ecology', name: '市生态环境局' },
      dueOn: '2026-09-21',
      firm: true,
      light: 'green',
      workingDaysLeft: 5,
    },
  ]);
  // The letter says by which day it is answered, and so does what asks to sign for it.
  expect((await todosOf('ecology-liaison', path)).map(({ act, dueOn }) => [act, dueOn])).toEqual([
    ['reply', '2026-09-21'],
    ['acknowledge', '2026-09-21'],
  ]);
  await town.moveTo('2026-09-28T10:00:00+08:00');
  // 25 to 27 September 2026 are off: the 22nd, 23rd, 24th and 28th have gone by.
  expect(await replies()).toMatchObject([{ light: 'red', workingDaysLeft: -4 }]);
});

test('whoever only has a copy of a letter is shown no deadline with it', async () => {
  const todos = await todosOf('deputy-leader');
  expect(todos.filter(({ act, matter }) => act === 'acknowledge' && matter.kind === 'reminder').length).toBeGreaterThan(
    0,
  );
  for (const { matter, dueOn } of todos) {
    const { deadlines } = await town.matter('deputy-leader', `/api/${matter.collection}/${matter.id}`);
    if (dueOn !== undefined) expect(deadlines.map((one) => one.dueOn)).toContain(dueOn);
  }
});

test('what is done between two pages takes no other to-do along', async () => {
  const paths: string[] = [];
  for (const subject of ['甲', '乙', '丙', '丁']) {
    paths.push(await town.drafted({ subject }));
    await town.does('clerk', paths.at(-1) ?? '', 'submit');
  }
  const approver = town.as('deputy-leader');
  const pageOf = async (cursor?: string) =>
    said(await approver.get(`/api/todo?limit=3${cursor === undefined ? '' : `&cursor=${cursor}`}`), page);
  const before = (await todosOf('deputy-leader')).map(({ matter, act, delivery }) => [matter.id, act, delivery]);
  const first = await pageOf();
  const [done] = first.items;
  const act = done?.act === 'acknowledge' ? `/api/deliveries/${done.delivery ?? ''}/acknowledge` : '';
  const body = { opinion: '同意。' };
  const { collection = '', id = '' } = done?.matter ?? {};
  expect(
    verdict(act === '' ? await approver.post(`/api/${collection}/${id}/approve`, body) : await approver.post(act)),
  ).toBe('200');
  const seen = [...first.items];
  for (let next = first.next; next !== undefined;) {
    const more = await pageOf(next);
    seen.push(...more.items);
    next = more.next;
  }
  expect(seen.map(({ matter, act: what, delivery }) => [matter.id, what, delivery])).toEqual(before);
});

test('a cursor that this list did not write is refused', async () => {
  for (const cursor of ['50', 'x', Buffer.from('["1","2"]').toString('base64url')])
    expect(verdict(await town.as('clerk').get(`/api/todo?cursor=${cursor}`))).toBe('400 malformed');
  said(await town.as('clerk').get('/api/todo?limit=1'), listForm(todoAnswer));
});
