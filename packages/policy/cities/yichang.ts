import type { Circumstance, Policy, Source } from '../policy.ts';
import { lawfulDispute, settingsWithoutNumbers } from './defaults.ts';

/** 三峡日报 2023-03-28《宜昌市委出台激励干部敢闯敢为担当作为“1+3”政策措施》: all that is published of the four documents. */
const article = (place: string): Source => ({
  kind: 'article',
  reference: `三峡日报 2023-03-28，《宜昌市督查问效实施办法（试行）》解读，${place}`,
});
const situation = article('“哪些情形应当实施督查问效”');
const results = article('“约谈结果如何运用”');

/** The nine situations, in the article's words: for reminders and interviews alike. */
const nine: readonly Circumstance[] = [
  {
    id: 'orders-ignored',
    name: '在执行党中央决策部署和省委工作要求时，有令不行、有禁不止，或者打折扣、做选择、搞变通，被上级通报批评、造成不良影响的',
    source: situation,
  },
  {
    id: 'key-work-delayed',
    name: '不愿担当负责，不敢直面矛盾，不能动真碰硬，落实全市重点工作不力，导致进度滞后的',
    source: situation,
  },
  {
    id: 'long-behind',
    name: '安于现状、不思进取，所在部门或者分管领域工作在全市长期靠后的',
    source: situation,
  },
  {
    id: 'accident-or-loss',
    name: '不认真履行职责，或者监管不力、处置不当，导致在意识形态、平安稳定、生态环保、安全生产等重要领域发生较大及以上事故、造成较大损失或者不良影响的，或者在较短时间内连续发生类似情况的',
    source: situation,
  },
  {
    id: 'findings-unmended',
    name: '对巡视巡察、环保督察、审计、统计执法以及营商环境专项检查等反馈的问题，未按规定时限完成整改，或者因整改不力导致问题反复出现、没有明显改观的',
    source: situation,
  },
  {
    id: 'people-wronged',
    name: '对涉及群众切身利益的重大问题处置不当，或者对群众合理合法的诉求不及时回应、不主动解决，态度蛮横、简单粗暴，损害群众利益、造成不良影响的',
    source: situation,
  },
  {
    id: 'own-interest-first',
    name: '只顾及地方或者部门利益，软拖硬顶，致使改革延误、发展受阻，造成不良后果的',
    source: situation,
  },
  {
    id: 'duty-shirked',
    name: '主办地方或者部门不主动牵头协调，协办地方或者部门不积极配合，推诿扯皮，致使工作延误、造成较大损失或者其他不良后果的',
    source: situation,
  },
  { id: 'other', name: '其他应当进行督查问效的情形', source: situation },
];

/** Yichang's “1+3” of 2023, as far as its article tells. What the article does not number is unset. */
export const yichang: Policy = {
  id: 'yichang',
  edition: '2023-03-28',
  name: '宜昌市激励干部敢闯敢为担当作为“1+3”政策措施',
  source: { kind: 'article', reference: '三峡日报 2023-03-28' },
  settings: {
    ...settingsWithoutNumbers,
    'reminder.replyWithin': {
      name: '提醒函答复时限',
      value: null,
      source: article('“如何开展工作提醒”：只说“督促整改”，没有规定答复时限'),
    },
    'interview.windowBasis': {
      name: '“一年内”按滚动十二个月（rolling）还是公历年（calendar-year）计算',
      value: null,
      source: article('“约谈结果如何运用”：只说“一年内”，没有说明如何起算'),
    },
    'interview.counts': {
      name: '约谈次数按人（persons）还是按单位（units）累计',
      value: null,
      source: article('“约谈结果如何运用”：没有说明按人还是按单位累计'),
    },
    'interview.reportEvery': {
      name: '整改进展书面报告的间隔',
      value: null,
      source: article('“如何开展工作约谈”：只说“定期”，没有规定间隔'),
    },
    'interview.reviewOffice': {
      name: '负责复核的市委督查室（单位编号）',
      value: null,
      source: article('“如何开展工作约谈”：市委督查室适时对整改情况进行复核'),
    },
  },
  reminder: {
    circumstances: [
      {
        id: 'slow-progress',
        name: '推进全市重点工作成效不明显',
        source: article('“如何开展工作提醒”'),
      },
      ...nine,
    ],
    disputeWithin: lawfulDispute,
  },
  interview: {
    circumstances: nine,
    planWithin: {
      name: '整改方案期限',
      value: { amount: 5, unit: 'working-day' },
      source: article('“如何开展工作约谈”：约谈后，约谈对象在5个工作日内制定整改方案'),
    },
    memorandum: false,
    disputeWithin: lawfulDispute,
    ladder: [
      { from: 1, proposal: 'circulate', name: '在一定范围内通报', source: results },
      { from: 2, proposal: 'admonition', name: '按规定给予相关责任人诫勉处理', source: results },
      { from: 3, proposal: 'organizational-handling', name: '按规定给予组织处理', source: results },
    ],
  },
};
