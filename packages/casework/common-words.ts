import type { Light } from './deadline.ts';
import type { DeliveryState } from './delivery-head.ts';
import type { CommonCommand } from './common-commands.ts';
import type { PlannedDelivery } from './letter-issue.ts';
import type { CommonEvent } from './matter.ts';
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
