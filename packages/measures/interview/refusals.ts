import { type RefusalTable, refuseWith } from '@dandang/casework/refusal.ts';

/** What only an interview can be refused with. */
export const interviewRefusals = {
  'too-many-subjects': { status: 422, zh: '约谈对象不得超过50个', en: 'At most 50 subjects', about: ['subjects'] },
  'origin-not-ineffective': {
    status: 422,
    zh: '来源事项不存在或未认定为成效不明显',
    en: 'The origin was not found ineffective',
    about: ['origin'],
  },
  'ladder-unset': {
    status: 422,
    zh: '尚未设置约谈次数的计算方法',
    en: 'How interviews are counted is not set',
    about: 'whole',
  },
  'lead-not-leader': {
    status: 422,
    zh: '该人员不能担任主约谈人',
    en: 'That person may not lead: the policy says which leaders may',
    about: ['lead'],
  },
  'not-concurred': {
    status: 422,
    zh: '方案尚未经会商机关同意',
    en: 'Not every office has concurred yet',
    about: 'whole',
  },
  'missing-attendee': {
    status: 422,
    zh: '须全程参与的机关没有人到场',
    en: 'An office that must attend was not there',
    about: ['attendees'],
  },
  'missing-lead': { status: 422, zh: '主约谈人没有到场', en: 'The lead did not attend', about: ['attendees'] },
  'missing-subject': { status: 422, zh: '约谈对象均未到场', en: 'None of those called attended', about: ['attendees'] },
  'subject-unaccounted': {
    status: 422,
    zh: '约谈对象须逐一列明到场或者缺席',
    en: 'Somebody called is in neither list, or in both',
    about: ['attendees'],
  },
  'not-invited': {
    status: 422,
    zh: '到场人员不在方案之内',
    en: 'Somebody attended who was not invited',
    about: ['attendees.*'],
  },
  'held-in-future': {
    status: 422,
    zh: '约谈时间不得晚于现在',
    en: 'The interview cannot have been held yet',
    about: ['heldAt'],
  },
  'held-before-notice': {
    status: 422,
    zh: '约谈时间早于通知',
    en: 'The interview was held before its notice',
    about: ['heldAt'],
  },
  'plan-term-unset': {
    status: 422,
    zh: '制度和约谈均未明确整改方案期限',
    en: 'Neither the policy nor the interview states the term',
    about: ['planWithin'],
  },
  'empty-plan': { status: 422, zh: '整改方案没有任何措施', en: 'The plan has no measures', about: ['measures'] },
  'measures-open': {
    status: 422,
    zh: '整改方案还有措施没有完成',
    en: 'A measure of the plan is not done',
    about: 'whole',
  },
  'request-open': {
    status: 422,
    zh: '该时限的延期申请尚未答复',
    en: 'A request for an extension is unanswered',
    about: 'whole',
  },
  'origin-taken': {
    status: 422,
    zh: '来源事项已经引出其他约谈',
    en: 'Another interview came from that origin',
    about: ['origin'],
  },
  'no-open-proposal': { status: 422, zh: '没有待决定的处理建议', en: 'No proposal is open', about: ['official'] },
  'proposal-outdated': {
    status: 422,
    zh: '计入的约谈已有变化，请重新查看',
    en: 'The counted interviews have changed since',
    about: ['official'],
  },
} as const satisfies RefusalTable;

export const refuse = /* @__PURE__ */ refuseWith(interviewRefusals);
