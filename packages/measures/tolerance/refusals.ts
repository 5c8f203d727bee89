import { type RefusalTable, refuseWith } from '@dandang/casework/refusal.ts';

/** What only a tolerance matter can be refused with. */
export const toleranceRefusals = {
  'unknown-filing': {
    status: 422,
    zh: '没有可以引用的这一事前报备',
    en: 'No such risk filing to refer to',
    about: ['riskFilings.*'],
  },
  'unknown-matter': {
    status: 422,
    zh: '没有可以引用的这一事项',
    en: 'No such matter to refer to',
    about: ['accountability.matters.*.id'],
  },
  'circumstance-missing': {
    status: 422,
    zh: '研判未认定容错情形，不能免责、减责',
    en: 'No circumstance was found that the policy tolerates',
    about: ['outcome'],
  },
  'one-investigator': {
    status: 422,
    zh: '核查人员不得少于两人',
    en: 'At least two investigators',
    about: ['investigators'],
  },
  'factor-missing': { status: 422, zh: '研判要素不完整', en: 'A factor has not been assessed', about: ['factors'] },
  'not-heard': { status: 422, zh: '尚未听取本人陈述', en: 'The person has not been heard', about: 'whole' },
  'correction-missing': {
    status: 422,
    zh: '免责、减责须同步提出纠错要求，或者说明无须纠错的理由',
    en: 'No correction is ordered and no reason says why none is due',
    about: ['correction'],
  },
  'impact-end-unset': {
    status: 422,
    zh: '未明确影响期满日期',
    en: 'The end of the impact period is not stated',
    about: ['impactEndsOn'],
  },
  'review-worsens': { status: 422, zh: '复核不得加重', en: 'A review must not make it worse', about: ['decision'] },
} as const satisfies RefusalTable;

export const refuse = /* @__PURE__ */ refuseWith(toleranceRefusals);
