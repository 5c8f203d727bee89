import type { SettingKey } from '@dandang/policy/settings.ts';

/** What is said where something is refused: its status and its texts. */
export interface RefusalText {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
  /**
   * Of a rule: the fields of a body that it can be about, as patterns (`subjects.*.official`), or that it is about the request
   * as a whole (`refused-fields.ts`).
   */
  readonly about?: 'whole' | readonly string[];
}
/** Codes and what is said with them. */
export type RefusalTable = Readonly<Record<string, RefusalText>>;

/**
 * What every part of the service can refuse (`docs/http.md`, Common). What only one measure refuses lies beside its rules
 * (`packages/measures/<measure>/refusals.ts`), so that no other function carries its texts.
 */
export const commonRefusals = {
  malformed: { status: 400, zh: '请求内容格式不正确', en: 'The request is malformed' },
  unauthenticated: { status: 401, zh: '未登录或登录已失效', en: 'Not signed in, or no longer' },
  'not-yours': { status: 403, zh: '您的角色或单位无权进行此操作', en: 'Your role or unit may not do this' },
  'not-found': { status: 404, zh: '没有找到', en: 'Not found' },
  'wrong-method': { status: 405, zh: '此地址不支持这一请求方法', en: 'This path does not know that method' },
  'not-now': { status: 409, zh: '事项当前状态不允许此操作', en: 'The state of the matter does not allow this' },
  'newer-release': {
    status: 409,
    zh: '记录由更新版本的系统写成，本版本只能查看',
    en: 'A newer release wrote this file; this one can only show it',
  },
  conflict: { status: 409, zh: '人员或场所在该时段已有安排', en: 'A person or the place is already booked' },
  stale: { status: 412, zh: '事项已被他人更新，请刷新后再试', en: 'Somebody else has changed the matter since' },
  'too-large': { status: 413, zh: '内容过大', en: 'Too large' },
  misdirected: { status: 421, zh: '本服务不在此地址', en: 'The service is not at this address' },
  'slow-down': { status: 429, zh: '请求过于频繁，请稍后再试', en: 'Too many requests' },
  internal: { status: 500, zh: '系统暂时无法处理，请稍后再试', en: 'The service could not answer' },
  'disk-full': {
    status: 507,
    zh: '磁盘已满，没有保存任何内容，请腾出空间后再试',
    en: 'The disk is full: nothing was kept; make room and try again',
  },
  damaged: {
    status: 500,
    zh: '数据已损坏，无法读取；请联系管理员用副本恢复',
    en: 'What was asked for is damaged; an administrator can restore it',
  },
  'key-reused': {
    status: 422,
    zh: '同一幂等键已用于不同内容',
    en: 'The idempotency key was used with another body',
    about: 'whole',
  },
  'unknown-unit': {
    status: 422,
    zh: '单位不在通讯录中',
    en: 'No such unit in the directory',
    about: [
      'unit',
      'suggests',
      'organ',
      'assist.*.unit',
      'together.*',
      'subjects.*.group.unit',
      'group.unit',
      'candidates.*.collective.unit',
      'succeededBy',
      'inChargeOf.*',
    ],
  },
  'unknown-official': {
    status: 422,
    zh: '人员不在通讯录中',
    en: 'No such official in the directory',
    about: [
      'leader',
      'official',
      'officials.*',
      'lead',
      'participants.*',
      'subjects.*.official',
      'candidates.*.official',
      'investigators.*',
      'attendees.*',
      'person',
    ],
  },
  'unknown-circumstance': {
    status: 422,
    zh: '制度中没有这一情形',
    en: 'The policy has no such circumstance',
    about: ['circumstance', 'circumstances.*'],
  },
  'unknown-deadline': {
    status: 422,
    zh: '事项没有这一进行中的时限',
    en: 'The matter has no such open deadline',
    about: ['deadline', 'measure', 'correction'],
  },
  'no-address': {
    status: 422,
    zh: '收件方没有送达地址，文书未印发',
    en: 'A recipient has no address: nothing was issued',
    about: 'whole',
  },
  'no-calendar': {
    status: 422,
    zh: '日期超出已公布的工作日历',
    en: 'The date lies beyond what the calendar can count',
    about: ['validUntil', 'within', 'replyWithin', 'workingDays'],
  },
  'too-long': { status: 422, zh: '文书或记录内容过长', en: 'The letter or the record is too long', about: 'whole' },
  'handler-is-subject': {
    status: 422,
    zh: '经办人是事项涉及人员',
    en: 'Who acts is a subject of the matter',
    about: ['officials', 'official', 'subjects', 'candidates', 'lead', 'investigators.*', 'organ', 'unit'],
  },
  recused: {
    status: 422,
    zh: '您已回避，不能再办理本事项',
    en: 'You are recused from this matter',
    about: ['lead', 'investigators.*'],
  },
  'in-future': {
    status: 422,
    zh: '日期不得晚于今天',
    en: 'The date lies in the future',
    about: ['on', 'deedOn', 'onPaper.on', 'meeting.on', 'collectiveDecision.on', 'decision.meeting.on'],
  },
  'before-issue': {
    status: 422,
    zh: '日期不得早于文书印发',
    en: 'The date is before the letter was issued',
    about: ['on', 'onPaper.on'],
  },
  'date-passed': {
    status: 422,
    zh: '已超过规定期限',
    en: 'The day for this has passed',
    about: ['validUntil', 'at', 'impactEndsOn', 'workingDays', 'measures.*.dueOn'],
  },
  'signature-needed': {
    status: 422,
    zh: '本单位须由负责人审签：请先提交审签（for=signature）',
    en: 'A head of the unit has to sign this: put it forward first (for=signature)',
    about: 'whole',
  },
  'own-approval': {
    status: 422,
    zh: '提出人不能审批或处理自己提出的事项',
    en: 'Who put it forward may not approve or resolve it',
    about: 'whole',
  },
  'reviewer-took-part': {
    status: 422,
    zh: '参与过本事项办理的人员不能裁决异议',
    en: 'Who took part may not decide the dispute',
    about: 'whole',
  },
  'series-unset': {
    status: 422,
    zh: '尚未设置发文字号的机关代字',
    en: 'The series of document numbers is not set',
    about: 'whole',
  },
  'already-requested': {
    status: 422,
    zh: '该时限已有待处理的延期申请',
    en: 'An extension of it is already asked for',
    about: ['deadline'],
  },
  'urged-recently': {
    status: 422,
    zh: '本工作日已对该事项催办过一次',
    en: 'The matter was already urged this working day',
    about: 'whole',
  },
  'not-delivered': {
    status: 422,
    zh: '确定时限的文书尚未送达，不得据以评判',
    en: 'The letter that set the day was not delivered: nothing can be judged by it',
    about: 'whole',
  },
  'not-requested': {
    status: 422,
    zh: '该时限没有待处理的延期申请',
    en: 'No extension of it has been asked for',
    about: ['deadline'],
  },
  'unit-mismatch': {
    status: 422,
    zh: '有关人员不属于同一单位',
    en: 'The persons do not belong to one unit',
    about: ['officials', 'official', 'subjects', 'group', 'origin', 'person'],
  },
  'duplicate-subject': {
    status: 422,
    zh: '对象重复列名',
    en: 'A subject is named twice',
    about: ['subjects', 'candidates', 'absent'],
  },
  'assistant-is-lead': {
    status: 422,
    zh: '主办单位不能同时是协办单位',
    en: 'The unit that leads cannot assist itself',
    about: ['assist', 'unit'],
  },
  'decline-late': { status: 422, zh: '已超过退件期限', en: 'The day for declining has passed', about: 'whole' },
  'decline-twice': { status: 422, zh: '本单位已经提出过退件', en: 'The unit has declined before', about: 'whole' },
  'unknown-kind': {
    status: 422,
    zh: '制度中没有这一奖励种类',
    en: 'The policy has no such kind of reward',
    about: ['kind', 'kinds.*'],
  },
  'attachment-missing': {
    status: 422,
    zh: '附件不存在、尚未上传或不能用于本事项',
    en: 'An attachment is unknown, has not arrived, or is not yours to name here',
    about: ['attachments.*', 'onPaper.attachment', 'scan'],
  },
  'attachment-mismatch': {
    status: 422,
    zh: '附件内容与申报的大小或摘要不符',
    en: 'What arrived is not what was announced',
    about: ['attachments.*', 'onPaper.attachment', 'scan'],
  },
  'import-refused': {
    status: 422,
    zh: '导入内容有误，未导入任何内容',
    en: 'The import has errors; nothing was imported',
    about: 'whole',
  },
} as const satisfies RefusalTable;

export type CommonRefusal = keyof typeof commonRefusals;

/** One thing that is wrong with a body: the path of the field, `''` for the body itself, and what is wrong with it. */
export interface InputError {
  readonly path: string;
  readonly zh: string;
  readonly en: string;
}

/** A command that was not accepted. `detail` says what exactly, in Chinese; `errors` names each path of a bad body. */
export interface Refusal {
  /** A code of `commonRefusals`, or one of the measure that is asked. */
  readonly refused: string;
  readonly detail?: string;
  readonly errors?: readonly InputError[];
  /** The fields that a rule is about, where the rule itself knows better than the table which they are. */
  readonly at?: readonly string[];
  readonly state?: string;
  readonly allowed?: readonly string[];
  /** The setting that is missing: once the administrator has set it, this is not refused any more. */
  readonly setting?: SettingKey;
  /** The matters that stand in the way. */
  readonly other?: readonly { readonly kind: string; readonly id: string }[];
}

/** Refuses with one of the codes `C`. */
export type Refuse<C extends string> = (refused: C, more?: Omit<Refusal, 'refused'>) => Refusal;

export const refuse: Refuse<CommonRefusal> = (refused, more = {}) => ({ refused, ...more });

/** `refuse` for the rules of a measure: with its own codes, too, and with those of no other measure. */
export const refuseWith =
  <T extends RefusalTable>(_own: T): Refuse<CommonRefusal | Extract<keyof T, string>> =>
  (refused, more = {}) => ({ refused, ...more });

/** A body whose parts do not fit together, though each has the right form: `malformed`, naming the path. */
export const malformedAt = (path: string, zh: string, en: string): Refusal =>
  refuse('malformed', { errors: [{ path, zh, en }] });

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;
