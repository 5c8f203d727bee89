import type { MeasureForm } from '@dandang/casework/form.ts';
import type { RewardCommand } from './reward.ts';

export const rewardForm: MeasureForm<RewardCommand> = {
  open: {
    project: {
      zh: '奖励项目',
      en: 'Project',
      help: {
        zh: '组织部门登记的、正在开放的奖励项目，填写名称或者编号。',
        en: 'A project that organization has opened: its name or its id.',
      },
    },
    kind: { zh: '奖励种类', en: 'Kind of reward', from: { policy: 'reward.kinds' } },
    candidates: {
      zh: '人选',
      en: 'Candidates',
      help: { zh: '干部或者集体，1至50个。', en: 'Officials or collectives, 1 to 50.' },
    },
    'candidates.*.official': { zh: '干部', en: 'Official', widget: 'official' },
    'candidates.*.collective': { zh: '集体', en: 'Collective' },
    'candidates.*.collective.unit': { zh: '所在单位', en: 'Unit of the collective', widget: 'unit' },
    'candidates.*.collective.name': { zh: '集体名称', en: 'Name of the collective' },
    merits: {
      zh: '主要事迹',
      en: 'Merits',
      help: { zh: '公示并写入奖励决定。', en: 'Publicised, and printed in the decision.' },
    },
    deedOn: { zh: '事迹发生日期', en: 'Day of the deed' },
    frontline: { zh: '一线人员', en: 'On the front line' },
    mainDuty: {
      zh: '属于部门主责主业',
      en: 'A main duty of the unit',
      help: {
        zh: '制度原则上不将主责主业纳入及时奖励的，及时奖励类须填写；属于的须说明提名理由。',
        en: 'Asked of timely kinds where the policy excludes main duties; one needs a justification.',
      },
    },
    justification: {
      zh: '主责主业的提名理由',
      en: 'Justification of a main duty',
      when: { field: 'mainDuty', is: [true] },
    },
    citations: {
      zh: '适用条款和事例',
      en: 'Citations',
      help: { zh: '每个人选至少一条。', en: 'At least one for each candidate.' },
    },
    'citations.*.official': { zh: '干部', en: 'Official', widget: 'official' },
    'citations.*.collective': {
      zh: '集体',
      en: 'Collective',
      help: { zh: '填写集体名称，或者与人选相同。', en: 'By its name, or as it is nominated.' },
    },
    'citations.*.collective.unit': { zh: '所在单位', en: 'Unit of the collective', widget: 'unit' },
    'citations.*.collective.name': { zh: '集体名称', en: 'Name of the collective' },
    'citations.*.clause': { zh: '适用条款', en: 'Clause' },
    'citations.*.facts': { zh: '事例', en: 'Facts' },
  },
  assess: {
    result: {
      zh: '考核结论',
      en: 'Result',
      choices: {
        merited: { zh: '应予奖励', en: 'Merited' },
        'not-merited': { zh: '不应奖励', en: 'Not merited' },
      },
      reminds: 'reward.principles',
    },
    findings: { zh: '考核情况', en: 'Findings' },
    evidence: { zh: '印证材料', en: 'Evidence' },
    onJustification: {
      zh: '对主责主业提名理由的答复',
      en: 'Answer to the justification of a main duty',
      help: {
        zh: '须说明理由的主责主业，认定应予奖励时必须答复。',
        en: 'Needed where a main duty that had to be justified is found merited.',
      },
    },
  },
  approve: { opinion: { zh: '审批意见', en: 'Opinion', reminds: 'reward.principles' } },
  decline: { reason: { zh: '不予奖励的理由', en: 'Reason for declining it' } },
  publicise: {
    workingDays: {
      zh: '公示工作日数',
      en: 'Length in working days',
      help: { zh: '不填的按制度设置，不得少于设置的天数。', en: 'Left out, the setting holds; never fewer than that.' },
    },
  },
  object: {
    content: {
      zh: '异议内容',
      en: 'Objection',
      help: {
        zh: '仅组织部门、纪检监察机关和您本人可见。',
        en: 'Seen by organization, discipline and yourself alone.',
      },
    },
  },
  'resolve-objection': {
    objection: { zh: '异议', en: 'Objection', from: { matter: 'details.objections' } },
    outcome: {
      zh: '处理结果',
      en: 'Outcome',
      choices: {
        dismissed: { zh: '异议不成立', en: 'Dismissed' },
        sustained: { zh: '异议成立', en: 'Sustained' },
      },
    },
    reason: { zh: '处理理由', en: 'Reasons' },
  },
  'record-grant': {
    granted: { zh: '上级机关已批准奖励', en: 'Granted by the body above' },
    by: { zh: '审批机关', en: 'Body that decided', help: { zh: '填写全称。', en: 'Its full name.' } },
    on: { zh: '审批日期', en: 'Day of its decision' },
    reference: { zh: '审批文书文号或名称', en: 'Number or name of its document' },
  },
  revoke: { ground: { zh: '撤销情形', en: 'Ground', from: { policy: 'reward.revocationGrounds' } } },
};
