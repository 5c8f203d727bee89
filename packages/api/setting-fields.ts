import type { Form } from '@dandang/casework/form.ts';
import type { Word } from '@dandang/casework/word.ts';
import { type Purpose, purposes } from '@dandang/policy/purposes.ts';
import { settingTitles } from '@dandang/policy/setting-titles.ts';
import { type SettingKey, settingKeys } from '@dandang/policy/settings.ts';

/* What the OpenAPI document says of the settings and of what stands inside them. */

const settingChoices: Readonly<Record<string, Readonly<Record<string, Word>>>> = {
  'interview.windowBasis': {
    rolling: { zh: '滚动十二个月', en: 'Twelve rolling months' },
    'calendar-year': { zh: '公历年', en: 'Calendar year' },
  },
  'interview.counts': { persons: { zh: '按人', en: 'By person' }, units: { zh: '按单位', en: 'By unit' } },
  'tolerance.excusesInterviews': {
    never: { zh: '仍然计入', en: 'They go on counting' },
    exempt: { zh: '免责的不再计入', en: 'Exempted ones are taken out' },
    'exempt-or-mitigate': { zh: '免责、减责的不再计入', en: 'Exempted and mitigated ones are taken out' },
  },
};

const purposeWords: Readonly<Record<Purpose, string>> = {
  assessment: 'Assessments',
  inspection: 'Inspections',
  audit: 'Audits of economic accountability',
  promotion: 'Selection and appointment',
  rank: 'Promotion in post or rank',
  title: 'Professional titles',
  pay: 'Pay, performance pay, bonus',
  representative: 'Qualification as a delegate or committee member',
  commendation: 'Commendations and rewards',
};

const entry = {
  id: { zh: '编号', en: 'Id' },
  name: { zh: '内容', en: 'In words' },
  reference: { zh: '依据', en: 'Where the deployment says so' },
} as const satisfies Form;
const effect: Form = {
  outcome: {
    zh: '处理结果',
    en: 'Outcome',
    choices: { exempt: { zh: '免责', en: 'Exempt' }, mitigate: { zh: '减责', en: 'Mitigate' } },
  },
  purposes: {
    zh: '用途',
    en: 'Purposes',
    choices: Object.fromEntries(purposes.map(({ id, name }) => [id, { zh: name, en: purposeWords[id] }])),
  },
  text: { zh: '结果运用', en: 'What it means' },
  circumstance: {
    zh: '限于认定的情形',
    en: 'Only where this circumstance was found',
    from: { policy: 'tolerance.circumstances' },
  },
  units: { zh: '对单位同样适用', en: 'It holds for the unit’s own standing, too' },
  reference: entry.reference,
};

const offices = {
  supervision: { zh: '督查机构', en: 'Supervision' },
  'party-committee-office': { zh: '党委办公室', en: 'Party committee office' },
  discipline: { zh: '纪检监察机关', en: 'Discipline' },
  organization: { zh: '组织部门', en: 'Organization' },
};
const signingChoices = { off: { zh: '不需要', en: 'Not needed' }, required: { zh: '需要', en: 'Required' } };

/** What stands inside of a setting that is no list. */
const parts: Readonly<Partial<Record<SettingKey, Form>>> = {
  'interview.procedure': {
    consent: {
      zh: '同意约谈的领导',
      en: 'Who has to consent',
      choices: {
        'principal-leader': { zh: '主要领导', en: 'Principal leader' },
        leader: { zh: '领导', en: 'A leader' },
      },
    },
    plans: { zh: '制定约谈方案的机关', en: 'Who plans', choices: offices },
    concur: { zh: '会商的机关', en: 'Who has to concur', choices: offices },
    throughout: { zh: '全程参与的机关', en: 'Who attends throughout', choices: offices },
    lead: {
      zh: '主约谈人',
      en: 'Who leads',
      choices: {
        principal: { zh: '主要领导', en: 'A principal leader' },
        'principal-or-in-charge': { zh: '主要领导或者分管领导', en: 'A principal leader, or who is in charge' },
        leader: { zh: '领导', en: 'A leader' },
      },
    },
    records: { zh: '记录的机关', en: 'Who keeps the record', choices: offices },
    reviews: { zh: '复核', en: 'Review' },
    'reviews.office': { zh: '复核的机关（单位编号）', en: 'Which unit reviews', widget: 'unit' },
    'reviews.together': { zh: '会同有关部门复核', en: 'Held together with other departments' },
  },
  'unit.signOff': {
    all: { zh: '全部单位', en: 'All units', choices: signingChoices },
    units: { zh: '个别单位（单位编号对应）', en: 'Single units, by id' },
  },
};

/** What stands in the entries of a setting that adds to a list of the article. */
const entries: Readonly<Partial<Record<SettingKey, Form>>> = {
  'reminder.circumstances': entry,
  'interview.circumstances': entry,
  'tolerance.circumstances': entry,
  'tolerance.factors': entry,
  'tolerance.copies': { ...entry, id: { ...entry.id, widget: 'unit' } },
  'tolerance.effects': effect,
};

/** The fields of `PUT /api/policy/settings`, by path. */
export const settingFields: Form = Object.fromEntries(
  settingKeys.flatMap((key) => {
    const choices = settingChoices[key];
    const fields = [
      ...Object.entries(entries[key] ?? {}).map(([name, field]) => [`${key}.*.${name}`, field] as const),
      ...Object.entries(parts[key] ?? {}).map(([name, field]) => [`${key}.${name}`, field] as const),
    ];
    return [[key, { ...settingTitles[key], ...(choices === undefined ? {} : { choices }) }] as const, ...fields];
  }),
);
