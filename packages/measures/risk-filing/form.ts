import type { Field, Form, MeasureForm } from '@dandang/casework/form.ts';
import type { RiskFilingCommand } from './risk-filing.ts';

const content: Form = {
  decision: {
    zh: '拟决策事项',
    en: 'Decision',
    help: { zh: '首行用作事项名称。', en: 'Its first line names the matter in lists.' },
  },
  uncertainty: { zh: '不确定因素', en: 'Uncertainty' },
  assessment: { zh: '风险评估', en: 'Risk assessment' },
  safeguards: { zh: '防控措施', en: 'Safeguards' },
  collectiveDecision: { zh: '集体决策情况', en: 'Collective decision' },
  'collectiveDecision.body': { zh: '决策机构', en: 'Deciding body' },
  'collectiveDecision.on': {
    zh: '决策日期',
    en: 'Decided on',
    help: { zh: '不得晚于今天。', en: 'Not in the future.' },
  },
};

const printed = (reason: string, en: string): Field => ({
  zh: reason,
  en,
  help: { zh: '写入通知，发给报备人。', en: 'Printed in the notice to whoever filed.' },
});

export const riskFilingForm: MeasureForm<RiskFilingCommand> = {
  open: {
    unit: { zh: '报备单位', en: 'Filing unit', widget: 'unit' },
    official: {
      zh: '报备干部',
      en: 'Filing official',
      widget: 'official',
      help: {
        zh: '单位报备的，填所涉本单位干部，可以不填；个人报备的为本人。',
        en: 'A unit may name one of its officials; an official files for itself.',
      },
    },
    ...content,
  },
  resubmit: content,
  accept: {
    validUntil: {
      zh: '备案有效期至',
      en: 'Valid until',
      help: { zh: '含当日；不填的，不设有效期。', en: 'That day included; left out, it does not expire.' },
    },
  },
  return: { reason: { zh: '需要补正的内容', en: 'What has to be completed' } },
  decline: { reason: printed('不予受理的理由', 'Reason for declining it') },
  supervise: { finding: { zh: '监督情况', en: 'Finding' } },
  conclude: { result: { zh: '办理结果', en: 'Result' } },
  revoke: { reason: printed('撤销备案的理由', 'Reason for revoking it') },
};
