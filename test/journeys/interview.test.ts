import { jest } from '@jest/globals';
import ical from 'node-ical';
import { listsAndGatesDiffer } from './lists-and-gates.ts';
import type { MatterAnswer, Name, RunningTown } from './running-town.ts';
import { startTown } from './running-town.ts';
import { said, verdict } from './caller.ts';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';

/*
 * 2026: Tuesday 15 September. Sunday the twentieth is a working day made up; mid-autumn is Friday 25 to Sunday 27
 * September, the national holiday 1 to 7 October; Saturday 10 October is a working day.
 */
let town: RunningTown;
// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(60_000);
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 60_000);
afterAll(() => town.close());

const mailOf = (id: string): string => `${id}@dandang.example`;
const organs = ['discipline-officer', 'organization-officer'];

const application = {
  subjects: [{ official: 'housing-director', responsibility: 'principal' }],
  circumstance: 'key-work-delayed',
  grounds: '老旧小区改造进度滞后。',
};

async function applied(change: Readonly<Record<string, unknown>> = {}, by: Name = 'clerk'): Promise<string> {
  const opened = said(await town.as(by).post('/api/interviews', { ...application, ...change }), matterAnswerForm);
  return `/api/interviews/${opened.id}`;
}
const planFor = (at: string, change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  at,
  place: '市委第二会议室',
  lead: 'deputy-leader',
  participants: organs,
  agenda: '听取说明，提出整改要求。',
  ...change,
});
async function planned(
  at: string,
  change: Readonly<Record<string, unknown>> = {},
  plan = planFor(at),
): Promise<string> {
  const path = await applied(change);
  await town.does('principal-leader', path, 'approve', { opinion: '同意约谈。' });
  await town.does('committee-officer', path, 'plan', plan);
  return path;
}
async function agreed(path: string): Promise<void> {
  await town.does('discipline-officer', path, 'concur');
  await town.does('organization-officer', path, 'concur');
}
async function notified(at: string, change?: Readonly<Record<string, unknown>>): Promise<string> {
  const path = await planned(at, change);
  await agreed(path);
  await town.does('committee-officer', path, 'notify');
  return path;
}
const recordOf = (heldAt: string): Record<string, unknown> => ({
  heldAt,
  attendees: ['deputy-leader', ...organs, 'housing-director'],
  minutes: '约谈对象作了说明。',
  requirements: ['全面排查。'],
});

const ladderForm = z.object({
  ladder: z.array(
    z.object({
      official: z.string(),
      count: z.number(),
      counted: z.array(z.object({ id: z.string(), heldOn: z.string() })),
      proposal: z.nullable(z.string()),
      decided: z.optional(z.object({ outcome: z.string() })),
      reopened: z.optional(z.array(z.object({ proposal: z.string(), outcome: z.string() }))),
    }),
  ),
});
const ladderOf = (matter: MatterAnswer) => z.parse(ladderForm, matter.details).ladder;
const stepOf = async (path: string) => ladderOf(await town.matter('clerk', path))[0];

/** The calendar file of every mail from a number on, as an independent library reads it. */
async function invitations(from: number) {
  const found: { to: string; subject: string; calendar: string; event: ical.VEvent }[] = [];
  for (const mail of (await town.mails()).slice(from)) {
    const file = await town.mailbox.attachment(mail.messageId, 'invitation.ics');
    if (file === undefined) continue;
    // Long lines are folded (RFC 5545, 3.1).
    const calendar = new TextDecoder().decode(file.content).replace(/\r?\n[ \t]/g, '');
    const events = Object.values(ical.sync.parseICS(calendar)).filter((one) => one?.type === 'VEVENT');
    expect(events).toHaveLength(1);
    const [event] = events;
    if (event?.type === 'VEVENT') found.push({ to: mail.to, subject: mail.subject, calendar, event });
  }
  return found.sort((a, b) => (a.to < b.to ? -1 : 1));
}
const invited = ['deputy-leader', ...organs, 'housing-director'].map(mailOf).sort();

describe('from an ineffective reminder to a closed interview', () => {
  let origin = '';
  let path = '';
  let uid = '';

  test('begins with an interview that names the reminder, which shows where it went', async () => {
    origin = await town.issued({ subject: '转约谈' });
    await town.does('housing-liaison', origin, 'reply', { measures: '正在研究。' });
    const reminder = { origin: { kind: 'reminder', id: origin.split('/').at(-1) } };
    expect(verdict(await town.as('clerk').post('/api/interviews', { ...application, ...reminder }))).toBe(
      '422 origin-not-ineffective',
    );
    await town.does('clerk', origin, 'review', { outcome: 'ineffective', opinion: '没有措施。' });
    path = await applied(reminder);
    await town.mails();
    const escalated = await town.matter('clerk', origin);
    expect(escalated.state).toBe('escalated');
    expect(escalated.details).toMatchObject({ interview: { id: path.split('/').at(-1) } });
    expect(verdict(await town.as('clerk').post('/api/interviews', { ...application, ...reminder }))).toBe(
      '422 origin-taken',
    );
  });

  test('is agreed by the principal leader, planned, and agreed by both organs, each of whom hears of it', async () => {
    expect(await town.waits('principal-leader', path)).toEqual(['approve']);
    expect(verdict(await town.as('deputy-leader').post(`${path}/approve`, { opinion: '同意' }))).toBe('404 not-found');
    await town.does('principal-leader', path, 'approve', { opinion: '同意约谈。' });
    expect(await town.waits('committee-officer', path)).toEqual(['plan']);
    const plan = planFor('2026-09-17T15:00:00+08:00');
    expect(verdict(await town.as('committee-officer').post(`${path}/plan`, { ...plan, lead: 'deputy-leader-2' }))).toBe(
      '422 lead-not-leader',
    );
    await town.does('committee-officer', path, 'plan', plan);
    expect(await town.waits('discipline-officer', path)).toEqual(['concur']);
    expect(await town.waits('organization-officer', path)).toEqual(['concur']);
    await town.does('discipline-officer', path, 'concur');
    expect(await town.waits('discipline-officer', path)).toEqual([]);
    expect(verdict(await town.as('committee-officer').post(`${path}/notify`))).toBe('422 not-concurred');
    await town.does('organization-officer', path, 'object', { reason: '与例会冲突。' });
    expect(await town.waits('committee-officer', path)).toEqual(['plan']);
    await town.does('committee-officer', path, 'plan', plan);
    await agreed(path);
    expect(await town.waits('committee-officer', path)).toEqual(['notify']);
    expect(verdict(await town.as('housing-director').get(path))).toBe('404 not-found');
    expect(verdict(await town.as('housing-liaison').get(path))).toBe('404 not-found');
  });

  test('is notified with an invitation for each recipient, which names nobody else', async () => {
    const before = (await town.mails()).length;
    const matter = await town.does('committee-officer', path, 'notify');
    expect(matter.documents).toMatchObject([{ type: 'interview-notice', number: '演约〔2026〕1号' }]);
    const sent = await invitations(before);
    expect(sent.map((one) => one.to)).toEqual(invited);
    for (const { to, subject, calendar, event } of sent) {
      expect(subject).toBe('约谈通知书 演约〔2026〕1号');
      expect(event.method).toBe('REQUEST');
      expect(calendar).toMatch(/\r?\nMETHOD:REQUEST\r?\n/);
      // Three in the afternoon in China is seven in Greenwich.
      expect(event.start.toISOString()).toBe('2026-09-17T07:00:00.000Z');
      expect(calendar).toContain('DTSTART:20260917T070000Z');
      expect(event.location).toBe('市委第二会议室');
      const addresses = [...calendar.matchAll(/mailto:([^\s;]+)/gi)].map((found) => found[1]);
      // Whom the mail itself is from, and whom it is to.
      expect(addresses).toEqual(['dandang@dandang.example', to]);
      expect(event.end?.toISOString()).toBe('2026-09-17T09:00:00.000Z');
    }
    expect(new Set(sent.map(({ event }) => event.uid)).size).toBe(1);
    uid = sent[0]?.event.uid ?? '';
    expect(await town.waits('housing-director', path)).toEqual(['acknowledge']);
  });

  test('is moved with an update under the same UID, and both times stay', async () => {
    const before = (await town.mails()).length;
    const first = { at: '2026-09-17T16:00:00+08:00', place: '市委第二会议室', reason: '主约谈人另有安排。' };
    await town.does('committee-officer', path, 'reschedule', first);
    const matter = await town.does('committee-officer', path, 'reschedule', {
      ...first,
      at: '2026-09-18T10:00:00+08:00',
      place: '第三会议室',
    });
    expect(matter.details).toMatchObject({
      times: [
        { at: '2026-09-17T15:00:00.000+08:00' },
        { at: '2026-09-17T16:00:00.000+08:00' },
        { at: '2026-09-18T10:00:00.000+08:00', place: '第三会议室', reason: '主约谈人另有安排。' },
      ],
    });
    const sent = await invitations(before);
    expect(sent).toHaveLength(8);
    expect(new Set(sent.map(({ event }) => event.uid))).toEqual(new Set([uid]));
    expect(new Set(sent.map(({ event }) => event.method))).toEqual(new Set(['REQUEST']));
    const latest = sent.filter(({ event }) => event.start.toISOString() === '2026-09-18T02:00:00.000Z');
    const between = sent.filter(({ event }) => event.start.toISOString() === '2026-09-17T08:00:00.000Z');
    const sequences = (of: typeof sent) => [...new Set(of.map(({ event }) => Number(event.sequence)))];
    expect([...sequences(between), ...sequences(latest)]).toEqual([1, 2]);
  });

  test('is not recorded before it was held, nor without both organs, nor with strangers', async () => {
    const holding = async (change: Readonly<Record<string, unknown>>) =>
      verdict(
        await town.as('organization-officer').post(`${path}/hold`, {
          ...recordOf('2026-09-15T10:00:00+08:00'),
          ...change,
        }),
      );
    expect(await holding({ heldAt: '2026-09-18T10:00:00+08:00' })).toBe('422 held-in-future');
    expect(await holding({ heldAt: '2026-09-14T10:00:00+08:00' })).toBe('422 held-before-notice');
    expect(await holding({ heldAt: '昨天' })).toBe('400 malformed');
    await town.moveTo('2026-09-18T11:00:00+08:00');
    const heldAt = '2026-09-18T10:00:00+08:00';
    const there = ['deputy-leader', 'housing-director'];
    const absent = [{ official: 'housing-director', reason: '住院。' }];
    expect(await holding({ heldAt, attendees: [...organs, 'housing-director'] })).toBe('422 missing-lead');
    expect(await holding({ heldAt, attendees: ['deputy-leader', ...organs], absent })).toBe('422 missing-subject');
    expect(await holding({ heldAt, attendees: [...there, ...organs], absent })).toBe('422 subject-unaccounted');
    expect(await holding({ heldAt, attendees: there })).toBe('422 missing-attendee');
    expect(await holding({ heldAt, attendees: [...there, ...organs, 'ecology-director'] })).toBe('422 not-invited');
    expect(await holding({ heldAt, attendees: [...there, ...organs, 'nobody'] })).toBe('422 unknown-official');
    expect(await holding({ heldAt, planWithin: { amount: 20, unit: 'working-day' } })).toBe('400 malformed');
  }, 60_000);

  test('is recorded: the plan is due after five working days, Sunday the twentieth among them', async () => {
    const { headers } = await town.as('clerk').get(path);
    const asking = { headers: { 'idempotency-key': 'held-once', 'if-match': headers.get('etag') ?? '' } };
    const record = recordOf('2026-09-18T10:00:00+08:00');
    const matter = said(await town.as('organization-officer').post(`${path}/hold`, record, asking), matterAnswerForm);
    expect(matter.state).toBe('held');
    expect(matter.deadlines).toMatchObject([{ name: 'rectification-plan', dueOn: '2026-09-24', firm: true }]);
    expect(ladderOf(matter)).toMatchObject([{ official: 'housing-director', count: 1, proposal: 'circulate' }]);
    const { length } = (await town.history('clerk', path)).items;
    const again = await town.as('organization-officer').post(`${path}/hold`, record, asking);
    expect(said(again, matterAnswerForm).state).toBe('held');
    expect((await town.history('clerk', path)).items).toHaveLength(length);
  });

  test('has a subject who sees its own step of the ladder and states its case; the unit sees none of it', async () => {
    expect(ladderOf(await town.matter('housing-director', path))).toHaveLength(1);
    expect(ladderOf(await town.matter('housing-liaison', path))).toEqual([]);
    await town.does('housing-director', path, 'state-case', { text: '当时项目已移交。' });
    const heard = async (name: Name) => JSON.stringify(await town.history(name, path));
    expect(await heard('organization-officer')).toContain('当时项目已移交。');
    expect(await heard('housing-director')).toContain('当时项目已移交。');
    for (const text of ['当时项目已移交。', 'circulate', '同意约谈。', '约谈对象作了说明。'])
      expect(await heard('housing-liaison')).not.toContain(text);
    const answers = JSON.stringify(await town.matter('housing-liaison', path));
    expect(answers).not.toContain('当时项目已移交。');
    expect(answers).not.toContain('约谈对象作了说明。');
  });

  test('is circulated by the principal leader, with a scope', async () => {
    expect(await town.waits('principal-leader', path)).toEqual(['decide-proposal']);
    expect(await town.waits('organization-head', path)).toEqual([]);
    const decision = { official: 'housing-director', outcome: 'confirmed', reason: '属实。' };
    const decides = async (name: Name, body: unknown) =>
      verdict(await town.as(name).post(`${path}/decide-proposal`, body));
    expect(await decides('organization-head', decision)).toBe('403 not-yours');
    expect(await decides('principal-leader', decision)).toBe('400 malformed');
    const { length } = (await town.matter('principal-leader', path)).documents;
    const matter = await town.does('principal-leader', path, 'decide-proposal', { ...decision, scope: '市直各单位' });
    // It is on file, and no letter of it goes out.
    expect(ladderOf(matter)).toMatchObject([{ decided: { outcome: 'confirmed' } }]);
    expect(matter.documents).toHaveLength(length);
    expect(await town.waits('principal-leader', path)).toEqual([]);
  });

  test('has its plan chased after the festival, and the supervision office has it on its desk', async () => {
    await town.moveTo('2026-09-28T10:00:00+08:00');
    const about = (await town.mails())
      .filter((mail) => /催办|逾期/.test(mail.subject))
      .map((mail) => `${mail.subject} ${mail.to}`);
    expect(about).toEqual([`催办单 ${mailOf('housing')}`]);
    expect(await town.waits('clerk', path)).toEqual(['review']);
    expect((await town.openDeadlines('clerk', '?light=red')).map((one) => one.name)).toEqual(['rectification-plan']);
    expect(await town.waits('housing-director', path)).toContain('file-plan');
    expect(await town.waits('housing-liaison', path)).toContain('file-plan');
  }, 60_000);

  test('is rectified: filed late, returned, filed, reported to the lead, reviewed twice, closed', async () => {
    const measures = [{ problem: '未开工', action: '重新招标', responsible: '朱建', dueOn: '2026-12-31' }];
    const plan = { measures };
    expect(verdict(await town.as('housing-liaison').post(`${path}/file-plan`, { measures: [] }))).toBe(
      '422 empty-plan',
    );
    expect((await town.does('housing-liaison', path, 'file-plan', plan)).deadlines[0]).toMatchObject({
      late: true,
      light: 'grey',
    });
    await town.does('clerk', path, 'return-plan', { reason: '缺时间表。', within: { amount: 2, unit: 'working-day' } });
    const filed = await town.does('housing-director', path, 'file-plan', plan);
    expect(filed.deadlines[0]).toMatchObject({ late: false, dueOn: '2026-09-30' });
    expect(verdict(await town.as('gov-clerk').post(`${path}/accept-plan`, {}))).toBe('403 not-yours');
    await town.does('clerk-2', path, 'accept-plan', { reportEvery: { amount: 10, unit: 'working-day' } });
    const before = (await town.mails()).length;
    await town.does('housing-liaison', path, 'report', { text: '两个项目开工。', progress: 60 });
    expect((await town.mails()).slice(before).map((mail) => `${mail.subject} ${mail.to}`)).toEqual([
      `关于演约〔2026〕1号的整改进展报告 ${mailOf('deputy-leader')}`,
    ]);
    expect(await town.waits('housing-liaison', path)).toContain('report-measure');
    const early = await town.as('housing-liaison').post(`${path}/complete`, { text: '全部开工。' });
    expect([verdict(early), early.body]).toMatchObject([
      '422 measures-open',
      { detail: '整改方案还有措施没有完成：measure-1' },
    ]);
    await town.does('housing-liaison', path, 'report-measure', {
      measure: 'measure-1',
      done: true,
      text: '已经招标。',
    });
    await town.does('housing-liaison', path, 'complete', { text: '全部开工。' });
    expect(await town.waits('clerk', path)).toContain('review');
    expect(await town.waits('gov-clerk', path)).not.toContain('review');
    const review = (outcome: string) => ({ outcome, opinion: '现场核查。' });
    expect(verdict(await town.as('gov-clerk').post(`${path}/review`, review('passed')))).toBe('403 not-yours');
    expect(verdict(await town.as('clerk').post(`${path}/review`, review('failed')))).toBe('400 malformed');
    const heard = (await town.mails()).length;
    const again = { requirements: ['三个项目全部开工。'], within: { amount: 10, unit: 'working-day' } };
    const failed = await town.does('clerk', path, 'review', { ...review('failed'), ...again });
    expect(failed).toMatchObject({ state: 'rectifying' });
    expect(
      (await town.mails())
        .slice(heard)
        .map((mail) => `${mail.subject} ${mail.to}`)
        .sort(),
    ).toEqual(['housing', 'housing-director'].map((name) => `关于演约〔2026〕1号的复核意见 ${mailOf(name)}`).sort());
    expect(await town.openDeadlines('clerk')).toMatchObject([{ name: 'completion' }, { name: 'progress-report' }]);
    expect(failed.deadlines.find((one) => one.name === 'progress-report')).toMatchObject({
      light: 'green',
      metAt: null,
    });
    await town.does('housing-liaison', path, 'complete', { text: '再次完成。' });
    expect((await town.does('clerk-2', path, 'review', review('passed'))).state).toBe('closed');
    expect((await town.history('clerk', path)).intact).toBe(true);
    expect(await town.openDeadlines('clerk')).toEqual([]);
  });
});

describe('the ladder of one official', () => {
  const confirm = { official: 'housing-director', outcome: 'confirmed', reason: '属实。' };
  let recordedLate = '';
  let second = '';
  let third = '';

  test('climbs to 诫勉 and 组织处理, which the organization department decides', async () => {
    await town.moveTo('2026-10-12T09:30:00+08:00');
    recordedLate = await notified('2026-10-13T10:00:00+08:00', { grounds: '迟录。' });
    second = await notified('2026-10-14T10:00:00+08:00', { grounds: '第二次。' });
    third = await notified('2026-10-15T10:00:00+08:00', { grounds: '第三次。' });
    await town.moveTo('2026-10-16T09:30:00+08:00');
    await town.does('organization-officer', second, 'hold', recordOf('2026-10-14T10:00:00+08:00'));
    expect(await stepOf(second)).toMatchObject({ count: 2, proposal: 'admonition' });
    await town.does('organization-officer', third, 'hold', recordOf('2026-10-15T10:00:00+08:00'));
    expect(await stepOf(third)).toMatchObject({
      count: 3,
      proposal: 'organizational-handling',
      counted: [{ heldOn: '2026-09-18' }, { heldOn: '2026-10-14' }, { heldOn: '2026-10-15' }],
    });
    expect(await town.waits('organization-head', second)).toEqual(['decide-proposal']);
    expect(await town.waits('principal-leader', second)).toEqual([]);
    expect(verdict(await town.as('principal-leader').post(`${second}/decide-proposal`, confirm))).toBe('403 not-yours');
    const admonished = await town.does('organization-head', second, 'decide-proposal', confirm);
    expect(ladderOf(admonished)).toMatchObject([{ proposal: 'admonition', decided: { outcome: 'confirmed' } }]);
  }, 60_000);

  test('is counted again when an interview is recorded late, and what was decided is open again', async () => {
    await town.does('organization-officer', recordedLate, 'hold', recordOf('2026-10-13T10:00:00+08:00'));
    expect(await stepOf(recordedLate)).toMatchObject({ count: 2, proposal: 'admonition' });
    expect(await stepOf(second)).toMatchObject({
      count: 3,
      proposal: 'organizational-handling',
      reopened: [{ proposal: 'admonition', outcome: 'confirmed' }],
    });
    expect(await stepOf(second)).not.toHaveProperty('decided');
    expect(await stepOf(third)).toMatchObject({ count: 4 });
    expect(await town.waits('organization-head', second)).toContain('decide-proposal');
    await town.does('organization-head', second, 'decide-proposal', confirm);
  });

  test('is counted again when an interview is annulled or a dispute about it is granted', async () => {
    expect(verdict(await town.as('clerk').post(`${recordedLate}/annul`, { reason: '有误。' }))).toBe('403 not-yours');
    await town.does('principal-leader', recordedLate, 'annul', { reason: '主体有误。' });
    expect(await stepOf(recordedLate)).toMatchObject({ count: 0, proposal: null });
    expect(await stepOf(second)).toMatchObject({ count: 2, proposal: 'admonition', reopened: [{}, {}] });
    await town.does('housing-director', second, 'dispute', { grounds: '非我职责。' });
    const decision = { outcome: 'revoked', reason: '异议成立。' };
    expect(verdict(await town.as('deputy-leader').post(`${second}/decide-dispute`, decision))).toBe(
      '422 reviewer-took-part',
    );
    expect(await town.waits('deputy-leader-2', second)).toEqual(['decide-dispute']);
    expect((await town.does('deputy-leader-2', second, 'decide-dispute', decision)).state).toBe('annulled');
    expect(await stepOf(third)).toMatchObject({ count: 2, proposal: 'admonition' });
  });
});

describe('a double booking over the service', () => {
  const at = '2026-10-20T15:00:00+08:00';

  test('is refused, names who is booked, and goes anyway with a reason', async () => {
    await planned(at, { grounds: '占用。' });
    const path = await applied({ subjects: [{ official: 'ecology-director', responsibility: 'principal' }] });
    await town.does('principal-leader', path, 'approve', { opinion: '同意。' });
    const plan = planFor('2026-10-20T15:30:00+08:00', { place: '别处' });
    const refused = await town.as('committee-officer').post(`${path}/plan`, plan);
    expect(verdict(refused)).toBe('409 conflict');
    expect(refused.body).toMatchObject({
      detail: '人员或场所在该时段已有安排：钱管（演示）、冯正（演示）、卫录（演示）',
    });
    const anyway = { ...plan, anyway: true };
    expect(verdict(await town.as('committee-officer').post(`${path}/plan`, anyway))).toBe('400 malformed');
    expect((await town.does('committee-officer', path, 'plan', { ...anyway, reason: '前场提前结束。' })).state).toBe(
      'planned',
    );
    await town.does('clerk', path, 'withdraw', { reason: '合并。' });
  });

  test('is none any more once the other was moved to another day, or withdrawn', async () => {
    const path = await planned('2026-10-21T15:00:00+08:00', { grounds: '后移。' });
    const other = await applied({ grounds: '另一个。' });
    await town.does('principal-leader', other, 'approve', { opinion: '同意。' });
    const plan = planFor('2026-10-21T15:00:00+08:00');
    expect(verdict(await town.as('committee-officer').post(`${other}/plan`, plan))).toBe('409 conflict');
    await town.does('committee-officer', path, 'plan', planFor('2026-10-22T15:00:00+08:00'));
    await town.does('committee-officer', other, 'plan', plan);
    await town.does('clerk', path, 'withdraw', { reason: '撤回。' });
    await town.does('committee-officer', other, 'plan', planFor('2026-10-22T15:00:00+08:00'));
  });
});

test('a cancelled interview is cancelled in every calendar, and its reminder waits again', async () => {
  const origin = await town.issued({ subject: '取消' });
  await town.does('housing-liaison', origin, 'reply', { measures: '正在研究。' });
  await town.does('clerk', origin, 'review', { outcome: 'ineffective', opinion: '没有措施。' });
  const path = await notified('2026-10-23T15:00:00+08:00', {
    origin: { kind: 'reminder', id: origin.split('/').at(-1) },
  });
  const before = (await town.mails()).length;
  expect((await town.matter('clerk', origin)).state).toBe('escalated');
  expect((await town.does('committee-officer', path, 'cancel', { reason: '情况变化。' })).state).toBe('cancelled');
  const sent = await invitations(before);
  expect(sent.map((one) => one.to)).toEqual(invited);
  for (const { event, calendar } of sent) {
    expect(event.method).toBe('CANCEL');
    expect(event.status).toBe('CANCELLED');
    expect(Number(event.sequence)).toBe(1);
    expect(calendar).not.toContain('情况变化');
  }
  expect((await town.matter('clerk', origin)).state).toBe('ineffective');
  expect(await town.waits('clerk', origin)).toContain('close');
});

test('a plan that is returned long after its day is chased again', async () => {
  const path = await notified('2026-10-26T10:00:00+08:00', {
    subjects: [{ official: 'housing-deputy', responsibility: 'direct' }],
    grounds: '退回。',
  });
  await town.moveTo('2026-10-26T17:00:00+08:00');
  const attendees = ['deputy-leader', ...organs, 'housing-deputy'];
  await town.does('organization-officer', path, 'hold', { ...recordOf('2026-10-26T10:00:00+08:00'), attendees });
  const corrected = await town.does('organization-officer', path, 'correct-record', {
    heldAt: '2026-10-26T11:00:00+08:00',
    reason: '时间记录有误。',
  });
  expect(corrected.details).toMatchObject({
    held: { heldAt: '2026-10-26T11:00:00.000+08:00' },
    corrections: [{ reason: '时间记录有误。', before: { heldAt: '2026-10-26T10:00:00.000+08:00' } }],
    ladder: [{ official: 'housing-deputy', count: 1 }],
  });
  expect(corrected.documents.map(({ type }) => type)).toContain('record-correction');
  const measures = [{ problem: '未开工', action: '招标', responsible: '秦筑', dueOn: '2026-12-31' }];
  await town.does('housing-deputy', path, 'file-plan', { measures });
  await town.moveTo('2026-11-16T10:00:00+08:00');
  await town.does('clerk', path, 'return-plan', { reason: '空泛。' });
  const before = (await town.mails()).length;
  await town.moveTo('2026-11-18T09:30:00+08:00');
  const chased = (await town.mails()).slice(before).filter((mail) => mail.subject.startsWith('催办单'));
  expect(chased.map((mail) => mail.date.slice(0, 10))).toEqual(expect.arrayContaining(['2026-11-17', '2026-11-18']));
  await town.does('housing-deputy', path, 'file-plan', { measures });
}, 120_000);

test('the lists show an interview to those whom it concerns, and to nobody else', async () => {
  const listed = async (name: Name, query = '') =>
    (await town.all(name, `/api/interviews${query}`, z.object({ id: z.string(), state: z.string() }))).length;
  expect(await listed('clerk', '?state=annulled')).toBe(2);
  expect(await listed('clerk', '?official=housing-director')).toBeGreaterThan(3);
  expect(await listed('housing-director')).toBeGreaterThan(3);
  expect(await listed('housing-deputy')).toBe(1);
  expect(await listed('housing-liaison', '?unit=housing')).toBeGreaterThan(4);
  for (const name of ['ecology-liaison', 'commerce-liaison', 'inspection-officer', 'ecology-director'] as const)
    expect(await listed(name)).toBe(0);
});

test('a letter of an interview is read by its recipients and by the offices only', async () => {
  const items = await town.all('clerk', '/api/interviews?state=closed', z.object({ id: z.string() }));
  const path = `/api/interviews/${items[0]?.id ?? ''}`;
  const { documents } = await town.matter('clerk', path);
  const byType = new Map(documents.map((one) => [one.type, `${path}/documents/${one.id}.html`]));
  const reads = async (name: Name, type: string) => (await town.as(name).get(byType.get(type) ?? '')).status;
  expect(await reads('organization-officer', 'interview-record')).toBe(200);
  for (const name of ['housing-director', 'housing-liaison', 'ecology-liaison'] as const)
    expect(await reads(name, 'interview-record')).toBe(404);
  expect(await reads('housing-director', 'interview-notice')).toBe(200);
  expect(await reads('housing-liaison', 'interview-notice')).toBe(404);
  expect(await reads('housing-liaison', 'rectification-notice')).toBe(200);
  const conclusion = new TextDecoder().decode(
    (await town.as('housing-liaison').get(byType.get('review-conclusion') ?? '')).bytes,
  );
  expect(conclusion).toContain('市委督查室');
  expect(conclusion).not.toContain('city-leaders');
});

test('no mail and no invitation says what an interview is about, whom it concerns or what was found', async () => {
  const secrets = /改造|滞后|说明|排查|移交|开工|招标|研究|职责|冲突|演示）.*\n|朱建|秦筑|钱管|赵主|会议冲突/;
  const sent = await invitations(0);
  expect(sent.length).toBeGreaterThan(20);
  for (const mail of await town.mails()) expect(`${mail.subject}\n${mail.text}`).not.toMatch(secrets);
  for (const { event, calendar } of sent) {
    expect(calendar).not.toMatch(/改造|滞后|说明|整改|排查|冲突/);
    expect(event.summary).toBe('约谈通知书');
    expect(event).not.toHaveProperty('description');
  }
});

test('nothing failed in the service on the way', () => {
  expect(town.log.filter((line) => line.level === 'error')).toEqual([]);
});

test('lists show to everybody exactly what may be looked at', async () => {
  expect(await listsAndGatesDiffer(town)).toEqual([]);
}, 60_000);
