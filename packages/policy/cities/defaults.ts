import type { Policy, Source } from '../policy.ts';

const deployment = (reference: string): Source => ({ kind: 'deployment', reference });
const undetermined = deployment('该市公开文章没有规定');

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
