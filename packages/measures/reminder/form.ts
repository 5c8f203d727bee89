import type { Form, MeasureForm } from '@dandang/casework/form.ts';
import type { ReminderCommand } from './reminder.ts';

const draft: Form = {
  unit: { zh: '被提醒单位', en: 'Unit reminded', widget: 'unit' },
  leader: {
    zh: '分管市领导',
    en: 'Leader in charge',
    widget: 'official',
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
  replyWithin: {
    zh: '答复时限',
    en: 'Term for the reply',
    help: {
      zh: '自印发之日起算；不填的按制度设置，制度没有设置的必须填写。',
      en: 'From the day of issue. Left out, the policy’s setting holds; where that is unset, it must be given before approval.',
    },
  },
  officials: { zh: '涉及人员', en: 'Officials concerned', widget: 'officials' },
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
  'name-reviewer': { unit: { zh: '裁决机关', en: 'Unit that decides', widget: 'unit' } },
};
