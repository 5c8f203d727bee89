import type { Circumstance, Named, Policy, Source } from '../policy.ts';

const deployment = (reference: string): Source => ({ kind: 'deployment', reference });
/** Where the article is silent. */
export const undetermined = deployment('该市公开文章没有规定');

/**
 * The settings of a city whose article numbers nothing: unset wherever the office has to choose, and the product's own
 * presets where any value does no harm. A city whose article says more of a setting puts its own in its place.
 */
export const settingsWithoutNumbers: Policy['settings'] = {
  'reminder.replyWithin': { name: '提醒函答复时限', value: null, source: undetermined },
  'reminder.series': {
    name: '提醒函、工作提示的机关代字',
    value: null,
    source: deployment('发文机关代字由发文机关自行确定'),
  },
  'interview.series': {
    name: '约谈通知书的机关代字',
    value: null,
    source: deployment('发文机关代字由发文机关自行确定'),
  },
  'interview.windowBasis': {
    name: '“一年内”按滚动十二个月（rolling）还是公历年（calendar-year）计算',
    value: null,
    source: undetermined,
  },
  'interview.counts': { name: '约谈次数按人（persons）还是按单位（units）累计', value: null, source: undetermined },
  'interview.reportEvery': { name: '整改进展书面报告的间隔', value: null, source: undetermined },
  'interview.reviewOffice': { name: '负责复核的督查机构（单位编号）', value: null, source: undetermined },
  'tolerance.series': {
    name: '容错处理决定书的机关代字',
    value: null,
    source: deployment('发文机关代字由发文机关自行确定'),
  },
  'tolerance.organs': {
    name: '有权受理容错申请的责任追究机关（单位编号；未设时不限）',
    value: null,
    source: deployment('文章列举职能，没有列出机关名单'),
  },
  'tolerance.acceptWithin': { name: '容错申请的受理时限', value: null, source: undetermined },
  'tolerance.investigateWithin': { name: '受理后的核查时限', value: null, source: undetermined },
  'tolerance.decideWithin': { name: '提出处理意见后的决定时限', value: null, source: undetermined },
  'tolerance.signWithin': { name: '容错处理决定书的签收时限', value: null, source: undetermined },
  'tolerance.reviewWithin': { name: '对容错处理决定申请复核的期限', value: null, source: undetermined },
  'tolerance.excusesInterviews': {
    name: '容错所涉约谈是否不再计入约谈次数（never、exempt 免责、exempt-or-mitigate 免责和减责）',
    value: null,
    source: undetermined,
  },
  'riskFiling.receiver': { name: '受理事前报备的机关（单位编号）', value: null, source: undetermined },
  'clarification.series': {
    name: '澄清文书的机关代字',
    value: null,
    source: deployment('发文机关代字由发文机关自行确定'),
  },
  'reward.series': {
    name: '奖励决定的机关代字',
    value: null,
    source: deployment('发文机关代字由发文机关自行确定'),
  },
  'reward.noticeWorkingDays': { name: '奖励公示的工作日数', value: null, source: undetermined },
  'reward.quotas': { name: '各奖励项目的名额（项目名称对应名额）', value: null, source: undetermined },
  'reward.amounts': { name: '各奖励种类的奖金或待遇（种类编号对应文字）', value: null, source: undetermined },
  'circumstance.texts': {
    name: '文章没有列出的情形的文字（情形编号对应文字）',
    value: null,
    source: undetermined,
  },
  'deadline.yellowWorkingDays': { name: '剩余几个工作日起亮黄灯', value: 2, source: deployment('产品预设，可以调整') },
  'chaser.everyWorkingDays': { name: '逾期后每几个工作日催办一次', value: 1, source: deployment('产品预设，可以调整') },
  'nudge.everyWorkingDays': {
    name: '每几个工作日最多发一封待办通知邮件',
    value: 1,
    source: deployment('产品预设，可以调整'),
  },
  'letter.marking': {
    name: '文书每页上方加印的字样（如“演示”；不得为密级）',
    value: null,
    source: deployment('一般不加印'),
  },
  'mail.attachLetter': {
    name: '邮件是否随附文书',
    value: false,
    source: deployment('产品预设：邮件只写文书种类、文号和链接'),
  },
};

/** 《政府督查工作条例》 art. 17: how long a conclusion may be disputed, everywhere. */
export const lawfulDispute: Policy['reminder']['disputeWithin'] = {
  name: '对督查结论提出异议的期限',
  value: { amount: 30, unit: 'calendar-day' },
  source: { kind: 'law', reference: '《政府督查工作条例》（国务院令第733号）第十七条' },
};

const law = (reference: string): Source => ({ kind: 'law', reference });
const periods = law('《公务员法》第六十四条、《公职人员政务处分法》第八条');

/** The penalties whose period the law gives (公务员法 art. 64; 政务处分法 art. 8), everywhere. */
export const lawfulHandlings: Policy['tolerance']['handlings'] = [
  { id: 'warning', name: '警告', period: { amount: 6, unit: 'month' }, source: periods },
  { id: 'demerit', name: '记过', period: { amount: 12, unit: 'month' }, source: periods },
  { id: 'major-demerit', name: '记大过', period: { amount: 18, unit: 'month' }, source: periods },
  { id: 'demotion', name: '降级', period: { amount: 24, unit: 'month' }, source: periods },
  { id: 'removal', name: '撤职', period: { amount: 24, unit: 'month' }, source: periods },
];

const rewardLaw = law('《公务员法》第五十三条');

/** The kinds of reward that the law knows (公务员法 art. 53), everywhere. */
export const lawfulRewards: readonly Named[] = [
  { id: 'citation', name: '嘉奖', source: rewardLaw },
  { id: 'merit-third', name: '记三等功', source: rewardLaw },
  { id: 'merit-second', name: '记二等功', source: rewardLaw },
  { id: 'merit-first', name: '记一等功', source: rewardLaw },
  { id: 'title', name: '授予称号', source: rewardLaw },
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

/** Interviews where the article names no circumstances, no term and no consequences. */
export const interviewUnlisted: Policy['interview'] = {
  circumstances: [],
  planWithin: { name: '整改方案期限', value: null, source: undetermined },
  memorandum: false,
  disputeWithin: lawfulDispute,
  ladder: [],
};

/** Tolerance where the article says that it exists and lists nothing. */
export const toleranceUnlisted: Policy['tolerance'] = {
  circumstances: [],
  factors: [],
  copies: [],
  effects: [],
  principles: [],
  handlings: lawfulHandlings,
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
