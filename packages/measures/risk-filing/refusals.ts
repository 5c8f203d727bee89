import { type RefusalTable, refuseWith } from '@dandang/casework/refusal.ts';

/** What only a risk filing can be refused with. */
export const riskFilingRefusals = {
  'receiver-unset': {
    status: 422,
    zh: '尚未设置受理事前报备的机关',
    en: 'Who receives risk filings is not set',
    about: 'whole',
  },
} as const satisfies RefusalTable;

export const refuse = /* @__PURE__ */ refuseWith(riskFilingRefusals);
