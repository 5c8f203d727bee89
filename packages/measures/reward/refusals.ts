import { type RefusalTable, refuseWith } from '@dandang/casework/refusal.ts';

/** What only a reward can be refused with. */
export const rewardRefusals = {
  'main-duty': {
    status: 422,
    zh: '部门主责主业须说明理由',
    en: 'A main duty needs a justification',
    about: ['justification', 'mainDuty'],
  },
  'citation-missing': {
    status: 422,
    zh: '须逐人说明适用条款和事例',
    en: 'A candidate has no clause and facts',
    about: ['citations'],
  },
  'notice-term-unset': {
    status: 422,
    zh: '未明确公示的工作日数',
    en: 'The length of the notice is not stated',
    about: ['workingDays'],
  },
  'notice-running': { status: 422, zh: '公示尚未期满', en: 'The public notice is still running', about: 'whole' },
  'objection-open': { status: 422, zh: '有异议尚未处理', en: 'An objection is open', about: 'whole' },
  'objection-sustained': { status: 422, zh: '有异议成立', en: 'An objection was sustained', about: 'whole' },
  'unknown-project': {
    status: 422,
    zh: '没有这一开放的奖励项目',
    en: 'No such open reward project',
    about: ['project'],
  },
  'unknown-ground': {
    status: 422,
    zh: '制度中没有这一撤销情形',
    en: 'The policy has no such ground',
    about: ['ground'],
  },
  'not-merited': {
    status: 422,
    zh: '专项考核未认定应予奖励',
    en: 'The assessment did not find it merited',
    about: 'whole',
  },
  'candidate-barred': {
    status: 422,
    zh: '人选尚在影响期内',
    en: 'A candidate is in an impact period',
    about: ['candidates'],
  },
} as const satisfies RefusalTable;

export const refuse = /* @__PURE__ */ refuseWith(rewardRefusals);
