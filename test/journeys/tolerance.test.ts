import { jest } from '@jest/globals';
import { standingAnswer } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { said, signIn, verdict } from './caller.ts';
import { listsAndGatesDiffer } from './lists-and-gates.ts';
import { type Name, type RunningTown, startTown } from './running-town.ts';
import {
  applied,
  decided,
  exempting,
  factors,
  filedAndAccepted,
  investigating,
  investigators,
  mitigating,
  notes,
  proposed,
} from './tolerance-acts.ts';

/*
 * 2026: Tuesday 15 September. Sunday the twentieth is a working day made up, so five working days from Tuesday the
 * fifteenth end on Monday the twenty-first.
 */
let town: RunningTown;
// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(60_000);
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 60_000);
afterAll(() => town.close());

const standing = async (name: Name, query = '', official = 'housing-director') =>
  said(await town.as(name).get(`/api/officials/${official}/standing${query}`), standingAnswer).items;
const refused = async (name: Name, path: string, body: unknown = {}) => verdict(await town.as(name).post(path, body));

describe('a venture that was filed beforehand fails, and is tolerated', () => {
  let filing = '';
  let path = '';
  let file: readonly { readonly id: string; readonly recipient: { readonly id: string } }[] = [];

  test('the application names the filing and waits first in the organ’s work list', async () => {
    filing = await filedAndAccepted(town);
    path = await applied(town, { riskFilings: [filing] });
    const matter = await town.matter('housing-director', path);
    expect(matter).toMatchObject({
      state: 'applied',
      organ: { id: 'discipline' },
      details: { initiator: 'official', riskFilings: [filing], filings: [{ id: filing, state: 'active' }] },
      deadlines: [],
    });
    expect(await town.waits('discipline-officer', path)).toEqual(['accept']);
  });

  test('the investigation needs two who are no party to it, every factor, and a hearing', async () => {
    await town.does('discipline-officer', path, 'accept');
    const appoint = (...named: string[]) =>
      refused('discipline-officer', `${path}/investigate`, { investigators: named });
    expect(await appoint('discipline-officer')).toBe('422 one-investigator');
    expect(await appoint('discipline-officer', 'discipline-officer')).toBe('422 one-investigator');
    expect(await appoint('discipline-officer', 'housing-deputy')).toBe('422 handler-is-subject');
    await town.does('discipline-officer', path, 'investigate', { investigators });
    expect(await town.waits('discipline-officer-2', path)).toEqual(['assess']);
    expect(await town.waits('housing-director', path)).toEqual(['hear']);
    const { motive, ...others } = factors;
    expect(motive).toBeDefined();
    expect(
      await refused('discipline-officer', `${path}/assess`, { factors: others, circumstances: ['risk-decision'] }),
    ).toBe('422 factor-missing');
    const proposal = { outcome: 'exempt', reasons: notes.proposal };
    expect(await refused('discipline-officer', `${path}/propose`, proposal)).toBe('422 factor-missing');
    await town.does('discipline-officer', path, 'assess', { factors, circumstances: ['risk-decision'] });
    expect(await refused('discipline-officer', `${path}/propose`, proposal)).toBe('422 not-heard');
    await town.does('housing-director', path, 'hear', { statement: notes.statement });
    await town.does('discipline-officer-2', path, 'propose', proposal);
    expect(await town.waits('discipline-head', path)).toEqual(['decide']);
  });

  test('the decision goes to the official and to the four other bodies, once each, with its correction due in five working days', async () => {
    expect(await refused('discipline-head', `${path}/decide`, { ...exempting, correction: [] })).toBe(
      '422 correction-missing',
    );
    const mailsBefore = (await town.mails()).length;
    const matter = await town.does('discipline-head', path, 'decide', exempting);
    expect(matter).toMatchObject({
      state: 'correcting',
      documents: [{ type: 'tolerance-decision', number: '演容〔2026〕1号' }],
      deadlines: [{ name: 'correction-1', dueOn: '2026-09-21', light: 'green' }],
    });
    expect(matter.deliveries.map(({ as, recipient }) => `${as} ${recipient.id}`)).toEqual([
      'addressee housing-director',
      'copy housing',
      'copy organization',
      'copy inspection',
      'copy audit',
    ]);
    file = matter.deliveries;
    const mails = (await town.mails()).slice(mailsBefore).filter(({ subject }) => subject.includes('容错处理决定书'));
    expect(mails.map(({ to }) => to).sort()).toEqual(
      ['audit', 'housing-director', 'housing', 'inspection', 'organization'].map((id) => `${id}@dandang.example`),
    );
    // Nothing of the case is in the mail.
    for (const { subject, text } of mails) expect(`${subject} ${text}`).not.toMatch(/朱建|老旧小区|免责/);
  });

  test('each body signs; one address bounced, and the copy goes to a new one', async () => {
    const delivery = (recipient: string) => file.find((one) => one.recipient.id === recipient)?.id ?? '';
    const bounced = `/api/deliveries/${delivery('audit')}`;
    await town.as('discipline-officer').post(`${bounced}/bounce`, { reason: '邮箱不存在' });
    expect(await town.waits('discipline-officer', path)).toContain('resend');
    await town.as('discipline-officer').post(`${bounced}/resend`, { address: 'new-audit@dandang.example' });
    await town.mails();
    for (const [recipient, who] of [
      ['housing-director', 'housing-director'],
      ['housing', 'housing-liaison'],
      ['organization', 'organization-officer'],
      ['inspection', 'inspection-officer'],
      ['audit', 'audit-officer'],
    ] as const)
      expect(await refused(who, `/api/deliveries/${delivery(recipient)}/acknowledge`)).toBe('200');
    const { deliveries } = await town.matter('discipline-head', path);
    expect(deliveries.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'acknowledged'));
    const toAudit = (await town.mails()).filter(({ to }) => to === 'new-audit@dandang.example');
    expect(toAudit).toHaveLength(1);
  });

  test('the correction is returned once, late the second time, and struck off', async () => {
    await town.does('housing-liaison', path, 'file-correction', { report: '已提交申请。' });
    expect(await town.waits('discipline-officer', path)).toContain('accept-correction');
    await town.does('discipline-officer', path, 'return-correction', { reason: '尚未取得许可证。' });
    await town.moveTo('2026-09-22T09:30:00+08:00');
    expect((await town.matter('housing-liaison', path)).deadlines).toMatchObject([
      { name: 'correction-1', light: 'red' },
    ]);
    const filed = await town.does('housing-director', path, 'file-correction', { report: '许可证已取得。' });
    expect(filed.details).toMatchObject({ corrections: [{ id: 'correction-1', state: 'filed', late: true }] });
    const closed = await town.does('discipline-officer', path, 'accept-correction');
    expect(closed.state).toBe('closed');
  });

  test('the official’s standing names for each purpose the matter and the clause', async () => {
    const lines = await standing('organization-officer');
    expect(new Set(lines.map(({ purpose }) => purpose))).toEqual(
      new Set([
        'assessment',
        'inspection',
        'audit',
        'promotion',
        'rank',
        'title',
        'pay',
        'representative',
        'commendation',
      ]),
    );
    const id = path.split('/').at(-1);
    const [line, ...others] = await standing('audit-officer', '?purpose=audit');
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      purpose: 'audit',
      effect: 'not-held',
      text: '在巡察、经济责任审计中，不作负面评价',
      outcome: 'exempt',
      matter: { kind: 'tolerance', id },
    });
    expect(line?.clause.reference).toContain('容错结果如何运用');
    // The day before the decision there was nothing.
    expect(await standing('housing-director', '?on=2026-09-14')).toEqual([]);
    expect(verdict(await town.as('commerce-liaison').get('/api/officials/housing-director/standing'))).toBe(
      '404 not-found',
    );
    const unit = said(await town.as('housing-liaison').get('/api/units/housing/standing'), standingAnswer);
    expect(unit.items.map(({ purpose }) => purpose)).toEqual(['assessment']);
  });
});

describe('a tolerated interview', () => {
  const counts = z.object({ interviews: z.array(z.object({ id: z.string(), counts: z.boolean() })) });

  /** An interview of the commerce director that was held on the day before. */
  async function held(): Promise<string> {
    const opened = await town.as('clerk').post('/api/interviews', {
      subjects: [{ official: 'commerce-director', responsibility: 'principal' }],
      circumstance: 'key-work-delayed',
      grounds: '进度滞后。',
    });
    const { id } = said(opened, z.object({ id: z.string() }));
    const path = `/api/interviews/${id}`;
    const organs = ['discipline-officer', 'organization-officer'] as const;
    await town.does('principal-leader', path, 'approve', { opinion: '同意。' });
    const day = (await town.now()).slice(0, 10);
    await town.does('committee-officer', path, 'plan', {
      at: `${day}T15:00:00+08:00`,
      place: '会议室',
      lead: 'deputy-leader-2',
      participants: organs,
      agenda: '听取说明。',
    });
    for (const organ of organs) await town.does(organ, path, 'concur');
    await town.does('committee-officer', path, 'notify');
    await town.moveTo(`${day}T16:30:00+08:00`);
    await town.does('organization-officer', path, 'hold', {
      heldAt: `${day}T15:00:00+08:00`,
      attendees: ['deputy-leader-2', ...organs, 'commerce-director'],
      minutes: '作了说明。',
      requirements: ['整改。'],
    });
    return id;
  }
  const proposal = z.object({ ladder: z.array(z.object({ count: z.number(), proposal: z.nullable(z.string()) })) });
  const ladder = async (id: string) =>
    z.parse(proposal, (await town.matter('clerk', `/api/interviews/${id}`)).details).ladder;

  test('leaves the count, and comes back when the decision is rescinded', async () => {
    const interview = await held();
    expect(await ladder(interview)).toMatchObject([{ count: 1, proposal: 'circulate' }]);
    const change = {
      official: 'commerce-director',
      unit: 'commerce',
      accountability: {
        reference: '市场培育项目延期',
        fact: '项目延期。',
        proposedHandling: '拟通报',
        matters: [{ kind: 'interview', id: interview }],
      },
    };
    expect(await refused('housing-director', '/api/tolerance', { ...change, initiator: 'official' })).toBe(
      '400 malformed',
    );
    const path = await investigating(town, change, 'commerce-director');
    await town.does('discipline-officer', path, 'assess', { factors, circumstances: ['risk-decision'] });
    await town.does('discipline-officer', path, 'hear', { statement: '已听取。' });
    await town.does('discipline-officer', path, 'propose', { outcome: 'exempt', reasons: '可以容错。' });
    await town.does('discipline-head', path, 'decide', {
      ...exempting,
      correction: undefined,
      noCorrection: { reason: '项目已完成，无须纠错。' },
    });
    await town.mails();
    expect(await ladder(interview)).toMatchObject([{ count: 0, proposal: null }]);
    const record = said(await town.as('organization-officer').get('/api/officials/commerce-director/record'), counts);
    expect(record.interviews).toEqual([{ id: interview, counts: false }]);

    const rescinded = await town.does('discipline-head', path, 'rescind', { reason: '发现隐瞒。' });
    expect(rescinded.deliveries.filter(({ documentType }) => documentType === 'tolerance-rescission')).toHaveLength(5);
    await town.mails();
    expect(await ladder(interview)).toMatchObject([{ count: 1, proposal: 'circulate' }]);
    expect(await standing('organization-officer', '', 'commerce-director')).toEqual([]);
  });
});

describe('a decision to mitigate', () => {
  test('weighs until the law’s period is over, and opens ways from the day after once the reform is confirmed', async () => {
    const { path, matter } = await decided(
      town,
      mitigating,
      {
        official: 'housing-deputy',
        accountability: { reference: '另一事项', fact: '事实。', proposedHandling: '警告' },
        initiator: 'unit',
      },
      'housing-liaison',
    );
    expect(matter.details).toMatchObject({ decision: { impactEndsOn: '2027-03-22' } });
    expect(await standing('organization-officer', '?on=2027-03-22&purpose=promotion', 'housing-deputy')).toMatchObject([
      { effect: 'impact-period', until: '2027-03-22', clause: { kind: 'law' } },
    ]);
    const after = () => standing('organization-officer', '?on=2027-03-23&purpose=promotion', 'housing-deputy');
    expect(await after()).toEqual([]);
    await town.does('housing-liaison', path, 'file-correction', { report: '已补办。' });
    await town.does('discipline-officer', path, 'accept-correction');
    await town.does('discipline-officer', path, 'confirm-reform', { finding: '认识深刻。', confirmed: true });
    expect(await after()).toMatchObject([{ effect: 'possible', clause: { kind: 'article' } }]);
  });
});

test('a review is decided by somebody who took no part, and never makes it worse', async () => {
  const path = await proposed(town, {
    accountability: { reference: '复核事项', fact: '事实。', proposedHandling: '警告' },
  });
  await town.does('discipline-head', path, 'decide', mitigating);
  expect(await refused('housing-director', `${path}/request-review`, { grounds: '程序完备，应予免责。' })).toBe('200');
  const worse = { ...mitigating, handling: 'demerit' };
  const review = { outcome: 'changed', reasons: '理由。' };
  expect(await refused('discipline-head', `${path}/decide-review`, { ...review, decision: exempting })).toBe(
    '422 reviewer-took-part',
  );
  expect(await refused('discipline-head-2', `${path}/decide-review`, { ...review, decision: worse })).toBe(
    '422 review-worsens',
  );
  const changed = await town.does('discipline-head-2', path, 'decide-review', { ...review, decision: exempting });
  expect(changed.state).toBe('correcting');
  expect(changed.documents.map(({ type }) => type)).toEqual(['tolerance-decision', 'tolerance-decision']);
  // The correction that was ordered word for word before goes on with its day.
  expect(changed.deadlines.map(({ name }) => name)).toEqual(['impact-period', 'correction-1', 'review-decision']);
});

test('deciders of other organs do not know of it, whatever is to be decided', async () => {
  const path = await proposed(town, {
    accountability: { reference: '本机关决定事项', fact: '事实。', proposedHandling: '警告' },
  });
  for (const [command, body] of [
    ['return', { reason: '补充核查。' }],
    ['decide', exempting],
  ] as const)
    expect(await refused('organization-head', `${path}/${command}`, body)).toBe('404 not-found');
  expect(verdict(await town.as('organization-head').get(path))).toBe('404 not-found');
  expect(await town.waits('organization-head', path)).toEqual([]);
  expect(await town.waits('discipline-head-2', path)).toEqual(['decide']);
});

test('a decider without another office who returns a proposal hears the same again when the request is repeated', async () => {
  const path = await proposed(town, {
    accountability: { reference: '退回事项', fact: '事实。', proposedHandling: '警告' },
  });
  const again = { headers: { 'idempotency-key': 'return-once' } };
  const entry = { name: '决定人员（演示）', unit: 'discipline', roles: ['decider'] };
  await town.as('admin').put('/api/directory/officials/discipline-decider', entry);
  await town.mails();
  const decider = await signIn(town.url, 'discipline-decider');
  const returning = () => decider.post(`${path}/return`, { reason: '补充核查。' }, again);
  expect(verdict(await returning())).toBe('200');
  // The matter is no longer this decider's to see, but what it did is.
  expect(verdict(await decider.get(path))).toBe('404 not-found');
  expect(verdict(await returning())).toBe('200');
  const { items } = await town.history('discipline-officer', path);
  expect(items.filter(({ events }) => events.some(({ type }) => type === 'ProposalReturned'))).toHaveLength(1);
});

test('why the organ asks for more time is between itself and its file', async () => {
  const term = { 'tolerance.acceptWithin': { amount: 5, unit: 'working-day' } };
  expect(verdict(await town.as('admin').put('/api/policy/settings', term))).toBe('200');
  const path = await applied(town, {
    accountability: { reference: '延期事项', fact: '事实。', proposedHandling: '警告' },
  });
  const asked = { deadline: 'acceptance', workingDays: 3, reason: '材料需要核对。' };
  await town.does('discipline-officer', path, 'request-extension', asked);
  const [inside, outside] = [
    await town.matter('discipline-officer', path),
    await town.matter('housing-director', path),
  ];
  expect(inside.deadlines).toMatchObject([{ name: 'acceptance', request: { reason: asked.reason } }]);
  expect(outside.deadlines).toMatchObject([{ name: 'acceptance', request: null }]);
});

test('lists show to everybody exactly what may be looked at', async () => {
  expect(await listsAndGatesDiffer(town)).toEqual([]);
}, 60_000);
