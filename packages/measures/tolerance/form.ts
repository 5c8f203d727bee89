import type { Field, Form, MeasureForm } from '@dandang/casework/form.ts';
import type { ToleranceCommand } from './tolerance.ts';

const outcome: Field = {
  zh: '处理结果',
  en: 'Outcome',
  choices: {
    exempt: { zh: '免责', en: 'Exempt' },
    mitigate: { zh: '减责', en: 'Mitigate' },
    none: { zh: '不予容错', en: 'No tolerance' },
  },
  reminds: 'tolerance.principles',
};

const decision: Form = {
  outcome,
  handling: {
    zh: '处理',
    en: 'Handling',
    from: { policy: 'tolerance.handlings' },
    free: true,
    help: {
      zh: '选用法定处分的，影响期依法计算；免责的不得同时给予处分。',
      en: 'For a penalty of the law the impact period follows from the law; an exemption carries no penalty.',
    },
  },
  facts: {
    zh: '认定的事实',
    en: 'Facts found',
    help: { zh: '与申请所述一致的不填。', en: 'Where they are not what the application says.' },
  },
  reasons: { zh: '理由', en: 'Reasons', help: { zh: '写入容错处理决定书。', en: 'Printed in the decision.' } },
  meeting: { zh: '集体研究', en: 'Deciding meeting' },
  'meeting.body': { zh: '研究机构', en: 'Deciding body' },
  'meeting.on': { zh: '研究日期', en: 'Held on', help: { zh: '不得晚于今天。', en: 'Not in the future.' } },
  correction: {
    zh: '纠错要求',
    en: 'Corrections',
    help: {
      zh: '免责、减责的须同步提出纠错要求，或者说明无须纠错的理由。',
      en: 'An exemption or a mitigation orders a correction or says why none is due.',
    },
  },
  'correction.*.requirement': { zh: '纠错内容', en: 'Requirement' },
  'correction.*.within': { zh: '纠错时限', en: 'Term' },
  noCorrection: { zh: '无须纠错', en: 'No correction is due' },
  'noCorrection.reason': { zh: '无须纠错的理由', en: 'Why no correction is due' },
  impactEndsOn: {
    zh: '影响期至',
    en: 'Impact period ends on',
    help: {
      zh: '含当日；减责且处理不属于法定处分的必须填写；免责的不填。',
      en: 'That day included; needed for a mitigation without a penalty of the law, never for an exemption.',
    },
  },
};

/** The same fields, where they stand inside another one. */
const inside = (name: string, form: Form): Form =>
  Object.fromEntries(Object.entries(form).map(([path, field]) => [`${name}.${path}`, field]));

const correction: Field = {
  zh: '纠错事项',
  en: 'Correction',
  from: { matter: 'details.corrections' },
  help: { zh: '不填的，指所有可以办理的纠错事项。', en: 'Left out, it means all that can be meant.' },
};

export const toleranceForm: MeasureForm<ToleranceCommand> = {
  open: {
    initiator: {
      zh: '提起方式',
      en: 'Who starts it',
      choices: {
        official: { zh: '干部本人申请', en: 'The official' },
        unit: { zh: '所在单位党组织申请', en: 'The unit, for its Party organisation' },
        'ex-officio': { zh: '责任追究机关依职权', en: 'The organ, of its own motion' },
      },
    },
    official: {
      zh: '容错对象',
      en: 'Official',
      widget: 'official',
      help: { zh: '为集体申请的不填。', en: 'Left out where it is about a group.' },
    },
    group: { zh: '集体（领导班子等）', en: 'Group' },
    'group.unit': { zh: '集体所在单位', en: 'Unit of the group', widget: 'unit' },
    'group.name': { zh: '集体名称', en: 'Name of the group' },
    unit: { zh: '所在单位', en: 'Unit of the official', widget: 'unit' },
    organ: { zh: '责任追究机关', en: 'Organ', widget: 'unit' },
    accountability: { zh: '责任追究', en: 'Accountability' },
    'accountability.reference': {
      zh: '责任追究事由',
      en: 'Matter of accountability',
      help: { zh: '写入容错处理决定书。', en: 'Printed in the decision.' },
    },
    'accountability.fact': { zh: '有关事实', en: 'Facts' },
    'accountability.proposedHandling': { zh: '拟给予的处理', en: 'Proposed handling' },
    'accountability.matters': {
      zh: '所涉提醒、约谈',
      en: 'Reminders and interviews that it rests on',
      widget: 'matters',
    },
    'accountability.matters.*.kind': {
      zh: '事项种类',
      en: 'Kind',
      choices: {
        reminder: { zh: '工作提醒', en: 'Work reminder' },
        interview: { zh: '工作约谈', en: 'Interview' },
      },
    },
    'accountability.matters.*.id': { zh: '事项编号', en: 'Id' },
    circumstances: { zh: '所涉情形', en: 'Circumstances', from: { policy: 'tolerance.circumstances' } },
    statement: { zh: '申请理由', en: 'Statement' },
    riskFilings: {
      zh: '引用的事前报备',
      en: 'Risk filings',
      widget: 'matters',
      from: { collection: 'risk-filings' },
      help: { zh: '限本单位的报备。', en: 'Of the official’s unit.' },
    },
  },
  decline: {
    reason: {
      zh: '不予受理的理由',
      en: 'Reason for declining it',
      help: { zh: '写入通知，发给干部本人和所在单位。', en: 'Printed in the notice to the official and the unit.' },
    },
  },
  investigate: {
    investigators: {
      zh: '核查人员',
      en: 'Investigators',
      widget: 'officials',
      from: { directory: 'officials', mayInvestigate: true },
      help: { zh: '不少于两人，不得来自容错对象所在单位。', en: 'Two or more, none of them of the official’s unit.' },
    },
  },
  assess: {
    factors: {
      zh: '研判要素',
      en: 'Factors',
      from: { policy: 'tolerance.factors' },
      help: { zh: '制度列出的要素逐项填写。', en: 'Every factor of the policy.' },
    },
    'factors.*.finding': { zh: '研判意见', en: 'Finding' },
    'factors.*.evidence': { zh: '依据', en: 'Evidence' },
    circumstances: { zh: '认定的情形', en: 'Circumstances found', from: { policy: 'tolerance.circumstances' } },
  },
  hear: { statement: { zh: '陈述内容', en: 'Statement' } },
  propose: { outcome, reasons: { zh: '理由', en: 'Reasons' } },
  return: { reason: { zh: '退回理由', en: 'Reason for returning it' } },
  decide: decision,
  'file-correction': { correction, report: { zh: '纠错情况', en: 'What was put right' } },
  'accept-correction': { correction },
  'return-correction': { correction, reason: { zh: '退回理由', en: 'Reason for returning it' } },
  'reopen-correction': {
    correction,
    finding: { zh: '发现的问题', en: 'Finding' },
    within: {
      zh: '重新纠错的时限',
      en: 'New term',
      help: { zh: '自重启之日起算；不填的，原时限继续。', en: 'From today; left out, the old day stands.' },
    },
  },
  'request-review': { grounds: { zh: '申请复核的理由', en: 'Grounds' } },
  'decide-review': {
    outcome: {
      zh: '复核结果',
      en: 'Outcome of the review',
      choices: {
        maintained: { zh: '维持', en: 'Maintained' },
        changed: { zh: '变更', en: 'Changed' },
        revoked: { zh: '撤销', en: 'Revoked' },
      },
      help: {
        zh: '撤销只适用于不予受理的决定，撤销后申请予以受理。',
        en: 'Only a refusal to admit is revoked: then the application is accepted.',
      },
      reminds: 'tolerance.principles',
    },
    reasons: { zh: '复核理由', en: 'Reasons' },
    decision: {
      zh: '变更后的决定',
      en: 'Changed decision',
      when: { field: 'outcome', is: ['changed'] },
      help: {
        zh: '变更决定的必须填写；不得加重。',
        en: 'Needed for a change; it must not be worse.',
      },
    },
    ...inside('decision', decision),
  },
  'confirm-reform': {
    finding: { zh: '改正情况', en: 'Finding' },
    confirmed: {
      zh: '确认已经深刻反省、积极改正',
      en: 'Reformed',
      help: {
        zh: '以最后一次确认为准；未确认的，影响期满后不作为提名使用的依据。',
        en: 'The last finding holds; without it nothing becomes possible after the impact period.',
      },
    },
  },
  'ask-confirmation': {
    statement: { zh: '改正情况说明', en: 'Statement', help: { zh: '每月可以申请一次。', en: 'Once a month.' } },
  },
  refer: {
    to: { zh: '移送', en: 'To', choices: { discipline: { zh: '纪检监察机关', en: 'Discipline organ' } } },
    reason: { zh: '移送理由', en: 'Reason' },
  },
  'name-reviewer': {
    unit: {
      zh: '代为决定的机关',
      en: 'Unit that decides',
      widget: 'unit',
      help: {
        zh: '由该机关的决定人员决定或者复核；责任追究机关新增决定人员的，也可以填该机关自己。',
        en: 'Its deciders decide or review; the organ itself where somebody has become a decider of it.',
      },
    },
  },
  rescind: {
    reason: {
      zh: '撤销理由',
      en: 'Reason for rescinding it',
      help: {
        zh: '写入撤销通知，发给决定书的全部收件方。',
        en: 'Printed in the notice to everybody who got the decision.',
      },
    },
  },
};
