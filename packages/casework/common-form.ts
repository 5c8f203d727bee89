import type { CommonCommand } from './common-commands.ts';
import type { AnyForm, Field, Form } from './form.ts';

/* Fields that forms of every measure have. `word.ts` says where this may be imported. */

/** Of fields that mean the same wherever they stand at the top of a form, which may say more of them. */
const commonFields: Form = {
  reason: { zh: '理由', en: 'Reason' },
  opinion: { zh: '审批意见', en: 'Opinion' },
  attachments: {
    zh: '附件',
    en: 'Attachments',
    help: {
      zh: '先申报并上传，再填写附件编号；最多20个，每个不超过20 MB。',
      en: 'Ids of attachments that were announced and uploaded before; at most 20 of at most 20 MB each.',
    },
  },
};

/** The two fields of a term: how long, counted in what. */
export const termFields: Form = {
  amount: { zh: '数量', en: 'Amount' },
  unit: {
    zh: '单位',
    en: 'Counted in',
    choices: {
      'working-day': { zh: '工作日', en: 'Working days' },
      'calendar-day': { zh: '日', en: 'Calendar days' },
      month: { zh: '个月', en: 'Months' },
    },
  },
};

const deadline: Form = {
  deadline: { zh: '时限', en: 'Deadline', from: { matter: 'deadlines' } },
};

export const commonForms: Readonly<Record<CommonCommand, Form>> = {
  urge: {
    message: {
      zh: '催办内容',
      en: 'Message',
      help: { zh: '写入催办单；可以不填。', en: 'Printed on the chaser sheet; may be left out.' },
    },
  },
  'request-extension': {
    ...deadline,
    workingDays: {
      zh: '申请延长的工作日数',
      en: 'Working days to add',
      help: { zh: '在原时限之后增加，1至250个工作日。', en: 'Added to the deadline as it stands, 1 to 250.' },
    },
    reason: { zh: '延期理由', en: 'Reason for the extension' },
  },
  'grant-extension': deadline,
  'refuse-extension': {
    ...deadline,
    reason: {
      zh: '不同意的理由',
      en: 'Reason for the refusal',
      help: { zh: '写入延期答复，发给申请方。', en: 'Printed in the answer to whoever asked.' },
    },
  },
  extend: {
    ...deadline,
    workingDays: {
      zh: '延长的工作日数',
      en: 'Working days to add',
      help: {
        zh: '在原时限之后增加，1至250个工作日；延长后的时限不得早于今天。',
        en: 'Added to the deadline as it stands, 1 to 250; the new day must not have passed.',
      },
    },
    reason: {
      zh: '延长理由',
      en: 'Reason for the extension',
      help: { zh: '写入复函，发给承办单位。', en: 'Printed in the letter to whoever owes it.' },
    },
  },
  withdraw: { reason: { zh: '撤回理由', en: 'Reason for the withdrawal' } },
  recuse: {
    person: {
      zh: '回避人员',
      en: 'Person recused',
      widget: 'official',
      help: {
        zh: '本人申请回避的，填本人；承办机关可以决定他人回避。',
        en: 'Oneself, or anybody where the handling office says so.',
      },
    },
    ground: { zh: '回避事由', en: 'Ground of recusal' },
  },
};

const isCommon = (command: string): command is CommonCommand => Object.hasOwn(commonForms, command);

/** The field of a command at a path; undefined where nobody has said anything of it. */
export function fieldAt(forms: AnyForm, command: string, path: string): Field | undefined {
  const own = Object.hasOwn(forms, command) ? forms[command] : undefined;
  const form = own ?? (isCommon(command) ? commonForms[command] : {});
  if (Object.hasOwn(form, path)) return form[path];
  return Object.hasOwn(commonFields, path) ? commonFields[path] : undefined;
}
