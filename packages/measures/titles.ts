/**
 * What each kind of matter is called, without the measure itself: for functions that show matters of all measures and
 * would carry every rule of theirs in their bundles.
 */
export const measureTitles = {
  reminder: '工作提醒',
  interview: '工作约谈',
  'risk-filing': '事前报备',
  tolerance: '容错纠错',
  clarification: '澄清',
  reward: '及时奖励',
} as const;

/** What lists beside those of measures speak of. */
const otherTitles = { chaser: '催办单', delivery: '待办通知' } as const;

const titles: Readonly<Record<string, string>> = { ...measureTitles, ...otherTitles };

/** The title of a kind as lists show it; the kind itself where a newer release knows more of them. */
export const kindTitle = (kind: string): string => (Object.hasOwn(titles, kind) ? (titles[kind] ?? kind) : kind);
