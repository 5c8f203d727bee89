import { type RefusalTable, refuseWith } from '@dandang/casework/refusal.ts';

/** What only a reminder can be refused with. */
export const reminderRefusals = {
  'not-in-charge': {
    status: 422,
    zh: '该领导不分管此单位',
    en: 'That leader is not in charge of the unit',
    about: ['leader'],
  },
  'reply-term-unset': {
    status: 422,
    zh: '制度和文书均未明确答复时限',
    en: 'Neither the policy nor the letter states a term',
    about: 'whole',
  },
  'addresses-the-unit': {
    about: ['leaderNote'],
    status: 422,
    zh: '写给分管领导的内容不能直接称呼被提醒单位',
    en: 'What the leader is told must not address the unit',
  },
} as const satisfies RefusalTable;

export const refuse = /* @__PURE__ */ refuseWith(reminderRefusals);
