import { listedMatter, matterListForm, problemAnswer } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { said, verdict } from './caller.ts';
import { type ListedMatter, type Name, type RunningTown, startTown } from './running-town.ts';

let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00+08:00');
}, 60_000);
afterAll(() => town.close());

const listOf = (name: Name, query = '', collection = 'reminders'): Promise<ListedMatter[]> =>
  town.all(name, `/api/${collection}?${query}`, listedMatter);
const paths = (rows: readonly ListedMatter[]): string[] => rows.map(({ collection, id }) => `/api/${collection}/${id}`);
const byPath = async (name: Name, path: string): Promise<ListedMatter | undefined> =>
  (await listOf(name)).find(({ id }) => path.endsWith(id));

async function refused(query: string): Promise<readonly string[]> {
  const answer = await town.as('clerk').get(`/api/matters?${query}`);
  expect(verdict(answer)).toBe('400 malformed');
  return problemAnswer.parse(answer.body).errors?.map((one) => one.path) ?? [];
}

test('a row says what a desk needs: in what state, by whom, by when, how many letters nobody signed for', async () => {
  const path = await town.issued({ replyWithin: { amount: 5, unit: 'working-day' } });
  await town.mails();
  expect(await byPath('clerk', path)).toMatchObject({
    kindTitle: '工作提醒',
    collection: 'reminders',
    stateTitle: '已印发',
    openedBy: { id: 'clerk' },
    numbers: [expect.stringContaining('〔2026〕'), expect.stringContaining('〔2026〕')],
    light: 'green',
    dueOn: '2026-09-21',
    firm: true,
    workingDaysLeft: 5,
    unsigned: 2,
  });
  const [delivery] = await town.deliveries('housing-liaison', '?state=sent&recipient=housing');
  await town.as('housing-liaison').post(`/api/deliveries/${delivery?.id ?? ''}/acknowledge`);
  await town.mails();
  expect((await byPath('clerk', path))?.unsigned).toBe(1);
});

test('the unit sees its own letter’s number and no other’s, and not who worked on it when', async () => {
  const path = await town.issued({ unit: 'ecology' });
  const all = (await byPath('clerk', path))?.numbers ?? [];
  const own = await byPath('ecology-liaison', path);
  expect(all).toHaveLength(2);
  expect(own?.numbers).toHaveLength(1);
  expect([own?.openedBy, own?.changedAt]).toEqual([undefined, undefined]);
  const others = all.filter((number) => own?.numbers.includes(number) === false);
  const seeking = (name: Name, text: string) => listOf(name, `q=${encodeURIComponent(text)}`);
  expect(paths(await seeking('clerk', others[0] ?? ''))).toEqual([path]);
  expect(await seeking('ecology-liaison', others[0] ?? '')).toEqual([]);
  expect(await seeking('ecology-liaison', '周勤')).toEqual([]);
});

describe('what is looked for', () => {
  let path: string;
  beforeAll(async () => {
    path = await town.drafted({ subject: '滨江路ABC（二期）改造', unit: 'commerce', leader: 'deputy-leader-2' });
  });

  test.each(['滨江路', 'abc', 'ＡＢＣ(二期)', '滨江路 ABC', '商务局', '周勤'])('%s is found', async (text) => {
    expect(paths(await listOf('clerk', `q=${encodeURIComponent(text)}`))).toContain(path);
    expect(paths(await listOf('clerk', `q=${encodeURIComponent(text)}`, 'matters'))).toContain(path);
  });

  test('is found by nobody who may not know of it', async () => {
    for (const name of ['commerce-liaison', 'housing-liaison', 'audit-officer'] as const)
      expect(await listOf(name, `q=${encodeURIComponent('滨江路')}`)).toEqual([]);
  });

  test('is in no line of the log', async () => {
    await listOf('clerk', `q=${encodeURIComponent('滨江路')}`);
    expect(JSON.stringify(town.log)).not.toMatch(/滨江路|%E6%BB%A8/i);
  });
});

test('several states are asked for at once, by commas or one after the other, and what is none is named', async () => {
  const drafts = await listOf('clerk', 'state=draft');
  const issued = await listOf('clerk', 'state=issued');
  expect([drafts.length > 0, issued.length > 0]).toEqual([true, true]);
  const both = new Set(paths([...drafts, ...issued]));
  for (const query of ['state=draft,issued', 'state=draft&state=issued'])
    expect(new Set(paths(await listOf('clerk', query)))).toEqual(both);
  expect(await refused('state=nonsense')).toEqual(['state']);
  expect(verdict(await town.as('clerk').get('/api/reminders?state=held'))).toBe('400 malformed');
  expect(await refused('state=')).toEqual(['state']);
});

test('what one opened oneself is told from what colleagues opened', async () => {
  const mine = await town.drafted({ subject: '本人的' }, 'clerk-2');
  expect(paths(await listOf('clerk-2', 'openedBy=me'))).toEqual([mine]);
  expect(paths(await listOf('clerk', 'openedBy=me'))).not.toContain(mine);
  expect(await refused('openedBy=clerk')).toEqual(['openedBy']);
});

test('the days of opening bound a list on both sides, also where it is ordered otherwise', async () => {
  const before = paths(await listOf('clerk', 'to=2026-09-15'));
  expect(before.length).toBeGreaterThan(1);
  await town.moveTo('2026-09-16T10:00:00+08:00');
  const today = await town.issued({ subject: '次日的', replyWithin: { amount: 3, unit: 'working-day' } });
  for (const sort of ['openedAt', '-changedAt', 'dueOn']) {
    expect(paths(await listOf('clerk', `from=2026-09-16&sort=${sort}`))).toEqual([today]);
    expect(paths(await listOf('clerk', `to=2026-09-15&sort=${sort}`))).not.toContain(today);
  }
  expect(paths(await listOf('clerk', 'to=2026-09-15'))).toEqual(before);
});

describe('the order', () => {
  const sorted = (rows: readonly ListedMatter[], key: (row: ListedMatter) => string): void =>
    expect(rows.map(key)).toEqual(rows.map(key).toSorted());

  test.each(['openedAt', 'changedAt', 'dueOn'] as const)(
    'by %s, and with “-” the other way round, page by page',
    async (by) => {
      const rows = await listOf('clerk', `sort=${by}&limit=2`, 'matters');
      expect(rows.length).toBeGreaterThan(2);
      sorted(rows, (row) => row[by] ?? '');
      expect(new Set(paths(rows)).size).toBe(rows.length);
      expect(
        paths(await listOf('clerk', `sort=-${by}&limit=2`, 'matters'))
          .toReversed()
          .toSorted(),
      ).toEqual(paths(rows).toSorted());
      if (by === 'dueOn') expect(rows.every(({ light }) => light !== undefined)).toBe(true);
      else expect(rows.length).toBe((await listOf('clerk', '', 'matters')).length);
    },
  );

  test('is one that has a list, else it is named', async () => {
    for (const sort of ['subject', '--dueOn', '']) expect(await refused(`sort=${sort}`)).toEqual(['sort']);
  });
});

test('how many there are is said on the first page, where it is asked for', async () => {
  const all = await listOf('clerk');
  const page = async (query: string) => said(await town.as('clerk').get(`/api/reminders?${query}`), matterListForm);
  const first = await page('total=true&limit=2');
  expect(first.total).toEqual({ count: all.length, more: false });
  expect((await page(`total=true&limit=2&cursor=${first.next ?? ''}`)).total).toBeUndefined();
  expect((await page('limit=2')).total).toBeUndefined();
  for (const sort of ['dueOn', 'changedAt'])
    expect((await page(`total=true&sort=${sort}`)).total?.count).toBe((await listOf('clerk', `sort=${sort}`)).length);
  const nobody = said(await town.as('audit-officer').get('/api/reminders?total=true'), matterListForm);
  expect([nobody.total, nobody.items]).toEqual([{ count: 0, more: false }, []]);
});

const policy = z.object({ interview: z.object({ circumstances: z.array(z.object({ id: z.string() })) }) });
const anInterviewsGround = async (): Promise<string> =>
  said(await town.as('clerk').get('/api/policy'), policy).interview.circumstances[0]?.id ?? '';

test('one list over all measures shows to everybody what the lists of the measures show', async () => {
  const { id } = said(
    await town.as('clerk').post('/api/interviews', {
      subjects: [{ official: 'housing-director', responsibility: 'principal' }],
      circumstance: await anInterviewsGround(),
      grounds: '（演示）整改不力。',
    }),
    z.object({ id: z.string() }),
  );
  const collections = ['reminders', 'interviews', 'risk-filings', 'tolerance', 'clarifications', 'rewards'];
  for (const name of ['clerk', 'housing-liaison', 'principal-leader', 'audit-officer', 'admin'] as const) {
    const each = (await Promise.all(collections.map((one) => listOf(name, '', one)))).flat();
    expect(paths(await listOf(name, 'limit=3', 'matters')).toSorted()).toEqual(paths(each).toSorted());
  }
  expect(paths(await listOf('clerk', 'kind=interview', 'matters'))).toEqual([`/api/interviews/${id}`]);
  expect(await refused('kind=nonsense')).toEqual(['kind']);
});

test('two interviews of one person have headlines that tell them apart', async () => {
  await town.moveTo('2026-09-17T10:00:00+08:00');
  const opened = await town.as('clerk').post('/api/interviews', {
    subjects: [{ official: 'housing-director', responsibility: 'principal' }],
    circumstance: await anInterviewsGround(),
    grounds: '（演示）又一次。',
  });
  expect(opened.status).toBe(201);
  const headlines = (await listOf('clerk', '', 'interviews')).map(({ headline }) => headline);
  expect(headlines).toEqual(['朱建（演示）（2026年9月17日申请）', '朱建（演示）（2026年9月16日申请）']);
});
