import { jest } from '@jest/globals';
import { deliveryAnswer, listedMatter, matterAnswerForm, openDeadlineAnswer } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { said, verdict } from './caller.ts';
import { listsAndGatesDiffer } from './lists-and-gates.ts';
import { type Name, type RunningTown, startTown } from './running-town.ts';
import { filing } from './tolerance-acts.ts';

/*
 * 机构改革: on Wednesday 16 September 2026 the ecology bureau takes the place of the housing bureau, and organization that
 * of discipline as the organ that receives risk filings. Matters of before go on.
 */
let town: RunningTown;
// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(60_000);
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 60_000);
afterAll(() => town.close());

const unitForm = z.object({
  id: z.string(),
  name: z.string(),
  mail: z.optional(z.string()),
  succeededBy: z.optional(z.string()),
});
const unit = async (id: string) => said(await town.as('admin').get(`/api/directory/units/${id}`), unitForm);
async function succeeds(id: string, succeededBy: string | undefined): Promise<string> {
  const { name, mail } = await unit(id);
  const heard = await town.as('admin').put(`/api/directory/units/${id}`, { name, mail, succeededBy });
  await town.mails();
  return verdict(heard);
}
const tries = async (name: Name, path: string, body: unknown = {}) => verdict(await town.as(name).post(path, body));
const listed = async (name: Name, query = '') =>
  (await town.all(name, `/api/reminders${query}`, listedMatter)).map(({ id }) => id);
/** The chaser sheet that went out to a unit last, as its office reads it. */
async function sheetFor(recipient: string): Promise<string> {
  const { items } = said(
    await town.as('clerk').get('/api/deliveries?limit=100'),
    z.object({ items: z.array(deliveryAnswer) }),
  );
  const sheet = items.find((one) => one.documentType === 'chaser-sheet' && one.recipient.id === recipient);
  const path = `/api/chasers/${sheet?.matter?.id}/documents/${sheet?.document}.html`;
  return new TextDecoder().decode((await town.as('clerk').get(path)).bytes);
}
const idOf = (path: string): string => path.split('/').at(-1) ?? '';

describe('a unit whose place another took', () => {
  let path = '';
  let filed = '';

  test('is until then a stranger to the other', async () => {
    path = await town.issued();
    filed = `/api/risk-filings/${said(await town.as('housing-liaison').post('/api/risk-filings', filing), matterAnswerForm).id}`;
    await town.mails();
    expect(verdict(await town.as('ecology-liaison').get(path))).toBe('404 not-found');
    expect(await tries('organization-officer', `${filed}/accept`)).toBe('404 not-found');
    expect(await town.waits('ecology-liaison', path)).toEqual([]);
  });

  test('has its matters seen, listed and waited for by the other’s people, who are told so', async () => {
    await town.moveTo('2026-09-16T10:00:00.000+08:00');
    const before = (await town.mails()).length;
    expect(await succeeds('housing', 'ecology')).toBe('200');
    expect(await town.waits('ecology-liaison', path)).toEqual(['reply', 'acknowledge']);
    expect(await listed('ecology-liaison')).toContain(idOf(path));
    expect(await listed('ecology-liaison', '?unit=ecology')).toContain(idOf(path));
    expect(await listed('clerk', '?unit=ecology')).toContain(idOf(path));
    const deadlines = await town.all('clerk', '/api/deadlines?unit=ecology', openDeadlineAnswer);
    expect(deadlines.map(({ matter }) => matter.id)).toContain(idOf(path));
    expect(
      (await town.deliveries('ecology-liaison', '?recipient=ecology')).map(({ documentType }) => documentType),
    ).toEqual(['reminder-letter']);
    const told = (await town.mails()).slice(before);
    expect(told.map(({ to }) => to)).toContain('ecology-liaison@dandang.example');
    expect(await listsAndGatesDiffer(town)).toEqual([]);
  });

  test('is shown to everybody with its successor', async () => {
    const shown = said(await town.as('clerk').get('/api/directory/units/housing'), unitForm);
    expect(shown).toMatchObject({ id: 'housing', succeededBy: 'ecology' });
  });

  test('keeps its name on the letters of before; a new one names both once and goes to the other’s address', async () => {
    const before = (await town.mails()).length;
    const matter = await town.does('clerk', path, 'urge', { message: '请抓紧办理。' });
    const letter = async (type: string): Promise<string> => {
      const document = matter.documents.find((one) => one.type === type)?.id ?? '';
      return new TextDecoder().decode((await town.as('clerk').get(`${path}/documents/${document}.html`)).bytes);
    };
    const old = await unit('housing');
    const now = await unit('ecology');
    expect(await letter('reminder-letter')).toContain(old.name);
    expect(await letter('reminder-letter')).not.toContain(now.name);
    expect((await sheetFor('housing')).split(`${now.name}（原${old.name}）`)).toHaveLength(2);
    const mails = (await town.mails()).slice(before).filter(({ subject }) => subject.includes('催办'));
    expect(mails.map(({ to }) => to)).toEqual(['ecology@dandang.example']);
  });

  test('is signed and answered for by the other, within the day that it had', async () => {
    const { deliveries, deadlines } = await town.matter('ecology-liaison', path);
    expect(deadlines).toMatchObject([{ name: 'reply', dueOn: '2026-09-21' }]);
    for (const { id, documentType } of deliveries)
      if (documentType === 'reminder-letter')
        expect(await tries('ecology-liaison', `/api/deliveries/${id}/acknowledge`)).toBe('200');
    const replied = await town.does('ecology-liaison', path, 'reply', { measures: '由我局继续办理。' });
    expect(replied).toMatchObject({ state: 'replied', unit: { id: 'housing' } });
    expect((await town.history('ecology-liaison', path)).items.at(-1)).toMatchObject({
      by: { id: 'ecology-liaison', unit: 'housing' },
    });
    expect(await tries('ecology-liaison', `${path}/dispute`, { grounds: '事实有出入。' })).toBe('200');
  });

  test('is followed as an organ, too', async () => {
    expect(await succeeds('discipline', 'organization')).toBe('200');
    expect(await town.waits('organization-officer', filed)).toEqual(['accept']);
    expect(await tries('organization-officer', `${filed}/accept`)).toBe('200');
    expect(await succeeds('discipline', undefined)).toBe('200');
    expect(verdict(await town.as('organization-officer').get(filed))).toBe('404 not-found');
  });

  test('belongs together with officials who are entered in the other, and its leader is in charge of both', async () => {
    const statement = {
      official: 'ecology-director',
      unit: 'housing',
      organ: 'discipline',
      report: { reference: '举报件', allegation: '反映其指定施工单位。' },
      finding: '未发现干预。',
      form: 'written',
    };
    expect(await tries('discipline-officer', '/api/clarifications', statement)).toBe('201');
    expect(
      await tries('discipline-officer', '/api/clarifications', { ...statement, official: 'commerce-director' }),
    ).toBe('422 unit-mismatch');
  });

  test('a chain is followed, and a circle is malformed', async () => {
    expect(await succeeds('ecology', 'transport')).toBe('200');
    expect(await listed('transport-liaison')).toContain(idOf(path));
    expect(await succeeds('transport', 'housing')).toBe('400 malformed');
    expect(await succeeds('transport', 'transport')).toBe('400 malformed');
    expect(await succeeds('transport', 'nowhere')).toBe('422 unknown-unit');
    expect(await succeeds('ecology', undefined)).toBe('200');
    expect(await listed('transport-liaison')).not.toContain(idOf(path));
  });
});

describe('one matter of a unit that was split', () => {
  test('goes on with the unit that the handling office names, its days and its letters as they were', async () => {
    const path = await town.issued({ unit: 'commerce', leader: 'deputy-leader-2', subject: '分拆' });
    const { deadlines } = await town.matter('clerk', path);
    expect(await tries('transport-liaison', `${path}/succeed`, { unit: 'transport', reason: '职责划转。' })).toBe(
      '404 not-found',
    );
    expect(await tries('commerce-liaison', `${path}/succeed`, { unit: 'transport', reason: '职责划转。' })).toBe(
      '403 not-yours',
    );
    expect(await tries('clerk', `${path}/succeed`, { unit: 'nowhere', reason: '职责划转。' })).toBe('422 unknown-unit');
    const handed = await town.does('clerk', path, 'succeed', { unit: 'transport', reason: '职责划转。' });
    const [old, now] = [await unit('commerce'), await unit('transport')];
    expect(handed).toMatchObject({ state: 'issued', unit: { id: 'transport', name: `${now.name}（原${old.name}）` } });
    expect(handed.deadlines).toEqual(deadlines);
    expect((await town.does('clerk', path, 'succeed', { unit: 'transport', reason: '重复。' })).warnings).toMatchObject(
      [{ code: 'nothing-changed' }],
    );
    expect(await town.waits('transport-liaison', path)).toContain('reply');
    expect(await listed('transport-liaison', '?unit=transport')).toContain(idOf(path));
    const before = (await town.mails()).length;
    await town.does('clerk', path, 'urge');
    // A sheet is of everything that a unit owes, whichever matters came from another: it is addressed by its own name.
    expect(await sheetFor('transport')).toContain(now.name);
    expect((await town.mails()).slice(before).map(({ to }) => to)).toContain('transport@dandang.example');
    expect((await town.does('transport-liaison', path, 'reply', { measures: '已接手。' })).state).toBe('replied');
    expect(await listsAndGatesDiffer(town)).toEqual([]);
  });
});
