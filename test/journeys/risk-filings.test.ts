import { createHash } from 'node:crypto';
import { listForm, listedMatter, matterAnswerForm } from '@dandang/api/answers.ts';
import { jest } from '@jest/globals';
import * as z from 'zod/mini';
import { said, verdict } from './caller.ts';
import { listsAndGatesDiffer } from './lists-and-gates.ts';
import { type Name, type RunningTown, startTown } from './running-town.ts';

/*
 * 2026: Tuesday 15 September. Sunday the twentieth is a working day made up; mid-autumn is Friday 25 to Sunday 27
 * September.
 */
let town: RunningTown;
// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(60_000);
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 60_000);
afterAll(() => town.close());

const filing = {
  unit: 'housing',
  decision: '先行启动老旧小区改造，手续并联办理。',
  uncertainty: '并联办理的政策依据不明确。',
  assessment: '如政策收紧，须补办手续。',
  safeguards: '全程留痕，每周报告。',
};
type Change = Readonly<Record<string, unknown>>;
async function filed(change: Change = {}, by: Name = 'housing-liaison'): Promise<string> {
  const opened = said(await town.as(by).post('/api/risk-filings', { ...filing, ...change }), matterAnswerForm);
  return `/api/risk-filings/${opened.id}`;
}
const refusedTo = async (by: Name, change: Change = {}) =>
  verdict(await town.as(by).post('/api/risk-filings', { ...filing, ...change }));
const idOf = (path: string): string => path.split('/').at(-1) ?? '';
const subjectsTo = async (to: Name | 'housing', from: number): Promise<string[]> =>
  (await town.mails()).slice(from).flatMap((mail) => (mail.to === `${to}@dandang.example` ? [mail.subject] : []));
const listedFor = async (name: Name): Promise<string[]> =>
  (await town.all(name, '/api/risk-filings', listedMatter)).map((one) => one.id);

describe('a filing from before the venture to its last day', () => {
  let path = '';

  test('is filed by the unit, and waits for the organ that receives it', async () => {
    path = await filed({ collectiveDecision: { body: '局党组会议', on: '2026-09-14' } });
    expect(await town.waits('discipline-officer', path)).toEqual(['accept']);
    expect(await town.waits('housing-liaison', path)).toEqual([]);
    const matter = await town.matter('housing-liaison', path);
    expect(matter).toMatchObject({ kind: 'risk-filing', state: 'filed', organ: { id: 'discipline' }, documents: [] });
    expect(matter.details).toMatchObject({
      decision: filing.decision,
      collectiveDecision: { body: '局党组会议', on: '2026-09-14' },
    });
  });

  test('is known to nobody else', async () => {
    for (const stranger of ['ecology-liaison', 'housing-director', 'clerk', 'organization-officer', 'admin'] as const) {
      expect(verdict(await town.as(stranger).get(path))).toBe('404 not-found');
      expect(await listedFor(stranger)).not.toContain(idOf(path));
    }
    for (const one of ['housing-liaison', 'discipline-officer', 'discipline-head'] as const)
      expect(await listedFor(one)).toContain(idOf(path));
  });

  test('comes back with a reason, is mended, and is accepted until a day, with a notice', async () => {
    await town.does('discipline-officer', path, 'return', { reason: '评估须补充资金风险。' });
    expect(await town.waits('housing-liaison', path)).toEqual(['resubmit']);
    expect((await town.matter('housing-liaison', path)).details).toMatchObject({
      returned: { reason: '评估须补充资金风险。' },
    });
    await town.does('housing-liaison', path, 'resubmit', { assessment: '资金缺口上限三百万元。' });
    const before = (await town.mails()).length;
    expect(verdict(await town.as('housing-liaison').post(`${path}/accept`))).toBe('403 not-yours');
    const past = { validUntil: '2026-09-14' };
    expect(verdict(await town.as('discipline-officer').post(`${path}/accept`, past))).toBe('422 date-passed');
    const accepted = await town.does('discipline-officer', path, 'accept', { validUntil: '2026-09-28' });
    expect(accepted).toMatchObject({ state: 'active', details: { validUntil: '2026-09-28' } });
    expect(accepted.documents.map(({ type, number }) => [type, number])).toEqual([['filing-accepted', undefined]]);
    expect(await subjectsTo('housing', before)).toEqual(['同意备案通知']);
    expect(await town.waits('housing-liaison', path)).toEqual(['acknowledge']);
  });

  test('shows its notice to the unit, as a file and as a page', async () => {
    const [notice] = (await town.matter('housing-liaison', path)).documents;
    const file = `${path}/documents/${notice?.id}`;
    const page = await town.as('housing-liaison').get(`${file}.html`);
    expect(new TextDecoder().decode(page.bytes).replace(/<[^>]*>/g, '')).toContain(
      '备案有效期至2026年9月28日（含当日）。',
    );
    expect((await town.as('discipline-officer').get(`${file}.docx`)).status).toBe(200);
    expect((await town.as('ecology-liaison').get(`${file}.html`)).status).toBe(404);
  });

  test('is supervised by discipline and the unit together', async () => {
    await town.does('discipline-officer', path, 'supervise', { finding: '进度与报备一致。' });
    await town.does('housing-liaison', path, 'supervise', { finding: '资金专户余额无误。' });
    expect((await town.matter('housing-liaison', path)).details).toMatchObject({
      supervision: [
        { finding: '进度与报备一致。', by: 'discipline' },
        { finding: '资金专户余额无误。', by: 'housing' },
      ],
    });
  });

  test('stands among the deadlines of the unit, chased by nobody', async () => {
    const mine = async () =>
      (await town.openDeadlines('housing-liaison')).filter((one) => one.matter.id === idOf(path));
    expect(await mine()).toMatchObject([{ name: 'validity', dueOn: '2026-09-28', light: 'green', firm: true }]);
    const before = (await town.mails()).length;
    await town.moveTo('2026-09-28T18:00:00+08:00');
    expect(await mine()).toMatchObject([{ light: 'yellow' }]);
    expect((await town.matter('housing-liaison', path)).allowed).toContain('conclude');
    expect(await subjectsTo('housing', before)).toEqual([]);
  });

  test('expires when its last day is over, and the file says by itself', async () => {
    await town.moveTo('2026-09-29T00:10:00+08:00');
    const matter = await town.matter('housing-liaison', path);
    expect(matter).toMatchObject({ state: 'expired', allowed: [], deadlines: [{ name: 'validity', light: 'grey' }] });
    const { items, intact } = await town.history('discipline-officer', path);
    expect(items.at(-1)?.by.id).toBe('clock');
    expect(items.at(-1)?.at).toMatch(/^2026-09-29T00:05:/);
    expect(items.at(-1)?.events.map((event) => event.type)).toEqual(['FilingExpired', 'DeadlineEnded']);
    expect(intact).toBe(true);
    const late = await town.as('housing-liaison').post(`${path}/conclude`, { result: '完成。' });
    expect(verdict(late)).toBe('409 not-now');
    expect(late.body).toMatchObject({ state: 'expired', allowed: [] });
    expect((await town.openDeadlines('housing-liaison')).filter((one) => one.matter.id === idOf(path))).toEqual([]);
  });
});

describe('an official’s own filing', () => {
  test('is the official’s: it concludes what it filed, and the unit only supervises', async () => {
    const path = await filed({ decision: '牵头试点联合验收。' }, 'housing-director');
    expect((await town.matter('housing-director', path)).details).toMatchObject({ official: 'housing-director' });
    await town.does('discipline-officer', path, 'accept');
    expect(await town.waits('housing-director', path)).toEqual(['acknowledge']);
    expect((await town.matter('housing-liaison', path)).allowed).toEqual(['recuse', 'supervise']);
    expect(verdict(await town.as('housing-liaison').post(`${path}/conclude`, { result: '完成。' }))).toBe(
      '403 not-yours',
    );
    const concluded = await town.does('housing-director', path, 'conclude', { result: '试点完成。' });
    expect(concluded).toMatchObject({ state: 'concluded', details: { conclusion: { result: '试点完成。' } } });
    expect(verdict(await town.as('housing-deputy').get(path))).toBe('404 not-found');
  });

  test('is not filed for somebody else, nor for another unit', async () => {
    expect(await refusedTo('housing-deputy', { official: 'housing-director' })).toBe('403 not-yours');
    expect(await refusedTo('housing-director', { unit: 'ecology' })).toBe('422 unit-mismatch');
    expect(await refusedTo('housing-liaison', { official: 'ecology-director' })).toBe('422 unit-mismatch');
    expect(await refusedTo('clerk')).toBe('403 not-yours');
  });
});

describe('a filing that comes to nothing', () => {
  test('is withdrawn by whoever filed it, until a letter went out', async () => {
    const path = await filed({ decision: '撤回的事项。' });
    expect((await town.does('housing-liaison', path, 'withdraw', { reason: '不再实施。' })).state).toBe('withdrawn');
    expect(await town.waits('discipline-officer', path)).toEqual([]);
    const kept = await filed({ decision: '受理的事项。' });
    await town.does('discipline-officer', kept, 'accept');
    expect(verdict(await town.as('housing-liaison').post(`${kept}/withdraw`, { reason: '不再实施。' }))).toBe(
      '409 not-now',
    );
  });

  test('is declined with a notice that says why', async () => {
    const before = (await town.mails()).length;
    const path = await filed({ decision: '政策明确的事项。' });
    const declined = await town.does('discipline-officer', path, 'decline', { reason: '政策明确，无须报备。' });
    expect(declined).toMatchObject({ state: 'declined', details: { declined: { reason: '政策明确，无须报备。' } } });
    expect(await subjectsTo('housing', before)).toEqual(['事前报备不予受理通知']);
  });

  test('is revoked where it serves as a shield, and everybody who got the first notice signs for the notice', async () => {
    const path = await filed({ decision: '作为挡箭牌的事项。', official: 'housing-director' });
    await town.does('discipline-officer', path, 'accept', { validUntil: '2027-12-31' });
    expect(verdict(await town.as('housing-liaison').post(`${path}/revoke`, { reason: '乱作为。' }))).toBe(
      '403 not-yours',
    );
    const revoked = await town.does('discipline-officer', path, 'revoke', { reason: '未采取报备的措施。' });
    expect(revoked.state).toBe('revoked');
    await town.mails();
    for (const name of ['housing-liaison', 'housing-director'] as const) {
      const { deliveries } = await town.matter(name, path);
      expect(deliveries.map((one) => [one.documentType, one.as])).toEqual([
        ['filing-accepted', 'addressee'],
        ['filing-revoked', 'addressee'],
      ]);
      const notice = `/api/deliveries/${deliveries[1]?.id ?? ''}/acknowledge`;
      expect((await town.as(name).post(notice)).status).toBe(200);
    }
    const signed = (await town.matter('discipline-officer', path)).deliveries.filter(
      (one) => one.documentType === 'filing-revoked',
    );
    expect(signed.map((one) => one.state)).toEqual(['acknowledged', 'acknowledged']);
  });
});

test('a similar filing that is still open is named in a warning', async () => {
  const first = await filed({ decision: '两次报备的事项。' });
  await town.mails();
  const again = said(
    await town.as('housing-liaison').post('/api/risk-filings', { ...filing, decision: '两次报备的事项。 ' }),
    matterAnswerForm,
  );
  expect(again.warnings).toEqual([{ code: 'similar-open-matter', matter: { kind: 'risk-filing', id: idOf(first) } }]);
});

test('what is attached to a filing is fetched by those who see it, and by nobody else', async () => {
  const bytes = new TextEncoder().encode('风险评估报告');
  const announced = said(
    await town.as('housing-liaison').post('/api/attachments', {
      filename: '风险评估.pdf',
      contentType: 'application/pdf',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }),
    z.object({ id: z.string(), upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }) }),
  );
  const { url, headers } = announced.upload;
  expect((await fetch(url, { method: 'PUT', headers, body: bytes })).status).toBe(200);
  const path = await filed({ decision: '附评估的事项。', attachments: [announced.id] });
  expect((await town.matter('discipline-officer', path)).details).toMatchObject({
    attachments: [{ id: announced.id, filename: '风险评估.pdf' }],
  });
  const fetched = async (name: Name) => (await town.as(name).get(`/api/attachments/${announced.id}`)).status;
  expect(await fetched('discipline-officer')).toBe(200);
  expect(await fetched('housing-liaison')).toBe(200);
  expect(await fetched('ecology-liaison')).toBe(404);
});

test('a liaison who is away is stood in for, with both names on the file; an official files for itself alone', async () => {
  const standIn = async (official: Name, person: Name): Promise<void> => {
    const days = { person, from: '2026-09-29', to: '2026-09-30' };
    const heard = await town.as('admin').put(`/api/directory/officials/${official}/stand-in`, days);
    expect(heard.status).toBe(200);
    await town.mails();
  };
  const ofTransport = { unit: 'transport', decision: '代为报备的事项。' };
  await standIn('transport-director', 'inspection-officer');
  expect(await refusedTo('inspection-officer', ofTransport)).toBe('403 not-yours');
  await standIn('transport-liaison', 'audit-officer');
  const path = await filed(ofTransport, 'audit-officer');
  expect((await town.as('discipline-officer').get(`${path}/history`)).body).toMatchObject({
    items: [{ by: { id: 'audit-officer', onBehalfOf: { id: 'transport-liaison' } } }],
  });
  expect(await listedFor('transport-liaison')).toEqual([idOf(path)]);
});

test('the organ that receives filings is a setting: none is filed without it, and those on file stay where they are', async () => {
  const before = await filed({ decision: '先前报备的事项。' });
  const set = async (receiver: string | null) =>
    said(await town.as('admin').put('/api/policy/settings', { 'riskFiling.receiver': receiver }), z.unknown());
  await set(null);
  expect(await refusedTo('housing-liaison')).toBe('422 receiver-unset');
  await set('organization');
  const after = await filed({ decision: '改由组织部受理的事项。' });
  expect(await town.waits('organization-officer', after)).toEqual(['accept']);
  expect(verdict(await town.as('discipline-officer').post(`${after}/accept`))).toBe('403 not-yours');
  expect((await town.does('organization-officer', after, 'accept')).state).toBe('active');
  expect((await town.does('discipline-officer', after, 'supervise', { finding: '无异常。' })).state).toBe('active');
  expect((await town.does('discipline-officer', before, 'accept')).state).toBe('active');
});

test('an empty list is one too', async () => {
  expect(said(await town.as('commerce-director').get('/api/risk-filings'), listForm(listedMatter))).toEqual({
    items: [],
  });
});

test('no mail says what was filed, and nothing failed on the way', async () => {
  for (const mail of await town.mails()) {
    expect(`${mail.subject}\n${mail.text}`).not.toMatch(/改造|并联|资金|朱建|挡箭牌|事项的|政策明确|演示/);
    expect(mail.subject).toMatch(/^(您有待办事项|同意备案通知|事前报备不予受理通知|撤销备案通知)$/);
  }
  expect(town.log.filter((line) => line.level === 'error')).toEqual([]);
});

test('lists show to everybody exactly what may be looked at', async () => {
  expect(await listsAndGatesDiffer(town)).toEqual([]);
}, 60_000);
