import type {
  Circumstance,
  Named,
  Policy,
  PolicyProcedure,
  RewardKind,
  Setting,
  SettingInForce,
  Source,
} from '../policy.ts';

const deployment = (reference: string): Source => ({ kind: 'deployment', reference });
/** Where the article is silent. */
export const undetermined = deployment('该市公开文章没有规定');

const numbering = deployment('发文机关代字由发文机关自行确定');
const ownList = deployment('文章没有列出的，由本部署自行补充并注明依据');
const preset = deployment('产品预设，可以调整');

const setting = <T>(value: T, source: Source): SettingInForce<T> => ({ value, source });

/** A setting that the office has to choose, and why: what the source says of it. */
export const unset = (source: Source): SettingInForce<null> => setting(null, source);

/**
 * The settings of a city whose article numbers nothing: unset wherever the office has to choose, and the product's own
 * presets where any value does no harm. A city whose article says more of a setting puts its own in its place.
 */
export const settingsWithoutNumbers: Policy['settings'] = {
  'reminder.circumstances': unset(ownList),
  'reminder.replyWithin': unset(undetermined),
  'reminder.series': unset(numbering),
  'interview.circumstances': unset(ownList),
  'interview.series': unset(numbering),
  'interview.windowBasis': unset(undetermined),
  'interview.counts': unset(undetermined),
  'interview.reportEvery': unset(undetermined),
  'interview.reviewOffice': unset(undetermined),
  'interview.procedure': unset(undetermined),
  'interview.invitationHours': setting(2, deployment('产品预设：日程邀请的时长，通知书只写开始时间')),
  'dispute.reviewOffice': unset(undetermined),
  'tolerance.circumstances': unset(ownList),
  'tolerance.factors': unset(ownList),
  'tolerance.copies': unset(ownList),
  'tolerance.effects': unset(ownList),
  'tolerance.series': unset(numbering),
  'tolerance.organs': unset(deployment('文章列举职能，没有列出机关名单')),
  'tolerance.acceptWithin': unset(undetermined),
  'tolerance.investigateWithin': unset(undetermined),
  'tolerance.decideWithin': unset(undetermined),
  'tolerance.signWithin': unset(undetermined),
  'tolerance.reviewWithin': unset(undetermined),
  'tolerance.reviewOffice': unset(undetermined),
  'tolerance.excusesInterviews': unset(undetermined),
  'riskFiling.receiver': unset(undetermined),
  'riskFiling.series': unset(numbering),
  'clarification.series': unset(numbering),
  'reward.series': unset(numbering),
  'reward.noticeWorkingDays': unset(undetermined),
  'reward.quotas': unset(undetermined),
  'reward.grantedBy': unset(deployment('预设见各奖励种类；审批权限由部署核定')),
  'reward.amounts': unset(undetermined),
  'decline.within': unset(undetermined),
  'unit.signOff': setting(null, preset),
  'circumstance.texts': unset(undetermined),
  'deadline.yellowWorkingDays': setting(2, preset),
  'chaser.everyWorkingDays': setting(1, preset),
  'chaser.stopAfter': unset(undetermined),
  'nudge.everyWorkingDays': setting(1, preset),
  'letter.marking': unset(deployment('一般不加印')),
  'letter.wording': unset(deployment('产品预设的文书用语')),
  'mail.attachLetter': setting(false, deployment('产品预设：邮件只写文书种类、文号和链接')),
};

/**
 * 《政府督查工作条例》 art. 17: how long a conclusion may be disputed, everywhere: from its receipt (自收到该督查结论之日起30日内). A
 * letter of a Party committee's office, and a reminder, is no conclusion in the sense of the law: by analogy.
 */
export const lawfulDispute: Policy['reminder']['disputeWithin'] = {
  name: '对督查结论提出异议的期限',
  value: { amount: 30, unit: 'calendar-day' },
  source: { kind: 'law', reference: '《政府督查工作条例》（国务院令第733号）第十七条' },
};

const law = (reference: string): Source => ({ kind: 'law', reference });
const periods = law('《公务员法》第六十四条、《公职人员政务处分法》第八条');

/** The penalties whose period the law gives (公务员法 art. 64; 政务处分法 art. 8), as the first editions have them. */
export const lawfulHandlings: Policy['tolerance']['handlings'] = [
  { id: 'warning', name: '警告', period: { amount: 6, unit: 'month' }, source: periods },
  { id: 'demerit', name: '记过', period: { amount: 12, unit: 'month' }, source: periods },
  { id: 'major-demerit', name: '记大过', period: { amount: 18, unit: 'month' }, source: periods },
  { id: 'demotion', name: '降级', period: { amount: 24, unit: 'month' }, source: periods },
  { id: 'removal', name: '撤职', period: { amount: 24, unit: 'month' }, source: periods },
];

const partyDiscipline = law('《中国共产党纪律处分条例》（2023年）第十条');
const [served, servedAndPay] = [
  ['promotion', 'rank'],
  ['promotion', 'rank', 'pay'],
] as const;

/**
 * The penalties whose period a law or the Party's rules give, each on its scale from the lightest to the heaviest, with what
 * its period bars and nothing more: 受处分期间不得晋升职务、职级和级别，受记过以上处分的不得晋升工资档次 (公务员法 art. 64);
 * 不得在党内提拔职务或者进一步使用 (中国共产党纪律处分条例 2023 art. 10).
 */
export const handlingsByScale: Policy['tolerance']['handlings'] = [
  ...lawfulHandlings.map((one, weight) => ({
    ...one,
    scale: 'administrative' as const,
    weight,
    purposes: one.id === 'warning' ? served : servedAndPay,
  })),
  ...(
    [
      ['party-warning', '党内警告', 12],
      ['party-serious-warning', '党内严重警告', 18],
    ] as const
  ).map(([id, name, months], weight) => ({
    id,
    name,
    period: { amount: months, unit: 'month' as const },
    scale: 'party' as const,
    weight,
    purposes: ['promotion'] as const,
    source: partyDiscipline,
  })),
];

const rewardLaw = law('《公务员法》第五十三条');

/** What no city's organs grant, as far as anybody reported; the present rule's text was not read. */
const above = {
  grantedBy: 'above',
  grantedBySource: deployment(
    '产品预设，由部署核定：据有关2008年《公务员奖励规定（试行）》审批权限的报道，记一等功、授予称号不由市级审批；2020年规定原文未读到',
  ),
} as const;

/** The kinds of reward that the law knows (公务员法 art. 53), everywhere; each may be a timely one. */
export const lawfulRewards: readonly RewardKind[] = [
  { id: 'citation', name: '嘉奖', timely: true, source: rewardLaw },
  { id: 'merit-third', name: '记三等功', timely: true, source: rewardLaw },
  { id: 'merit-second', name: '记二等功', timely: true, source: rewardLaw },
  { id: 'merit-first', name: '记一等功', ...above, timely: true, source: rewardLaw },
  { id: 'title', name: '授予称号', ...above, timely: true, source: rewardLaw },
];

const revocationLaw = law('《公务员法》第五十六条');

/** The grounds on which a reward is revoked (公务员法 art. 56), everywhere. */
export const lawfulRevocations: readonly Named[] = [
  { id: 'fraud', name: '弄虚作假，骗取奖励的', source: revocationLaw },
  { id: 'concealment', name: '申报奖励时隐瞒严重错误或者严重违反规定程序的', source: revocationLaw },
  { id: 'misconduct', name: '有严重违纪违法等行为，影响称号声誉的', source: revocationLaw },
  { id: 'other-lawful', name: '有法律、法规规定应当撤销奖励的其他情形的', source: revocationLaw },
];

/** Reminders where the article names no circumstances. */
export const reminderUnlisted: Policy['reminder'] = { circumstances: [], disputeWithin: lawfulDispute };

/** What each part of the procedure of interviews is called. */
const procedureNames = {
  consent: '约谈须经何人同意',
  plans: '制定约谈方案、发出通知的机关',
  concur: '会商约谈方案的机关',
  throughout: '全程参与约谈的机关',
  lead: '主约谈人',
  records: '负责约谈记录的机关',
  office: '负责复核的机构（单位编号）',
  together: '复核时会同有关部门',
} as const;

/** One part of the procedure of interviews, and where it comes from. */
export const procedurePart = <T>(part: keyof typeof procedureNames, value: T, source: Source): Setting<T> => ({
  name: procedureNames[part],
  value,
  source,
});
const leftOpen = (part: keyof typeof procedureNames): Setting<null> => procedurePart(part, null, undetermined);

/** The procedure of interviews where the article says nothing of it. */
export const procedureOpen: PolicyProcedure = {
  consent: leftOpen('consent'),
  plans: leftOpen('plans'),
  concur: leftOpen('concur'),
  throughout: leftOpen('throughout'),
  lead: leftOpen('lead'),
  records: leftOpen('records'),
  reviews: { office: leftOpen('office'), together: leftOpen('together') },
};

/** Interviews where the article names no circumstances, no term and no consequences. */
export const interviewUnlisted: Policy['interview'] = {
  circumstances: [],
  planWithin: { name: '整改方案期限', value: null, source: undetermined },
  memorandum: false,
  disputeWithin: lawfulDispute,
  procedure: procedureOpen,
  ladder: [],
};

/** Tolerance where the article says that it exists and lists nothing. */
export const toleranceUnlisted: Policy['tolerance'] = {
  circumstances: [],
  factors: [],
  copies: [],
  effects: [],
  principles: [],
  handlings: handlingsByScale,
};

/** Rewards where the article says nothing of them beyond the law. */
export const rewardsByLaw: Policy['reward'] = {
  kinds: lawfulRewards,
  revocationGrounds: lawfulRevocations,
  principles: [],
};

/** Circumstances that an article counts without naming them: `tolerable-5` to `tolerable-10`. */
export const unnamed = (prefix: string, from: number, to: number, source: Source): Circumstance[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ id: `${prefix}-${from + index}`, source }));
