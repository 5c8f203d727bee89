import type { Circumstance, Instrument, Policy, PolicyProcedure, Source } from '../policy.ts';
import {
  lawfulDispute,
  handlingsByScale,
  lawfulRevocations,
  lawfulRewards,
  procedureOpen,
  procedurePart,
  settingsWithoutNumbers,
  unnamed,
  unset,
} from './defaults.ts';

/** 三峡日报 2023-03-28《宜昌市委出台激励干部敢闯敢为担当作为“1+3”政策措施》: all that is published of the four documents. */
const article = (place: string): Source => ({
  kind: 'article',
  reference: `三峡日报 2023-03-28，《宜昌市督查问效实施办法（试行）》解读，${place}`,
});
const situation = article('“哪些情形应当实施督查问效”');
const how = (text: string): Source => article(`“如何开展工作约谈”：${text}`);
const results = article('“约谈结果如何运用”');

/** The same newspaper's reading of the other two documents. */
const tolerated = (place: string): Source => ({
  kind: 'article',
  reference: `三峡日报 2023-03-28，《宜昌市容错纠错实施办法》解读，${place}`,
});
const [tolerable, weighed, applied] = [
  tolerated('“如何把握容错的情形”'),
  tolerated('“如何把握容错的情形”：七方面情况综合研判'),
  tolerated('“容错结果如何运用”'),
];
const rewarded = (place: string): Source => ({
  kind: 'article',
  reference: `三峡日报 2023-03-28，《关于加强正向激励和反向约束推进干部能上能下的若干措施》解读，${place}`,
});
const ways = rewarded('“就奖励情形作出规定”：采取表彰、及时奖励、疗养、考察学习等方式');

/** The documents of the policy, which the article names. */
const four: Source = { kind: 'article', reference: '三峡日报 2023-03-28，“1+3”政策措施所列文件' };
const effect: Instrument = { name: '宜昌市督查问效实施办法（试行）', source: four };

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

/** Who does what in an interview, in the article's words. */
const procedure: PolicyProcedure = {
  consent: procedurePart('consent', 'principal-leader', how('经市委或者市政府主要领导同意后启动约谈')),
  plans: procedurePart(
    'plans',
    'party-committee-office',
    how('约谈前，市委办公室商市纪委监委机关、市委组织部制定约谈方案'),
  ),
  concur: procedurePart(
    'concur',
    ['discipline', 'organization'],
    how('约谈前，市委办公室商市纪委监委机关、市委组织部制定约谈方案'),
  ),
  throughout: procedurePart('throughout', ['discipline', 'organization'], how('市纪委、市委组织部相关负责人全程参与')),
  lead: procedurePart('lead', 'principal-or-in-charge', how('市委、市政府主要领导或者分管市领导担任主约谈人')),
  records: procedurePart('records', 'organization', how('市委组织部负责约谈记录')),
  reviews: {
    office: procedurePart('office', null, how('市委督查室适时对整改情况进行复核')),
    together: procedureOpen.reviews.together,
  },
};

/** Yichang's “1+3” of 2023, as far as its article tells. What the article does not number is unset. */
export const yichang: Policy = {
  id: 'yichang',
  edition: '2023-03-28.2',
  name: '宜昌市激励干部敢闯敢为担当作为“1+3”政策措施',
  source: { kind: 'article', reference: '三峡日报 2023-03-28' },
  settings: {
    ...settingsWithoutNumbers,
    'reminder.replyWithin': unset(article('“如何开展工作提醒”：只说“督促整改”，没有规定答复时限')),
    'interview.windowBasis': unset(article('“约谈结果如何运用”：只说“一年内”，没有说明如何起算')),
    'interview.counts': unset(article('“约谈结果如何运用”：没有说明按人还是按单位累计')),
    'interview.reportEvery': unset(article('“如何开展工作约谈”：只说“定期”，没有规定间隔')),
    'interview.reviewOffice': {
      name: '负责复核的市委督查室（单位编号）',
      value: null,
      source: article('“如何开展工作约谈”：市委督查室适时对整改情况进行复核'),
    },
  },
  instruments: {
    reminder: effect,
    interview: effect,
    tolerance: { name: '宜昌市容错纠错实施办法', source: four },
    'risk-filing': { name: '宜昌市前瞻性决策风险事前报备细则（试行）', source: four },
    reward: { name: '宜昌市公务员及时表扬奖励常态化实施办法（试行）', source: four },
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
    onFailure: {
      name: '约谈后工作成效仍不明显的，坚决予以严肃处理',
      source: {
        kind: 'article',
        reference: '三峡日报 2023-03-28，《关于进一步激励广大干部敢闯敢为担当作为的意见》主要内容，“聚焦强化督查问效”',
      },
    },
    disputeWithin: lawfulDispute,
    procedure,
    ladder: [
      { from: 1, proposal: 'circulate', name: '在一定范围内通报', source: results },
      { from: 2, proposal: 'admonition', name: '按规定给予相关责任人诫勉处理', source: results },
      { from: 3, proposal: 'organizational-handling', name: '按规定给予组织处理', source: results },
    ],
  },
  tolerance: {
    // Ten are laid down; the article names four of them.
    circumstances: [
      { id: 'risk-decision', name: '风险决策过程中出现的失误和错误', source: tolerable },
      { id: 'incomplete-approval', name: '容缺审批过程中出现的失误和错误', source: tolerable },
      { id: 'new-business', name: '新业态培育监管过程中出现的失误和错误', source: tolerable },
      { id: 'unclear-duties', name: '部门职责不清情况下主动衔接过程中出现的失误和错误', source: tolerable },
      ...unnamed('tolerable', 5, 10, tolerable),
    ],
    factors: [
      { id: 'motive', name: '主观动机', source: weighed },
      { id: 'conditions', name: '客观条件', source: weighed },
      { id: 'procedure', name: '程序方法', source: weighed },
      { id: 'consequences', name: '损失后果', source: weighed },
      { id: 'conduct', name: '个人表现', source: weighed },
      { id: 'public-attitude', name: '群众态度', source: weighed },
      { id: 'overall-effect', name: '综合效果', source: weighed },
    ],
    copies: [
      { id: 'unit', name: '容错对象所在单位党组织', source: applied },
      { id: 'discipline', name: '有关纪检监察机关', source: applied },
      { id: 'organization', name: '组织人事部门', source: applied },
      { id: 'inspection', name: '巡察机构', source: applied },
      { id: 'audit', name: '审计部门', source: applied },
    ],
    effects: [
      {
        outcome: 'exempt',
        purposes: ['assessment'],
        text: '在单位或者个人各类考核评价中，不影响考核评价结果',
        units: true,
        source: applied,
      },
      {
        outcome: 'exempt',
        purposes: ['inspection', 'audit'],
        text: '在巡察、经济责任审计中，不作负面评价',
        source: applied,
      },
      {
        outcome: 'exempt',
        purposes: ['promotion', 'rank', 'title', 'pay'],
        text: '在干部选拔任用、职务职级晋升、职称评聘以及工资、绩效、奖金评定等方面不受影响',
        source: applied,
      },
      {
        outcome: 'exempt',
        purposes: ['representative'],
        text: '在党代表、人大代表、政协委员资格认定中不受影响',
        source: applied,
      },
      {
        outcome: 'exempt',
        purposes: ['commendation'],
        text: '在评先评优、表彰奖励中，不作负面评价',
        source: applied,
      },
      {
        outcome: 'mitigate',
        purposes: ['promotion', 'representative'],
        text: '受调整职务处理或者轻处分影响期满，能够深刻反省、积极改正的，可按规定提名、平级转任或者提名为党代表、人大代表、政协委员人选；表现突出的，根据工作需要，可以列为拟进一步使用或者提拔任用人选',
        source: applied,
      },
    ],
    filings: {
      id: 'filings',
      name: '风险报备情况可作为容错的重要依据；以备案为“挡箭牌”乱作为的，将予以撤销备案',
      source: tolerated('“有哪些亮点”'),
    },
    principles: [
      { id: 'three-distinctions', name: '深入贯彻“三个区分开来”重要要求', source: tolerable },
      { id: 'fast', name: '对容错申请优先受理、快速办理、及时反馈', source: tolerated('“如何保障落实”') },
    ],
    handlings: handlingsByScale,
  },
  reward: {
    kinds: [
      { id: 'commendation', name: '表彰', source: ways },
      { id: 'timely-reward', name: '及时奖励', timely: true, source: ways },
      { id: 'convalescence', name: '疗养', source: ways },
      { id: 'study-visit', name: '考察学习', source: ways },
      ...lawfulRewards,
    ],
    revocationGrounds: lawfulRevocations,
    mainDutyExcluded: {
      id: 'main-duty',
      name: '部门主责主业相关事项原则上不纳入及时奖励范围',
      source: rewarded('“坚持就事论事”'),
    },
    principles: [
      { id: 'by-deed', name: '坚持就事论事，紧扣全市中心工作确定及时奖励项目', source: rewarded('“坚持就事论事”') },
      {
        id: 'front-line',
        name: '坚持一线导向，推动奖励资源向招商引资、项目建设等经济发展主战场倾斜，向直接承担急难险重任务、直接处理突发事件的集体和个人倾斜',
        source: rewarded('“坚持一线导向”'),
      },
      {
        id: 'timely',
        name: '坚持常态及时，跟踪跟进开展专项考核和成效评估，第一时间落实奖励政策',
        source: rewarded('“坚持常态及时”'),
      },
    ],
  },
};
