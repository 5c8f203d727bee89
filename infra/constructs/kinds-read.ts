import { measures } from '@dandang/measures/registry.ts';

/** Who somebody is, and for whom one stands in. */
export const people = ['unit', 'official', 'stand-in'] as const;

/** The rules in force, and the calendar. */
export const rules = ['settings', 'calendar'] as const;

/** The matters of every measure. */
export const matters: readonly string[] = measures.map(({ kind }) => kind);

/** What the commands of every measure ask for of others: whoever drafts their letters reads it, too. */
export const asked: readonly string[] = measures.flatMap(({ footprint }) => footprint.asks);
