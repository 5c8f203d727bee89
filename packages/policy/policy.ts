import type { term } from '@dandang/calendar/term.ts';
import * as z from 'zod/mini';
import { type SettingChanges, settingChanges, type SettingKey, type SettingValues } from './settings.ts';

/**
 * Where a value comes from: the city's published article, the rule's own text, a law, or the office that runs this
 * deployment. `reference` names the place in it.
 */
export interface Source {
  readonly kind: 'article' | 'instrument' | 'law' | 'deployment';
  readonly reference: string;
}

/** A circumstance 情形. One that is known to exist but whose text is unknown has no name. */
export interface Circumstance {
  readonly id: string;
  readonly name?: string;
  readonly source: Source;
}

/**
 * A value that a deployment may or must set. `null` is unset: the source gives no value; the software then asks the
 * clerk or refuses, and never makes one up.
 */
export interface Setting<T> {
  readonly name: string;
  readonly value: T;
  readonly source: Source;
}

/** One city's rules as data, in one edition. */
export interface Policy {
  readonly id: string;
  readonly edition: string;
  readonly name: string;
  readonly source: Source;
  readonly settings: { readonly [K in SettingKey]: Setting<SettingValues[K]> };
  readonly reminder: {
    readonly circumstances: readonly Circumstance[];
    /** How long after its issue a conclusion may be disputed. */
    readonly disputeWithin: Setting<z.infer<typeof term>>;
  };
  readonly interview: {
    readonly circumstances: readonly Circumstance[];
    /** The term of the rectification plan, from the day of the interview. */
    readonly planWithin: Setting<z.infer<typeof term> | null>;
    /** A 约谈备忘录 is formed after the interview, instead of a record. */
    readonly memorandum: boolean;
    /** What follows where rectification is passive or fails, in the source's words. */
    readonly onFailure?: { readonly name: string; readonly source: Source };
    readonly disputeWithin: Setting<z.infer<typeof term>>;
    /** What the count of interviews within one year proposes: from which count, to which consequence. */
    readonly ladder: readonly {
      readonly from: number;
      readonly proposal: 'circulate' | 'admonition' | 'organizational-handling';
      readonly name: string;
      readonly source: Source;
    }[];
  };
}

/** Which rules a matter was opened under; a running matter keeps them. */
export const policyRef = z.object({ id: z.string(), edition: z.string() });
export type PolicyRef = z.infer<typeof policyRef>;

/** What the file `settings/<policy>` is made of: one event a change. */
export const settingsChanged = z.object({ type: z.literal('SettingsChanged'), data: settingChanges });

/**
 * The policy with a deployment's settings applied, oldest change first. Every change makes an edition:
 * `2023-03-28` as published, `2023-03-28+1` after the first change, and so on.
 */
export function applySettings(base: Policy, changes: readonly SettingChanges[]): Policy {
  if (changes.length === 0) return base;
  const set = <T>(own: Setting<T>, pick: (change: SettingChanges) => T | null | undefined): Setting<T> => {
    let current = own;
    for (const change of changes) {
      const value = pick(change);
      if (value === null) current = own;
      else if (value !== undefined)
        current = { name: own.name, value, source: { kind: 'deployment', reference: '本部署设置' } };
    }
    return current;
  };
  const own = base.settings;
  return {
    ...base,
    edition: `${base.edition}+${changes.length}`,
    settings: {
      'reminder.replyWithin': set(own['reminder.replyWithin'], (change) => change['reminder.replyWithin']),
      'reminder.series': set(own['reminder.series'], (change) => change['reminder.series']),
      'interview.series': set(own['interview.series'], (change) => change['interview.series']),
      'interview.windowBasis': set(own['interview.windowBasis'], (change) => change['interview.windowBasis']),
      'interview.counts': set(own['interview.counts'], (change) => change['interview.counts']),
      'interview.reportEvery': set(own['interview.reportEvery'], (change) => change['interview.reportEvery']),
      'interview.reviewOffice': set(own['interview.reviewOffice'], (change) => change['interview.reviewOffice']),
      'deadline.yellowWorkingDays': set(
        own['deadline.yellowWorkingDays'],
        (change) => change['deadline.yellowWorkingDays'],
      ),
      'chaser.everyWorkingDays': set(own['chaser.everyWorkingDays'], (change) => change['chaser.everyWorkingDays']),
      'nudge.everyWorkingDays': set(own['nudge.everyWorkingDays'], (change) => change['nudge.everyWorkingDays']),
      'letter.marking': set(own['letter.marking'], (change) => change['letter.marking']),
      'mail.attachLetter': set(own['mail.attachLetter'], (change) => change['mail.attachLetter']),
    },
  };
}

/** How many changes of settings an edition contains: 0 for `2023-03-28`, 2 for `2023-03-28+2`. */
export const changesIn = (edition: string): number => Number(/\+(\d+)$/.exec(edition)?.[1] ?? 0);
