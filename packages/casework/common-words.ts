import type { Light } from './deadline.ts';
import type { DeliveryState } from './delivery-head.ts';
import type { CommonCommand } from './common-commands.ts';
import type { PlannedDelivery } from './letter-issue.ts';
import type { CommonEvent } from './matter.ts';
import type { Tone } from './tone.ts';
import type { FormerNotice, NoticeOccasion } from './notice.ts';
import type { SigningCommand } from './sign-off.ts';
import type { Word } from './word.ts';

/* The words of what every measure has; `word.ts` says where they may be imported. */

/** English of the commands that every measure may have; their Chinese is in `common-commands.ts` and `sign-off.ts`. */
export const commonCommandWords: Readonly<Record<CommonCommand | SigningCommand, string>> = {
  urge: 'Urge',
  'request-extension': 'Request an extension',
  'grant-extension': 'Grant the extension',
  'refuse-extension': 'Refuse the extension',
  extend: 'Extend the deadline',
  withdraw: 'Withdraw',
  recuse: 'Recuse',
  succeed: 'Hand to the succeeding unit',
  'sign-own': 'Sign for the unit',
  'send-back': 'Send back to its author',
};

export const commonTones: Readonly<Record<CommonCommand | SigningCommand, Tone>> = {
  urge: 'normal',
  'request-extension': 'normal',
  'grant-extension': 'primary',
  'refuse-extension': 'normal',
  extend: 'normal',
  withdraw: 'danger',
  recuse: 'normal',
  succeed: 'normal',
  'sign-own': 'primary',
  'send-back': 'normal',
};

export const commonConsequences: Readonly<Partial<Record<CommonCommand | SigningCommand, Word>>> = {
  urge: {
    zh: '催办内容写入催办单，发给应办而未办的单位和人员；一个事项每个工作日只能催办一次。',
    en: 'Printed on the chaser sheet of each who owes something; once a working day for a matter.',
  },
  'grant-extension': {
    zh: '时限顺延，延期答复发给申请方。',
    en: 'The deadline moves, and whoever asked gets the answer.',
  },
  'refuse-extension': {
    zh: '原时限不变，延期答复发给申请方。',
    en: 'The old day stands, and whoever asked gets the answer.',
  },
  extend: { zh: '时限顺延，复函发给承办单位。', en: 'The deadline moves, and whoever owes it gets a letter.' },
  withdraw: {
    zh: '撤回后不再办理，不能恢复；需要办理的，须重新提起。',
    en: 'Nothing more is done in it and it does not come back; whoever needs it opens another.',
  },
  recuse: {
    zh: '该人员此后不再办理本事项，不能恢复。',
    en: 'That person acts no more on this matter, for good.',
  },
  succeed: {
    zh: '本事项此后由承接单位办理，时限、次数和异议继续计算。',
    en: 'From then on it is the other unit’s; days, counts and disputes go on.',
  },
  'sign-own': {
    zh: '签发后即以本单位名义报出，不能收回。',
    en: 'It leaves the unit in its name and cannot be taken back.',
  },
  'send-back': { zh: '退回拟稿人修改；时限继续计算。', en: 'It goes back to its author; the clock runs on.' },
};

export const commonEventWords: Readonly<Record<CommonEvent['type'], Word>> = {
  DeadlineSet: { zh: '时限开始', en: 'Deadline set' },
  DeadlineMet: { zh: '按时限要求办理', en: 'Deadline met' },
  DeadlineEnded: { zh: '时限终止', en: 'Deadline ended' },
  DeadlineReopened: { zh: '时限恢复', en: 'Deadline reopened' },
  DeadlineNear: { zh: '临近时限', en: 'Deadline near' },
  DeadlineMissed: { zh: '逾期', en: 'Deadline missed' },
  Chased: { zh: '到期催办', en: 'Chaser sent' },
  DeadlineRecounted: { zh: '时限重新计算', en: 'Deadline recounted' },
  ExtensionRequested: { zh: '申请延期', en: 'Extension requested' },
  ExtensionGranted: { zh: '同意延期', en: 'Extension granted' },
  ExtensionRefused: { zh: '不同意延期', en: 'Extension refused' },
  DeadlineExtended: { zh: '延长时限', en: 'Deadline extended' },
  LettersIssued: { zh: '印发文书', en: 'Letters issued' },
  Urged: { zh: '人工催办', en: 'Urged' },
  Recused: { zh: '回避', en: 'Recused' },
  UnitSucceeded: { zh: '移交承接单位', en: 'Handed to the succeeding unit' },
  Withdrawn: { zh: '撤回', en: 'Withdrawn' },
  PutForward: { zh: '提交审签', en: 'Put forward to be signed' },
  Signed: { zh: '审签', en: 'Signed for the unit' },
  SentBack: { zh: '退回拟稿人', en: 'Sent back to its author' },
  TakenAsOrigin: { zh: '引出新的事项', en: 'Another matter is opened from it' },
};

/** English of the notices that measures send about their deadlines; each measure says their Chinese beside its letters. */
export const noticeWords: Readonly<Record<NoticeOccasion['what'] | FormerNotice, string>> = {
  chaser: 'Chaser',
  urging: 'Urging notice',
  'overdue-notice': 'Overdue notice',
  'recount-notice': 'Notice of a recounted deadline',
  'extension-answer': 'Answer to a request for an extension',
  'extension-letter': 'Letter on an extension',
};

export const lightWords: Readonly<Record<Light, Word>> = {
  green: { zh: '正常', en: 'In time' },
  yellow: { zh: '临期', en: 'Few working days left' },
  red: { zh: '逾期', en: 'Overdue' },
  grey: { zh: '已办或已终止', en: 'Met, or no longer running' },
};

export const deliveryStateWords: Readonly<Record<DeliveryState, Word>> = {
  queued: { zh: '待发送', en: 'Queued' },
  sent: { zh: '已发送', en: 'Sent' },
  failed: { zh: '发送失败', en: 'Failed' },
  bounced: { zh: '被退回', en: 'Bounced' },
  acknowledged: { zh: '已签收', en: 'Acknowledged' },
  dropped: { zh: '无需发送', en: 'Dropped' },
};

/** In which quality a recipient gets a letter. */
export const qualityWords: Readonly<Record<PlannedDelivery['as'], Word>> = {
  addressee: { zh: '主送', en: 'Addressee' },
  copy: { zh: '抄送', en: 'Copy' },
  prompt: { zh: '工作提示', en: 'Prompt' },
  notice: { zh: '通知', en: 'Notice' },
};
