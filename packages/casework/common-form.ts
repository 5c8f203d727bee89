import type { CommonCommand } from './common-commands.ts';
import type { AnyForm, Field, Form } from './form.ts';
import type { SigningCommand } from './sign-off.ts';

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

export const commonForms: Readonly<Record<CommonCommand | SigningCommand, Form>> = {
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
  succeed: {
    unit: {
      zh: '承接单位',
      en: 'Unit that takes it over',
      widget: 'unit',
      help: {
        zh: '机构改革中原单位职责分由几个单位承接的，指明承接本事项的单位；时限、次数和异议继续计算。',
        en: 'Where the duties of a unit were split in a reorganisation: the unit that goes on with this matter. Days, counts and disputes go on.',
      },
    },
    reason: { zh: '移交依据', en: 'Ground' },
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
  'sign-own': {
    opinion: { zh: '审签意见', en: 'Opinion' },
    scan: {
      zh: '盖章扫描件',
      en: 'Sealed paper, scanned',
      widget: 'attachment',
      help: {
        zh: '已申报并上传的附件编号；可以不填。',
        en: 'The id of an attachment that was uploaded; may be left out.',
      },
    },
  },
  'send-back': { reason: { zh: '退回理由', en: 'Reason for sending it back' } },
};

const isCommon = (command: string): command is keyof typeof commonForms => Object.hasOwn(commonForms, command);

/** The field of a command at a path; undefined where nobody has said anything of it. */
export function fieldAt(forms: AnyForm, command: string, path: string): Field | undefined {
  const own = Object.hasOwn(forms, command) ? forms[command] : undefined;
  const form = own ?? (isCommon(command) ? commonForms[command] : {});
  if (Object.hasOwn(form, path)) return form[path];
  return Object.hasOwn(commonFields, path) ? commonFields[path] : undefined;
}
