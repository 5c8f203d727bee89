import { deliveryAnswer, historyForm, matterAnswerForm } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { said, verdict } from './caller.ts';
import { listsAndGatesDiffer } from './lists-and-gates.ts';
import { type RunningTown, startTown } from './running-town.ts';

let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00+08:00');
}, 60_000);
afterAll(() => town.close());

const standIn = (official: string, body: Record<string, unknown>, by: 'admin' | 'deputy-leader' | 'housing-liaison') =>
  town.as(by).put(`/api/directory/officials/${official}/stand-in`, body);

const listed = z.object({ items: z.array(z.object({ id: z.string() })) });

describe('a stand-in 委托', () => {
  test('is set by the administrator, or by the official for a colleague of the same unit', async () => {
    const week = { from: '2026-09-15', to: '2026-09-18' };
    expect(verdict(await standIn('deputy-leader', { person: 'housing-liaison', ...week }, 'housing-liaison'))).toBe(
      '403 not-yours',
    );
    expect(verdict(await standIn('housing-liaison', { person: 'commerce-liaison', ...week }, 'housing-liaison'))).toBe(
      '422 unit-mismatch',
    );
    expect(verdict(await standIn('deputy-leader', { person: 'deputy-leader', ...week }, 'deputy-leader'))).toBe(
      '400 malformed',
    );
    expect(verdict(await standIn('deputy-leader', { person: 'nobody-known', ...week }, 'admin'))).toBe(
      '422 unknown-official',
    );
    expect((await standIn('deputy-leader', { person: 'deputy-leader-2', ...week }, 'deputy-leader')).status).toBe(200);
    expect((await town.as('deputy-leader').get('/api/directory/officials/deputy-leader/stand-in')).body).toEqual({
      official: 'deputy-leader',
      standIn: { person: 'deputy-leader-2', ...week },
    });
  });

  test('does what the absent unit’s liaison may do, on those days only, and the file carries both names', async () => {
    const path = await town.issued();
    const visitor = town.as('ecology-liaison');
    expect((await visitor.get(path)).status).toBe(404);
    const days = { person: 'ecology-liaison', from: '2026-09-16', to: '2026-09-17' };
    expect((await standIn('housing-liaison', days, 'admin')).status).toBe(200);
    expect(verdict(await visitor.post(`${path}/reply`, { measures: '代为答复。' }))).toBe('404 not-found');

    await town.moveTo('2026-09-16T09:30:00+08:00');
    const waiting = await town.waits('ecology-liaison', path);
    expect(waiting).toContain('reply');
    const ids = said(await visitor.get('/api/reminders'), listed).items.map(({ id }) => id);
    expect(ids).toContain(path.split('/').at(-1));
    const letter = (await town.matter('clerk', path)).deliveries.find(({ as }) => as === 'addressee');
    const signed = said(await visitor.post(`/api/deliveries/${letter?.id ?? ''}/acknowledge`), deliveryAnswer);
    expect(signed.state).toBe('acknowledged');
    expect((await visitor.post(`${path}/reply`, { measures: '代为答复。' })).status).toBe(200);
    const form = z.object({
      items: z.array(
        z.object({ by: z.object({ id: z.string(), onBehalfOf: z.optional(z.object({ id: z.string() })) }) }),
      ),
    });
    const history = said(await town.as('clerk').get(`${path}/history`), form);
    expect(history.items.at(-1)?.by).toMatchObject({ id: 'ecology-liaison', onBehalfOf: { id: 'housing-liaison' } });
    expect(said(await town.as('clerk').get(`${path}/history`), historyForm).intact).toBe(true);

    await town.moveTo('2026-09-18T09:30:00+08:00');
    expect((await visitor.get(path)).status).toBe(404);
  }, 60_000);

  test('opens what the absent official’s unit opens, under the hat that fits what is asked for', async () => {
    const days = { person: 'commerce-liaison', from: '2026-09-18', to: '2026-09-30' };
    expect((await standIn('transport-liaison', days, 'admin')).status).toBe(200);
    const filing = (unit: string) =>
      town.as('commerce-liaison').post('/api/risk-filings', {
        unit,
        decision: '先行先试。',
        uncertainty: '政策不明。',
        assessment: '风险可控。',
        safeguards: '全程留痕。',
      });
    const opened = said(await filing('transport'), z.object({ id: z.string(), unit: z.object({ id: z.string() }) }));
    expect(opened.unit.id).toBe('transport');
    expect(said(await filing('commerce'), z.object({ unit: z.object({ id: z.string() }) })).unit.id).toBe('commerce');
    expect(verdict(await filing('housing'))).toBe('403 not-yours');
  });

  test('does not concur for a second organ, whose own people do', async () => {
    const days = { person: 'discipline-officer', from: '2026-09-18', to: '2026-09-30' };
    expect((await standIn('organization-officer', days, 'admin')).status).toBe(200);
    const application = {
      subjects: [{ official: 'housing-director', responsibility: 'principal' }],
      circumstance: 'key-work-delayed',
      grounds: '老旧小区改造进度滞后。',
    };
    const { id } = said(await town.as('clerk').post('/api/interviews', application), matterAnswerForm);
    const path = `/api/interviews/${id}`;
    await town.does('principal-leader', path, 'approve', { opinion: '同意约谈。' });
    await town.does('committee-officer', path, 'plan', {
      at: '2026-09-22T15:00:00+08:00',
      place: '市委第二会议室',
      lead: 'deputy-leader',
      participants: ['discipline-officer', 'organization-officer'],
      agenda: '听取说明。',
    });
    const officer = town.as('discipline-officer');
    const concurred = [await officer.post(`${path}/concur`), await officer.post(`${path}/concur`)];
    expect(concurred.map(verdict)).toEqual(['200', '422 own-approval']);
    await town.does('organization-head', path, 'concur');
    const { items } = said(
      await town.as('clerk').get(`${path}/history`),
      z.object({ items: z.array(z.looseObject({ command: z.string(), by: z.looseObject({ id: z.string() }) })) }),
    );
    const acts = items.filter(({ command }) => command === 'concur');
    expect(acts.map(({ by }) => by.id)).toEqual(['discipline-officer', 'organization-head']);
  }, 60_000);

  test('finds the same open to it after a command as when it asks', async () => {
    const days = { person: 'housing-liaison', from: '2026-09-18', to: '2026-09-30' };
    expect((await standIn('clerk', days, 'admin')).status).toBe(200);
    const path = await town.issued();
    const liaison = town.as('housing-liaison');
    const after = said(await liaison.post(`${path}/reply`, { measures: '已办。' }), matterAnswerForm);
    const { allowed } = said(await liaison.get(path), matterAnswerForm);
    expect(after.allowed).toEqual(allowed);
    expect(allowed).toEqual(expect.arrayContaining(['dispute', 'review']));
    const late = await liaison.post(`${path}/approve`, { opinion: '同意。' });
    expect(verdict(late)).toBe('403 not-yours');
    const early = await liaison.post(`${path}/submit`, {});
    expect(early.body).toMatchObject({ code: 'not-now', allowed });
  }, 60_000);

  test('reports for the handling office a letter that came back to its own unit', async () => {
    const path = await town.issued();
    await town.mails();
    const letter = (await town.matter('clerk', path)).deliveries.find(({ as }) => as === 'addressee');
    const at = `/api/deliveries/${letter?.id ?? ''}`;
    const liaison = town.as('housing-liaison');
    expect(said(await liaison.post(`${at}/bounce`, { reason: '邮箱已满。' }), deliveryAnswer).state).toBe('bounced');
    expect(said(await liaison.post(`${at}/resend`, {}), deliveryAnswer).state).toBe('queued');
    await town.mails();
    expect(said(await liaison.post(`${at}/acknowledge`), deliveryAnswer).state).toBe('acknowledged');
    expect(verdict(await town.as('ecology-liaison').post(`${at}/bounce`, { reason: '邮箱已满。' }))).toBe(
      '404 not-found',
    );
    const over = { person: 'housing-liaison', from: '2026-09-01', to: '2026-09-02' };
    expect((await standIn('clerk', over, 'admin')).status).toBe(200);
    expect(verdict(await liaison.post(`${at}/bounce`, { reason: '邮箱已满。' }))).toBe('403 not-yours');
  }, 60_000);

  test('cannot launder an act: who drafted may not approve in the name of another', async () => {
    const week = { person: 'clerk', from: '2026-09-18', to: '2026-09-30' };
    expect((await standIn('deputy-leader', week, 'admin')).status).toBe(200);
    const path = await town.drafted({ circumstance: 'duty-shirked' });
    await town.does('clerk', path, 'submit', {});
    expect(verdict(await town.as('clerk').post(`${path}/approve`, { opinion: '同意。' }))).toBe('422 own-approval');
    expect((await town.matter('clerk', path)).allowed).not.toContain('approve');
  });
});

describe('an official’s record 干部监督专项档案', () => {
  const record = (name: Parameters<RunningTown['as']>[0]) =>
    town.as(name).get('/api/officials/housing-director/record');
  const form = z.object({
    official: z.object({ id: z.string() }),
    matters: z.array(z.object({ id: z.string(), documents: z.array(z.unknown()) })),
  });

  test('shows matters and papers to those who keep it, its own part to the official, and nothing to the unit', async () => {
    const path = await town.issued({ officials: ['housing-director'], circumstance: 'long-behind' });
    const id = path.split('/').at(-1);
    for (const keeper of ['organization-officer', 'discipline-officer', 'clerk'] as const)
      expect(said(await record(keeper), form).official.id).toBe('housing-director');
    const [filed] = said(await record('clerk'), form).matters.filter((one) => one.id === id);
    expect(filed?.documents).toHaveLength(2);
    expect(said(await record('housing-director'), form).matters.map((one) => one.id)).toContain(id);
    expect(verdict(await record('housing-liaison'))).toBe('404 not-found');
    expect(verdict(await record('housing-deputy'))).toBe('404 not-found');
    const days = { person: 'housing-deputy', from: '2026-09-18', to: '2026-09-30' };
    expect((await standIn('clerk-2', days, 'admin')).status).toBe(200);
    await town.mails();
    expect(said(await record('housing-deputy'), form).matters.map((one) => one.id)).toContain(id);
    expect(verdict(await town.as('clerk').get('/api/officials/nobody-known/record'))).toBe('404 not-found');
  });
});

test('lists show to everybody exactly what may be looked at', async () => {
  expect(await listsAndGatesDiffer(town)).toEqual([]);
}, 60_000);
