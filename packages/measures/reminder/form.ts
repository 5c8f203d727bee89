import type { Form, MeasureForm } from '@dandang/casework/form.ts';
import type { ReminderCommand } from './reminder.ts';

const draft: Form = {
  unit: { zh: '被提醒单位', en: 'Unit reminded', widget: 'unit' },
  leader: {
    zh: '分管市领导',
    en: 'Leader in charge',
    widget: 'official',
    from: { directory: 'officials', inChargeOf: 'unit' },
    help: {
      zh: '工作提示发给该领导；通讯录中须登记其分管此单位。',
      en: 'Gets the work tip; the directory must say that this leader is in charge of the unit.',
    },
  },
  circumstance: { zh: '适用情形', en: 'Circumstance', from: { policy: 'reminder.circumstances' } },
  subject: {
    zh: '事由',
    en: 'Subject',
    help: { zh: '写入标题：“关于……的提醒函”。', en: 'Stands in the title of the letter: 关于……的提醒函.' },
  },
  findings: { zh: '有关情况', en: 'Findings' },
  requirements: { zh: '工作要求', en: 'Requirements' },
  leaderNote: {
    zh: '写给分管领导的内容',
    en: 'What the leader is told',
    help: {
      zh: '写入工作提示，以第三人称叙述该单位情况；不填的，只写明已印发提醒函和答复时限。',
      en: 'Stands in the work tip and speaks of the unit in the third person. Left out, the tip says only that a reminder was issued and when the reply is due.',
    },
  },
  replyWithin: {
    zh: '答复时限',
    en: 'Term for the reply',
    help: {
      zh: '自印发之日起算；不填的按制度设置，制度没有设置的必须填写。',
      en: 'From the day of issue. Left out, the policy’s setting holds; where that is unset, it must be given before approval.',
    },
  },
  officials: {
    zh: '涉及人员',
    en: 'Officials concerned',
    widget: 'officials',
    from: { directory: 'officials', unit: 'unit' },
  },
  assist: {
    zh: '协办单位',
    en: 'Assisting units',
    help: {
      zh: '每个协办单位另发协办函，只知悉本单位的协办事项；由主办单位统一答复。最多20个。',
      en: 'Each gets a letter of its own and knows of its own part; the unit reminded answers for the whole. At most 20.',
    },
  },
  'assist.*.unit': { zh: '单位', en: 'Unit', widget: 'unit' },
  'assist.*.what': { zh: '协办事项', en: 'What it is to do' },
  'assist.*.within': {
    zh: '协办时限',
    en: 'Term for its contribution',
    help: {
      zh: '自印发之日起算；不填的与答复时限相同。',
      en: 'From the day of issue; left out, it is the term for the reply.',
    },
  },
};

export const reminderForm: MeasureForm<ReminderCommand> = {
  open: draft,
  revise: draft,
  return: { reason: { zh: '退回理由', en: 'Reason for returning it' } },
  reply: {
    measures: { zh: '整改措施和落实情况', en: 'Measures taken' },
    note: { zh: '其他说明', en: 'Further remarks' },
  },
  review: {
    outcome: {
      zh: '评估结果',
      en: 'Outcome',
      choices: {
        effective: { zh: '成效明显', en: 'Effective' },
        ineffective: { zh: '成效不明显', en: 'Ineffective' },
      },
      help: {
        zh: '成效明显的即办结；成效不明显的可以申请约谈，也可以说明理由后办结。',
        en: 'An effective one is closed; an ineffective one may lead to an interview or be closed with a reason.',
      },
    },
    opinion: { zh: '评估意见', en: 'Assessment' },
  },
  close: { reason: { zh: '办结理由', en: 'Reason for closing it' } },
  rescind: {
    reason: {
      zh: '撤销理由',
      en: 'Reason for rescinding it',
      help: {
        zh: '写入撤销通知，发给原文书的全部收件方。',
        en: 'Printed in the notice to everybody who got the letters.',
      },
    },
  },
  dispute: { grounds: { zh: '异议理由', en: 'Grounds of the dispute' } },
  'decide-dispute': {
    outcome: {
      zh: '裁决结果',
      en: 'Decision',
      choices: {
        maintained: { zh: '维持提醒函', en: 'The reminder stands' },
        revoked: { zh: '撤销提醒函', en: 'The reminder is rescinded' },
      },
    },
    reason: { zh: '裁决理由', en: 'Reasons' },
  },
  contribute: {
    text: { zh: '协办意见', en: 'Contribution' },
  },
  disagree: {
    reason: {
      zh: '不同意见和理由',
      en: 'What it disagrees with, and why',
      help: { zh: '报承办机关协调；时限继续计算。', en: 'Goes to the handling office; the clock runs on.' },
    },
  },
  mediate: {
    opinion: {
      zh: '协调意见',
      en: 'Opinion',
      help: { zh: '发给主办单位和全部协办单位。', en: 'Goes to the unit that leads and to all that assist.' },
    },
    within: {
      zh: '新的协办时限',
      en: 'New term',
      help: {
        zh: '自今日起算，适用于提出不同意见的单位；不填的，原时限不变。',
        en: 'From today, for the units that disagreed; left out, the old day stands.',
      },
    },
  },
  decline: {
    ground: {
      zh: '退件理由',
      en: 'Ground',
      help: { zh: '时限继续计算，由承办机关决定。', en: 'The clock runs on; the handling office decides.' },
    },
    suggests: { zh: '建议承办单位', en: 'Unit suggested', widget: 'unit' },
  },
  reassign: {
    unit: { zh: '新的主办单位', en: 'Unit that it goes to', widget: 'unit' },
    leader: {
      zh: '分管该单位的市领导',
      en: 'Leader in charge of it',
      widget: 'official',
      from: { directory: 'officials', inChargeOf: 'unit' },
      help: {
        zh: '原分管领导不分管该单位的，必须填写。',
        en: 'Needed where the present leader is not in charge of that unit.',
      },
    },
    within: {
      zh: '答复时限',
      en: 'Term for the reply',
      help: {
        zh: '自今日起算；不填的按原文书或者制度设置。',
        en: 'From today. Left out, that of the draft or of the policy holds.',
      },
    },
  },
  'refuse-decline': {
    reason: {
      zh: '不同意退件的理由',
      en: 'Reason for refusing it',
      help: { zh: '写入退件答复，发给该单位。', en: 'Printed in the answer to the unit.' },
    },
  },
  'name-reviewer': { unit: { zh: '裁决机关', en: 'Unit that decides', widget: 'unit' } },
};
