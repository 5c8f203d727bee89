import type { SettingKey } from '@dandang/policy/settings.ts';

/** What is said where something is refused: its status and its texts. */
export interface RefusalText {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
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
  'key-reused': { status: 422, zh: '同一幂等键已用于不同内容', en: 'The idempotency key was used with another body' },
  'unknown-unit': { status: 422, zh: '单位不在通讯录中', en: 'No such unit in the directory' },
  'unknown-official': { status: 422, zh: '人员不在通讯录中', en: 'No such official in the directory' },
  'unknown-circumstance': { status: 422, zh: '制度中没有这一情形', en: 'The policy has no such circumstance' },
  'unknown-deadline': { status: 422, zh: '事项没有这一进行中的时限', en: 'The matter has no such open deadline' },
  'no-address': {
    status: 422,
    zh: '收件方没有送达地址，文书未印发',
    en: 'A recipient has no address: nothing was issued',
  },
  'no-calendar': {
    status: 422,
    zh: '日期超出已公布的工作日历',
    en: 'The date lies beyond what the calendar can count',
  },
  'too-long': { status: 422, zh: '文书或记录内容过长', en: 'The letter or the record is too long' },
  'handler-is-subject': { status: 422, zh: '经办人是事项涉及人员', en: 'Who acts is a subject of the matter' },
  recused: { status: 422, zh: '您已回避，不能再办理本事项', en: 'You are recused from this matter' },
  'in-future': { status: 422, zh: '日期不得晚于今天', en: 'The date lies in the future' },
  'before-issue': { status: 422, zh: '日期不得早于文书印发', en: 'The date is before the letter was issued' },
  'date-passed': { status: 422, zh: '已超过规定期限', en: 'The day for this has passed' },
  'signature-needed': {
    status: 422,
    zh: '本单位须由负责人审签：请先提交审签',
    en: 'A head of the unit has to sign this: put it forward first',
  },
  'own-approval': {
    status: 422,
    zh: '提出人不能审批或处理自己提出的事项',
    en: 'Who put it forward may not approve or resolve it',
  },
  'reviewer-took-part': {
    status: 422,
    zh: '参与过本事项办理的人员不能裁决异议',
    en: 'Who took part may not decide the dispute',
  },
  'series-unset': { status: 422, zh: '尚未设置发文字号的机关代字', en: 'The series of document numbers is not set' },
  'already-requested': { status: 422, zh: '该时限已有待处理的延期申请', en: 'An extension of it is already asked for' },
  'urged-recently': {
    status: 422,
    zh: '本工作日已对该事项催办过一次',
    en: 'The matter was already urged this working day',
  },
  'not-delivered': {
    status: 422,
    zh: '确定时限的文书尚未送达，不得据以评判',
    en: 'The letter that set the day was not delivered: nothing can be judged by it',
  },
  'not-requested': { status: 422, zh: '该时限没有待处理的延期申请', en: 'No extension of it has been asked for' },
  'unit-mismatch': { status: 422, zh: '有关人员不属于同一单位', en: 'The persons do not belong to one unit' },
  'duplicate-subject': { status: 422, zh: '对象重复列名', en: 'A subject is named twice' },
<<<<<<< HEAD
  'too-many-subjects': { status: 422, zh: '约谈对象不得超过50个', en: 'At most 50 subjects' },
  'origin-not-ineffective': {
    status: 422,
    zh: '来源事项不存在或未认定为成效不明显',
    en: 'The origin was not found ineffective',
  },
  'ladder-unset': { status: 422, zh: '尚未设置约谈次数的计算方法', en: 'How interviews are counted is not set' },
  'lead-not-leader': {
    status: 422,
    zh: '该人员不能担任主约谈人',
    en: 'That person may not lead: the policy says which leaders may',
  },
  'not-concurred': { status: 422, zh: '方案尚未经会商机关同意', en: 'Not every office has concurred yet' },
  'missing-attendee': {
    status: 422,
    zh: '须全程参与的机关没有人到场',
    en: 'An office that must attend was not there',
  },
  'missing-lead': { status: 422, zh: '主约谈人没有到场', en: 'The lead did not attend' },
  'missing-subject': { status: 422, zh: '约谈对象均未到场', en: 'None of those called attended' },
  'subject-unaccounted': {
    status: 422,
    zh: '约谈对象须逐一列明到场或者缺席',
    en: 'Somebody called is in neither list, or in both',
  },
  'not-invited': { status: 422, zh: '到场人员不在方案之内', en: 'Somebody attended who was not invited' },
  'held-in-future': { status: 422, zh: '约谈时间不得晚于现在', en: 'The interview cannot have been held yet' },
  'held-before-notice': { status: 422, zh: '约谈时间早于通知', en: 'The interview was held before its notice' },
  'plan-term-unset': {
    status: 422,
    zh: '制度和约谈均未明确整改方案期限',
    en: 'Neither the policy nor the interview states the term',
  },
  'empty-plan': { status: 422, zh: '整改方案没有任何措施', en: 'The plan has no measures' },
  'measures-open': { status: 422, zh: '整改方案还有措施没有完成', en: 'A measure of the plan is not done' },
  'request-open': { status: 422, zh: '该时限的延期申请尚未答复', en: 'A request for an extension is unanswered' },
  'origin-taken': { status: 422, zh: '来源事项已经引出其他约谈', en: 'Another interview came from that origin' },
  'assistant-is-lead': {
    status: 422,
    zh: '主办单位不能同时是协办单位',
    en: 'The unit that leads cannot assist itself',
  },
  'decline-late': { status: 422, zh: '已超过退件期限', en: 'The day for declining has passed' },
  'decline-twice': { status: 422, zh: '本单位已经提出过退件', en: 'The unit has declined before' },
  'no-open-proposal': { status: 422, zh: '没有待决定的处理建议', en: 'No proposal is open' },
  'proposal-outdated': {
    status: 422,
    zh: '计入的约谈已有变化，请重新查看',
    en: 'The counted interviews have changed since',
  },
  'receiver-unset': { status: 422, zh: '尚未设置受理事前报备的机关', en: 'Who receives risk filings is not set' },
  'unknown-filing': { status: 422, zh: '没有可以引用的这一事前报备', en: 'No such risk filing to refer to' },
  'unknown-matter': { status: 422, zh: '没有可以引用的这一事项', en: 'No such matter to refer to' },
  'circumstance-missing': {
    status: 422,
    zh: '研判未认定容错情形，不能免责、减责',
    en: 'No circumstance was found that the policy tolerates',
  },
  'one-investigator': { status: 422, zh: '核查人员不得少于两人', en: 'At least two investigators' },
  'factor-missing': { status: 422, zh: '研判要素不完整', en: 'A factor has not been assessed' },
  'not-heard': { status: 422, zh: '尚未听取本人陈述', en: 'The person has not been heard' },
  'correction-missing': {
    status: 422,
    zh: '免责、减责须同步提出纠错要求，或者说明无须纠错的理由',
    en: 'No correction is ordered and no reason says why none is due',
  },
  'impact-end-unset': { status: 422, zh: '未明确影响期满日期', en: 'The end of the impact period is not stated' },
  'review-worsens': { status: 422, zh: '复核不得加重', en: 'A review must not make it worse' },
  'main-duty': { status: 422, zh: '部门主责主业须说明理由', en: 'A main duty needs a justification' },
  'citation-missing': { status: 422, zh: '须逐人说明适用条款和事例', en: 'A candidate has no clause and facts' },
  'notice-term-unset': { status: 422, zh: '未明确公示的工作日数', en: 'The length of the notice is not stated' },
  'notice-running': { status: 422, zh: '公示尚未期满', en: 'The public notice is still running' },
  'objection-open': { status: 422, zh: '有异议尚未处理', en: 'An objection is open' },
  'objection-sustained': { status: 422, zh: '有异议成立', en: 'An objection was sustained' },
  'unknown-project': { status: 422, zh: '没有这一开放的奖励项目', en: 'No such open reward project' },
=======
>>>>>>> h/bundle
  'unknown-kind': { status: 422, zh: '制度中没有这一奖励种类', en: 'The policy has no such kind of reward' },
  'attachment-missing': {
    status: 422,
    zh: '附件不存在、尚未上传或不能用于本事项',
    en: 'An attachment is unknown, has not arrived, or is not yours to name here',
  },
  'attachment-mismatch': {
    status: 422,
    zh: '附件内容与申报的大小或摘要不符',
    en: 'What arrived is not what was announced',
  },
  'import-refused': {
    status: 422,
    zh: '导入内容有误，未导入任何内容',
    en: 'The import has errors; nothing was imported',
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
