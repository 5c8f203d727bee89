import type { Caller } from '@dandang/access/caller.ts';
import { addDays, chinaDate, instantAt, type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import { type Deadline, isOpen } from '@dandang/casework/deadline.ts';
import type { Subject } from '@dandang/casework/matter.ts';
import * as z from 'zod/mini';
import type { Story } from './story.ts';

/*
 * What may well be said with each command of each measure, in any city: a few bodies that its schema takes, of which the
 * matter as it stands takes those that fit. A command without a row here fails the test that walks them.
 */

/** A body, and the hour before which it cannot be said. */
interface Said {
  readonly body: Readonly<Record<string, unknown>>;
  readonly notBefore?: Instant;
}
type Sayings = (story: Story, by: Caller) => readonly Said[];

/** How a matter may begin: who opens it, and with which words. */
export interface Opening {
  readonly by: string;
  readonly body: (story: Story) => Readonly<Record<string, unknown>>;
  /**
   * What is done first, where a walk would take long to come there: by the person who is named or the first who may, with
   * the first body or another one. A step that a city's procedure does not have is left out.
   */
  readonly then?: readonly { readonly command: string; readonly by?: string; readonly nth?: number }[];
}

const say =
  (...bodies: readonly Readonly<Record<string, unknown>>[]): Sayings =>
  () =>
    bodies.map((body) => ({ body }));
const hours = (at: Instant, more: number): Instant => instantAt(msOf(at) + more * 3_600_000);
const dayIn = (story: Story, days: number): string => addDays(chinaDate(story.now), days);

const reason = { reason: '理由在案。' };
const opinion = { opinion: '同意。' };
const within = { amount: 10, unit: 'working-day' };

/** What is said of a deadline that runs and is no office's by law, as far as it is the caller's. */
const running =
  (more: Readonly<Record<string, unknown>>, which: (one: Deadline, owes: boolean) => boolean): Sayings =>
  ({ open: { matter, owes } }, by) =>
    matter.deadlines
      .filter((one) => isOpen(one) && one.office !== true && which(one, owes(one.name, by)))
      .map(({ name }) => ({ body: { deadline: name, ...more } }));

/** Of every measure. Who stands aside and what is handed on are no part of these walks. */
const common: Readonly<Record<string, Sayings>> = {
  urge: say({}),
  'request-extension': running({ workingDays: 3, ...reason }, ({ request }, owes) => owes && request === null),
  'grant-extension': running({}, ({ request }) => request !== null),
  'refuse-extension': running(reason, ({ request }) => request !== null),
  extend: running({ workingDays: 60, ...reason }, ({ request }) => request === null),
  withdraw: say(reason),
  recuse: say(),
  succeed: say(),
  'sign-own': say({}),
  'send-back': say(reason),
};

const first = (listed: readonly { readonly id: string }[]): string => listed[0]?.id ?? 'none-listed';
const disputes = { dispute: say({ grounds: '事实有出入。' }) };
const answers = [
  { outcome: 'maintained', ...reason },
  { outcome: 'revoked', ...reason },
];

const reminderSays: Readonly<Record<string, Sayings>> = {
  revise: say({ findings: '已经核实。' }),
  submit: say({}),
  approve: say(opinion),
  return: say(reason),
  issue: say({}),
  reply: say({ measures: '已重新排定工期。' }),
  review: say({ outcome: 'effective', ...opinion }, { outcome: 'ineffective', ...opinion }),
  close: say(reason),
  rescind: say(reason),
  ...disputes,
  'decide-dispute': say(...answers),
  'name-reviewer': say({ unit: 'organization' }),
  contribute: say({ text: '已提供有关数据。' }),
  disagree: say({ reason: '不属于本单位职责。' }),
  mediate: say({ opinion: '仍请协办。' }),
  decline: say({ ground: '不属于本单位职责。' }),
  reassign: say({ unit: 'ecology', within }),
  'refuse-decline': say(reason),
};

const person = z.object({ id: z.string() });
const called = z.looseObject({
  groups: z.array(z.object({ unit: z.string(), name: z.string() })),
  plan: z.optional(z.looseObject({ at: z.string(), lead: person, participants: z.array(person) })),
  held: z.optional(z.looseObject({ heldAt: z.string() })),
  reviews: z.array(z.unknown()),
  ladder: z.array(z.looseObject({ official: z.string(), proposal: z.nullable(z.string()) })),
});
const interviewOf = ({ open: { matter } }: Story) => ({
  ...called.parse(matter.details),
  subjects: matter.subjects,
  deadlines: matter.deadlines,
});
const organs = ['discipline-officer', 'organization-officer'];

/** The record of an interview: everybody came, or of several subjects the last did not. */
function records(story: Story): Said[] {
  const { plan, subjects, groups } = interviewOf(story);
  if (plan === undefined) return [];
  const heldAt = plan.at;
  const said = (there: readonly Subject[], absent: readonly Subject[]): Said => ({
    notBefore: hours(heldAt, 1),
    body: {
      heldAt,
      attendees: [
        ...[plan.lead, ...plan.participants].map(({ id }) => id),
        ...there.map(({ id }) => id),
        ...(groups.length > 0 ? ['housing-deputy'] : []),
      ],
      ...(absent.length === 0 ? {} : { absent: absent.map(({ id }) => ({ official: id, ...reason })) }),
      minutes: '约谈对象作了说明。',
      requirements: ['全面排查。'],
      ...(story.world.policy.interview.planWithin.value === null ? { planWithin: within } : {}),
    },
  });
  return [said(subjects, []), ...(subjects.length < 2 ? [] : [said(subjects.slice(0, -1), subjects.slice(-1))])];
}

const interviewSays: Readonly<Record<string, Sayings>> = {
  approve: say(opinion),
  reject: say(reason),
  plan: (story) =>
    [organs, [...organs, 'deputy-leader']].map((participants) => ({
      body: {
        at: hours(story.now, 30),
        place: '市委第二会议室',
        lead: 'principal-leader',
        participants,
        agenda: '听取说明，提出整改要求。',
      },
    })),
  concur: say({}),
  object: say(reason),
  notify: say({}),
  reschedule: (story) => [{ body: { at: hours(story.now, 50), place: '市委第三会议室', ...reason } }],
  cancel: say(reason),
  hold: records,
  'correct-record': (story) => [
    { body: { minutes: '约谈对象作了补充说明。', ...reason } },
    { body: { heldAt: hours(interviewOf(story).held?.heldAt ?? story.now, -1), irregular: reason, ...reason } },
  ],
  'file-plan': (story) => [
    {
      body: {
        measures: [
          { problem: '三个项目未开工', action: '重新招标', responsible: '朱建（演示）', dueOn: dayIn(story, 30) },
        ],
      },
    },
  ],
  'accept-plan': say({}, { reportEvery: within }),
  'return-plan': say(reason, { ...reason, within }),
  report: say({ text: '完成过半。', progress: 50 }),
  'report-measure': (story) =>
    interviewOf(story)
      .deadlines.filter((one) => one.name.startsWith('measure-') && isOpen(one))
      .map(({ name }) => ({ body: { measure: name, done: true, text: '已经完成。' } })),
  complete: say({ text: '全部完成。' }),
  review: ({ world: { policy } }) =>
    [{ outcome: 'passed' }, { outcome: 'failed', requirements: ['逐项整改。'], within }, { outcome: 'unresolved' }].map(
      (body) => ({
        body: {
          ...body,
          ...opinion,
          ...(policy.interview.procedure.reviews.together.value === true ? { together: ['organization'] } : {}),
        },
      }),
    ),
  'state-case': say({ text: '当时已经报告。' }),
  // Each body decides on what is proposed to it.
  'decide-proposal': (story, { roles }) =>
    interviewOf(story)
      .ladder.filter(
        ({ proposal }) =>
          proposal !== null && roles.includes(proposal === 'circulate' ? 'principal-leader' : 'organization'),
      )
      .flatMap(({ official }) => [
        { body: { official, outcome: 'confirmed', scope: '全市', ...reason } },
        { body: { official, outcome: 'declined', irregular: reason, ...reason } },
      ]),
  annul: say(reason),
  dispute: (story) => [
    { body: { grounds: '事实有出入。', against: 'interview' } },
    ...(interviewOf(story).reviews.length === 0 ? [] : [{ body: { grounds: '整改已经到位。', against: 'review' } }]),
  ],
  'decide-dispute': say(
    ...answers.flatMap((one) => [
      { ...one, against: 'interview' },
      { ...one, against: 'review' },
    ]),
  ),
  'name-reviewer': say({ unit: 'organization' }),
  'decide-origin': say(...answers),
};

const riskFilingSays: Readonly<Record<string, Sayings>> = {
  accept: (story) => [{ body: {} }, { body: { validUntil: dayIn(story, 10) } }],
  return: say(reason),
  resubmit: say({ safeguards: '每日报告。' }),
  decline: say(reason),
  supervise: say({ finding: '按方案推进。' }),
  conclude: say({ result: '按期完工。' }),
  revoke: say(reason),
};

const organOf = ({ open: { matter } }: Story): string => matter.organ?.id ?? '';
const otherOrgan = (story: Story): string => (organOf(story) === 'discipline' ? 'organization' : 'discipline');
const tolerated = ({ world: { policy } }: Story): string =>
  policy.tolerance.effects.find(({ outcome }) => outcome === 'exempt')?.circumstance ??
  first(policy.tolerance.circumstances);

/** Exempted with a correction, mitigated with none, not tolerated. */
const decisions = (story: Story) => {
  const decided = { reasons: '程序基本完备。', meeting: { body: '会议', on: chinaDate(story.now) } };
  return [
    {
      ...decided,
      outcome: 'exempt',
      correction: [{ requirement: '补办施工许可。', within: { amount: 5, unit: 'working-day' } }],
    },
    {
      ...decided,
      outcome: 'mitigate',
      handling: '批评教育',
      impactEndsOn: dayIn(story, 60),
      noCorrection: { reason: '无须纠错。' },
    },
    { ...decided, outcome: 'none' },
  ];
};

const toleranceSays: Readonly<Record<string, Sayings>> = {
  accept: say({}),
  decline: say(reason),
  // By officers, or by those who else would decide.
  investigate: (story) =>
    (organOf(story) === 'discipline'
      ? [
          ['discipline-officer', 'discipline-officer-2'],
          ['discipline-head', 'discipline-head-2'],
        ]
      : [
          ['organization-officer', 'organization-head'],
          ['organization-head', 'organization-head-2'],
        ]
    ).map((investigators) => ({ body: { investigators } })),
  assess: (story) => [
    {
      body: {
        factors: Object.fromEntries(
          story.world.policy.tolerance.factors.map(({ id }) => [id, { finding: '出于公心。', evidence: '会议纪要。' }]),
        ),
        circumstances: [tolerated(story)],
      },
    },
  ],
  hear: say({ statement: '已经补办。' }),
  propose: say({ outcome: 'exempt', reasons: '未造成损失。' }),
  return: say(reason),
  decide: (story) => decisions(story).map((body) => ({ body })),
  rescind: say(reason),
  'file-correction': say({ report: '许可证已取得。' }),
  'accept-correction': say({}),
  'return-correction': say(reason),
  'reopen-correction': say({ finding: '并未补办。' }, { finding: '并未补办。', within }),
  'request-review': say({ grounds: '事实认定有误。' }),
  'decide-review': (story) => {
    const reasons = { reasons: '经复核。' };
    return [
      { body: { outcome: 'maintained', ...reasons } },
      { body: { outcome: 'revoked', ...reasons } },
      ...decisions(story).map((decision) => ({ body: { outcome: 'changed', ...reasons, decision } })),
    ];
  },
  'name-reviewer': (story) => [{ body: { unit: otherOrgan(story) } }],
  refer: say({ to: 'discipline', ...reason }),
  'confirm-reform': say({ finding: '反省深刻。', confirmed: true }, { finding: '尚未改正。', confirmed: false }),
  'ask-confirmation': say({ statement: '已经改正。' }),
};

const clarificationSays: Readonly<Record<string, Sayings>> = {
  revise: say({ finding: '经核实，未发现干预。' }),
  approve: say(opinion),
  return: say(reason),
  issue: say({}),
  rescind: say(reason),
  'name-reviewer': (story) => [{ body: { unit: otherOrgan(story) } }],
};

const objections = z.looseObject({
  objections: z.array(z.looseObject({ id: z.string(), state: z.string(), by: z.looseObject({ id: z.string() }) })),
});

const rewardSays: Readonly<Record<string, Sayings>> = {
  assess: say(
    { result: 'merited', findings: '事迹属实。', evidence: '现场记录。' },
    { result: 'not-merited', findings: '事迹不实。', evidence: '走访笔录。' },
  ),
  approve: say(opinion),
  decline: say(reason),
  publicise: say({ workingDays: 5 }),
  // One by one of the offices that resolve them and one by somebody else are as good as many.
  object: ({ open: { matter } }, { id }) =>
    ['organization-officer', 'commerce-liaison'].includes(id) && objections.parse(matter.details).objections.length < 2
      ? [{ body: { content: '封堵管涌的另有其人。' } }]
      : [],
  'resolve-objection': ({ open: { matter } }, by) =>
    objections
      .parse(matter.details)
      .objections.filter((one) => one.state === 'open' && one.by.id !== by.id)
      .flatMap(({ id }) =>
        ['dismissed', 'sustained'].map((outcome) => ({ body: { objection: id, outcome, ...reason } })),
      ),
  grant: say({}),
  recommend: say({}),
  'record-grant': (story) =>
    [true, false].map((granted) => ({
      body: { granted, by: '省级审批机关', on: chinaDate(story.now), reference: '批复文件' },
    })),
  revoke: ({ world: { policy } }) => [{ body: { ground: first(policy.reward.revocationGrounds) } }],
};

/** What may be said with each command, by the kind of the measure. */
export const wellFormed: Readonly<Record<string, Readonly<Record<string, Sayings>>>> = {
  reminder: { ...common, ...reminderSays },
  interview: { ...common, ...interviewSays },
  'risk-filing': { ...common, ...riskFilingSays },
  tolerance: { ...common, ...toleranceSays },
  clarification: { ...common, ...clarificationSays },
  reward: { ...common, ...rewardSays },
};

const interviewed =
  (subjects: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) =>
  ({ world: { policy } }: Story) => ({
    subjects,
    circumstance: first(policy.interview.circumstances),
    grounds: '老旧小区改造进度滞后。',
    ...more,
  });
const director = { official: 'housing-director', responsibility: 'principal' };
const deputy = { official: 'housing-deputy', responsibility: 'in-charge' };

const applies = (by: string, more: Readonly<Record<string, unknown>>): Opening => ({
  by,
  body: (story) => ({
    unit: 'housing',
    organ: 'discipline',
    accountability: { reference: '先行开工一事', fact: '未取得施工许可。', proposedHandling: '拟予诫勉' },
    circumstances: [tolerated(story)],
    statement: '为赶在雨季前完工。',
    ...more,
  }),
});
const files = (by: string, more: Readonly<Record<string, unknown>>): Opening => ({
  by,
  body: () => ({
    unit: 'housing',
    decision: '先行启动。',
    uncertainty: '政策依据不明确。',
    assessment: '须补办手续。',
    safeguards: '全程留痕。',
    ...more,
  }),
});
const clears = (by: string): Opening => ({
  by,
  body: () => ({
    official: 'housing-director',
    unit: 'housing',
    organ: 'discipline',
    report: { reference: '举报件第十七号', allegation: '反映其指定施工单位。' },
    finding: '未发现干预。',
    form: 'written',
    copies: ['organization'],
  }),
});
const nominates = (grantedBy: 'here' | 'above'): Opening => ({
  by: 'housing-liaison',
  body: ({ world: { policy } }) => ({
    project: '防汛抢险',
    kind: first(policy.reward.kinds.filter((one) => (one.grantedBy === 'above') === (grantedBy === 'above'))),
    candidates: [{ official: 'housing-deputy' }],
    merits: '连续奋战九昼夜。',
    frontline: true,
    mainDuty: false,
    citations: [{ official: 'housing-deputy', clause: '直接承担急难险重任务的', facts: '带队封堵管涌三处。' }],
  }),
});

const remindsWith = (more: Readonly<Record<string, unknown>>): Opening => ({
  by: 'clerk',
  body: ({ world: { policy } }) => ({
    unit: 'housing',
    leader: 'deputy-leader',
    circumstance: first(policy.reminder.circumstances),
    subject: '老旧小区改造项目推进缓慢',
    findings: '完成率低于序时进度。',
    requirements: '逐项列明原因。',
    replyWithin: { amount: 5, unit: 'working-day' },
    officials: ['housing-director'],
    ...more,
  }),
});
const reminds = remindsWith({});
const issuedOne = [{ command: 'submit' }, { command: 'approve', by: 'deputy-leader' }, { command: 'issue' }];
/** Nobody is left who may decide a dispute. */
const byEveryApprover = [
  { command: 'submit' },
  { command: 'return', by: 'principal-leader' },
  { command: 'submit' },
  { command: 'return', by: 'deputy-leader' },
  { command: 'submit' },
  { command: 'approve', by: 'deputy-leader-2' },
  { command: 'issue' },
];
const held = [
  { command: 'approve' },
  { command: 'plan', nth: 1 },
  { command: 'concur', by: 'discipline-officer' },
  { command: 'concur', by: 'organization-officer' },
  { command: 'notify' },
  { command: 'hold' },
];

/** The ways in which matters of each measure begin. */
export const openings: Readonly<Record<string, readonly Opening[]>> = {
  reminder: [
    reminds,
    { ...reminds, then: byEveryApprover },
    { ...remindsWith({ assist: [{ unit: 'transport', what: '提供有关数据。', within }] }), then: issuedOne },
  ],
  interview: [
    { by: 'clerk', body: interviewed([director], { origin: { kind: 'reminder', id: 'ineffective' } }) },
    { by: 'principal-leader', then: held, body: interviewed([director, deputy]) },
    { by: 'clerk', body: interviewed([deputy]) },
    { by: 'deputy-leader-2', then: held, body: interviewed([{ group: { unit: 'housing', name: '领导班子' } }]) },
  ],
  'risk-filing': [files('housing-liaison', {}), files('housing-director', { official: 'housing-director' })],
  tolerance: [
    applies('housing-director', { initiator: 'official', official: 'housing-director' }),
    applies('housing-liaison', {
      initiator: 'unit',
      group: { unit: 'housing', name: '领导班子' },
      organ: 'organization',
    }),
    applies('discipline-officer', { initiator: 'ex-officio', official: 'housing-director' }),
  ],
  clarification: [clears('discipline-officer'), clears('discipline-head')],
  reward: [
    nominates('here'),
    { ...nominates('above'), then: [{ command: 'assess' }, { command: 'approve' }, { command: 'publicise' }] },
  ],
};
