import { historyForm, matterAnswerForm } from '@dandang/api/answers.ts';
import { said, verdict } from './caller.ts';
import { type Name, type RunningTown, startTown } from './running-town.ts';

/* A reply is put forward by the unit's liaison and signed by its head: nobody outside the unit knows of the draft. */

let town: RunningTown;
let path = '';
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
  const settings = { 'unit.signOff': { all: 'off', units: { housing: 'required' } } };
  expect((await town.as('admin').put('/api/policy/settings', settings)).status).toBe(200);
  path = await town.issued({ subject: '审签' });
}, 60_000);
afterAll(() => town.close());

const reply = { measures: '已成立专班，逐周调度。' };
const secret = '逐周调度';
const textOf = async (name: Name, of: string): Promise<string> => JSON.stringify((await town.as(name).get(of)).body);
const historyOf = async (name: Name) => said(await town.as(name).get(`${path}/history`), historyForm).items;

test('its head reads the letter that is addressed to it, and does not sign for it', async () => {
  const seen = said(await town.as('housing-head').get(path), matterAnswerForm);
  const letter = seen.documents.find(({ type }) => type === 'reminder-letter');
  expect(letter).toBeDefined();
  expect((await town.as('housing-head').get(`${path}/documents/${letter?.id}.html`)).status).toBe(200);
  expect(seen.allowed).not.toContain('reply');
  expect(await town.waits('housing-head', path)).toEqual([]);
  const delivery = seen.deliveries.find(({ document }) => document === letter?.id);
  expect(verdict(await town.as('housing-head').post(`/api/deliveries/${delivery?.id}/acknowledge`))).toBe(
    '403 not-yours',
  );
  const lists = await Promise.all(
    ['/api/reminders', '/api/deadlines', '/api/deliveries'].map((list) => town.as('housing-head').get(list)),
  );
  expect(lists.map(({ body }) => JSON.stringify(body).includes(path.slice('/api/reminders/'.length)))).toEqual([
    true,
    true,
    true,
  ]);
});

test('what is not put forward is refused, and says what to do', async () => {
  const refused = await town.as('housing-liaison').post(`${path}/reply`, reply);
  expect(verdict(refused)).toBe('422 signature-needed');
  expect(verdict(await town.as('housing-liaison').post(`${path}/reply?for=fun`, reply))).toBe('400 malformed');
});

test('a draft is read by the unit alone, and waits for its head', async () => {
  const put = await town.as('housing-liaison').post(`${path}/reply?for=signature`, reply);
  const draft = { command: 'reply', input: reply, by: { id: 'housing-liaison' } };
  expect(put.status).toBe(200);
  expect(put.body).toMatchObject({ state: 'issued', unitsDraft: draft });
  expect((await town.as('housing-head').get(path)).body).toMatchObject({ unitsDraft: draft });
  expect(await town.waits('housing-head', path)).toEqual(['sign-own']);
  expect(await town.waits('housing-liaison', path)).not.toContain('reply');
  expect((await historyOf('housing-liaison')).at(-1)).toMatchObject({ command: 'put-forward' });

  for (const outsider of ['clerk', 'clerk-2', 'deputy-leader', 'gov-clerk'] as const) {
    expect(await textOf(outsider, path)).not.toContain(secret);
    expect(await textOf(outsider, `${path}/history`)).not.toContain(secret);
    expect((await historyOf(outsider)).some(({ command }) => command === 'put-forward')).toBe(false);
    expect(await town.waits(outsider, path)).not.toContain('sign-own');
  }
});

test('a mail tells the head that something waits, and says nothing of what', async () => {
  const mails = (await town.mails()).filter(({ to }) => to === 'housing-head@dandang.example');
  expect(mails).toHaveLength(1);
  expect(JSON.stringify(mails)).not.toContain(secret);
});

test('sent back and put forward again, it is signed: the office gets the reply with both names', async () => {
  await town.does('housing-head', path, 'send-back', { reason: '请写明数据。' });
  expect(await town.waits('housing-liaison', path)).toContain('reply');
  expect(await textOf('clerk', `${path}/history`)).not.toContain('请写明数据');
  const again = await town.as('housing-liaison').post(`${path}/reply?for=signature`, { measures: '已完成三成。' });
  expect(again.status).toBe(200);
  expect((await town.does('housing-head', path, 'sign-own', { opinion: '同意报送。' })).state).toBe('replied');
  const seen = said(await town.as('clerk').get(path), matterAnswerForm);
  expect(seen.details).toMatchObject({ reply: { measures: '已完成三成。' } });
  const signed = (await historyOf('clerk')).at(-1);
  expect(signed).toMatchObject({ command: 'sign-own', by: { id: 'housing-head' } });
  expect(JSON.stringify(signed?.events)).toContain('housing-liaison');
  expect(await textOf('clerk', `${path}/history`)).not.toContain(secret);
});
