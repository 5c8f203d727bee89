import type { Caller } from '@dandang/access/caller.ts';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { draftsAnswer, dryRunAnswer } from '@dandang/api/draft-answers.ts';
import { personNamed } from '../story/walked.ts';
import { at } from '../story/story.ts';
import { type ApiCall, callApi, fieldOf } from './call.ts';
import { type DryRunTown, engines, openTown } from './dry-run-town.ts';

/* Letters before they exist, as a department's own system asks for them. */

const begin = at('2026-03-02');
let town: DryRunTown;
beforeEach(async () => {
  town = await openTown(engines.memory, begin);
});
afterEach(() => town.close());

const draft = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造进度滞后',
  findings: '年度任务完成不足一成。',
  requirements: '请查明原因。',
  replyWithin: { amount: 5, unit: 'working-day' },
};
const [clerk, approver, liaison] = ['clerk', 'deputy-leader', 'housing-liaison'].map(personNamed);
const ask = (caller: Caller | undefined, method: ApiCall['method'], path: string, more: Partial<ApiCall> = {}) =>
  callApi(town.handler, { method, path, ...(caller === undefined ? {} : { caller }), ...more });
const text = ({ body }: { readonly body: unknown }): string =>
  // What is set as one word is so by an element of its own.
  Buffer.from(typeof body === 'string' ? body : '', 'base64')
    .toString('utf8')
    .replace(/<[^>]*>/g, '');

/** A reminder that waits for its approval; its path. */
async function awaiting(body: object = draft): Promise<string> {
  const opened = matterAnswerForm.parse((await ask(clerk, 'POST', '/api/reminders', { body })).body);
  const path = `/api/reminders/${opened.id}`;
  await ask(clerk, 'POST', `${path}/submit`);
  return path;
}

test('an approver reads the pair of letters before it approves them, as pages and as files', async () => {
  const path = await awaiting();
  const { items, warnings } = draftsAnswer.parse((await ask(approver, 'GET', `${path}/drafts`)).body);
  expect(warnings).toEqual([]);
  expect(
    items.map(({ type, number, command, open, recipients }) => ({ type, number, command, open, recipients })),
  ).toEqual([
    {
      type: 'work-tip',
      number: '演督函〔2026〕__号',
      command: 'issue',
      open: [],
      recipients: [{ id: 'deputy-leader', name: '钱管（演示）', as: 'prompt', address: 'ok' }],
    },
    {
      type: 'reminder-letter',
      number: '演督函〔2026〕__号',
      command: 'issue',
      open: [],
      recipients: [{ id: 'housing', name: '市住房和城乡建设局', as: 'addressee', address: 'ok' }],
    },
  ]);
  const [, letter] = items;
  const page = await ask(approver, 'GET', letter?.html ?? '');
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  for (const words of ['演示 草稿', '演督函〔2026〕__号', draft.requirements]) expect(text(page)).toContain(words);
  expect((await ask(approver, 'GET', letter?.docx ?? '')).status).toBe(200);
  // It goes out under the id that it was read by.
  await ask(approver, 'POST', `${path}/approve`, { body: { opinion: '同意。' } });
  const issued = matterAnswerForm.parse((await ask(clerk, 'POST', `${path}/issue`)).body);
  expect(issued.documents.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
});

test('nothing is drafted any more once it is issued, and a draft that was read is gone', async () => {
  const path = await awaiting();
  const [first] = draftsAnswer.parse((await ask(clerk, 'GET', `${path}/drafts`)).body).items;
  await ask(approver, 'POST', `${path}/approve`, { body: { opinion: '同意。' } });
  await ask(clerk, 'POST', `${path}/issue`);
  expect((await ask(clerk, 'GET', `${path}/drafts`)).body).toEqual({ items: [], warnings: [] });
  expect((await ask(clerk, 'GET', first?.html ?? '')).status).toBe(404);
});

test('whoever must not know of a matter hears that there is none: of its drafts, of one of them, of a dry run', async () => {
  const path = await awaiting();
  const [first] = draftsAnswer.parse((await ask(clerk, 'GET', `${path}/drafts`)).body).items;
  const heard = [
    await ask(liaison, 'GET', `${path}/drafts`),
    await ask(liaison, 'GET', first?.html ?? ''),
    await ask(liaison, 'POST', `${path}/issue`, { query: { dryRun: 'true' } }),
  ];
  expect(heard.map(({ status, body }) => [status, fieldOf(body, 'code')])).toEqual(Array(3).fill([404, 'not-found']));
});

test('what cannot be written says why', async () => {
  // Neither the draft nor the demonstration's settings say how long the unit has.
  const { replyWithin: _, ...termless } = draft;
  const path = await awaiting(termless);
  expect((await ask(approver, 'GET', `${path}/drafts`)).body).toMatchObject({
    items: [],
    warnings: [{ code: 'reply-term-unset' }],
  });
});

test('a dry run holds to If-Match, needs no key and uses none up', async () => {
  const path = await awaiting();
  const call = { body: { opinion: '同意。' }, headers: { 'idempotency-key': 'once' } };
  const dry = (more: Partial<ApiCall>) =>
    ask(approver, 'POST', `${path}/approve`, { ...call, query: { dryRun: 'true' }, ...more });
  expect((await dry({ headers: { 'if-match': '"1"' } })).status).toBe(412);
  expect(dryRunAnswer.parse((await dry({})).body).state).toBe('approved');
  expect(dryRunAnswer.parse((await dry({ body: { opinion: '另一意见。' } })).body).state).toBe('approved');
  expect((await ask(approver, 'POST', `${path}/approve`, call)).status).toBe(200);
  // From now on the key is used: the dry run says what the real one would.
  expect((await dry({})).status).toBe(200);
  expect((await dry({ body: { opinion: '另一意见。' } })).body).toMatchObject({ code: 'key-reused' });
});

test('dryRun is true or nothing', async () => {
  const path = await awaiting();
  for (const [to, value] of [
    [`${path}/issue`, 'yes'],
    ['/api/reminders', ''],
  ] as const) {
    const { status, body } = await ask(clerk, 'POST', to, { query: { dryRun: value }, body: draft });
    expect([status, body]).toMatchObject([400, { code: 'malformed', errors: [{ path: 'dryRun' }] }]);
  }
});

test('a letter of a dry run becomes a page that says that it is a draft, whatever was sent', async () => {
  const path = await awaiting();
  await ask(approver, 'POST', `${path}/approve`, { body: { opinion: '同意。' } });
  const { letters, follows } = dryRunAnswer.parse(
    (await ask(clerk, 'POST', `${path}/issue`, { query: { dryRun: 'true' } })).body,
  );
  expect(follows).toEqual(['此后待办：答复']);
  const [letter] = letters;
  const { marking: _, ...unmarked } = letter?.content ?? {};
  for (const content of [letter?.content, unmarked]) {
    const page = await ask(liaison, 'POST', '/api/letters/render', { body: { content } });
    expect(page.status).toBe(200);
    expect(text(page)).toContain('草稿');
    expect(text(page)).toContain('演督函〔2026〕__号');
  }
  expect(
    (await ask(liaison, 'POST', '/api/letters/render', { body: { content: { ...letter?.content, date: 'nie' } } }))
      .status,
  ).toBe(400);
});

test('reading a draft of a confidential matter, and trying something on it, is logged', async () => {
  const [officer, head] = ['discipline-officer', 'discipline-head'].map(personNamed);
  const opened = await ask(officer, 'POST', '/api/clarifications', {
    body: {
      official: 'housing-director',
      unit: 'housing',
      organ: 'discipline',
      report: { reference: '来信', allegation: '收受礼品。' },
      finding: '经核实，反映不实。',
      form: 'written',
    },
  });
  const { id } = matterAnswerForm.parse(opened.body);
  const before = town.logged.length;
  const { items } = draftsAnswer.parse((await ask(head, 'GET', `/api/clarifications/${id}/drafts`)).body);
  await ask(head, 'GET', items[0]?.html ?? '');
  await ask(head, 'POST', `/api/clarifications/${id}/approve`, {
    body: { opinion: '同意。' },
    query: { dryRun: 'true' },
  });
  const file = { file: `clarification/${id}`, by: 'discipline-head' };
  expect(town.logged.slice(before)).toEqual([
    { code: 'file-read', ids: { ...file, what: 'drafts' } },
    { code: 'file-read', ids: { ...file, what: `draft ${items[0]?.id}` } },
    { code: 'file-read', ids: { ...file, what: 'dry-run approve' } },
  ]);
});
