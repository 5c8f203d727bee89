import type { Caller } from '@dandang/access/caller.ts';
import type { Gate, Sight } from '@dandang/access/gate.ts';
import type { Party } from '@dandang/access/party.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import type { SettingKey } from '@dandang/policy/settings.ts';
import type * as z from 'zod/mini';
import type { Booking } from './booking.ts';
import type { Command, Context, Decision, FileRef, Needs } from './command.ts';
import type { Actor, Commit, StoredEvent } from './commit.ts';
import type { Effect } from './effect.ts';
import type { Headings } from './heading.ts';
import type { Hearing } from './hearing.ts';
import type { Raise } from './event-reader.ts';
import type { Body, Matter, UnitRef } from './matter.ts';
import type { Notices } from './notice.ts';
import type { RefusalTable } from './refusal.ts';
import type { Warning } from './warning.ts';
import type { Wording } from './wording.ts';

export interface StateSheet<S extends string = string> {
  readonly name: S;
  readonly title: string;
  /** Nothing is owed any more and nothing common can be done. */
  readonly final?: boolean;
}

/** What it means to people when a part of a measure does not work: whole sentences, for whoever is called by an alarm. */
export interface Failing {
  /** Its requests are not answered. */
  readonly requests: string;
  /** What it should have put on file by the clock or because of others was given up; absent where it hears nothing. */
  readonly deadLetters?: string;
}

/** What a measure says of a deadline: what it is called, which command meets it, and who owes it. */
export interface DeadlineSheet<M, E> {
  readonly title: string;
  readonly act: string;
  readonly owedBy: Party;
  /**
   * For a row of deadlines of which each unit has its own, `<name>-<unit>` (`assist-ecology`): who owes that unit's. `owedBy`
   * is then whoever owes any of them.
   */
  readonly owedByEach?: (unit: string) => Party;
  /**
   * For a period that only has to pass (a validity, a public notice): nobody owes it, so it is neither missed nor chased;
   * this is what its end puts on file.
   */
  readonly runsOut?: (matter: M, context: Context) => readonly E[];
  /** Which of those who may meet it is meant, where the matter says more: who filed. */
  readonly debtor?: (matter: M) => Party;
  /** The types of the letters that tell whoever owes it of the day: what was not delivered is neither chased nor judged. */
  readonly toldBy?: readonly string[];
  /** What the handling office may do once it was chased for the last time 逾期处置, the first that is possible; else `extend`. */
  readonly afterwards?: readonly string[];
}

/** The commits of a file that was asked for; empty where there is none. */
export type FileOfOthers = (ref: FileRef) => readonly Commit[];

/** A measure 措施 as it is declared: one object, from which routes, documents, to-dos and `allowed` are made. */
export interface MeasureDefinition<S extends string, D, E extends StoredEvent, I> {
  readonly kind: string;
  /** The collection's name in the contract's paths. */
  readonly collection: string;
  readonly title: string;
  /** What only it can be refused with, beside `commonRefusals`; its rules refuse with the `refuse` of that file. */
  readonly refusals?: RefusalTable;
  readonly states: readonly StateSheet<S>[];
  /** The state after `withdraw`. */
  readonly withdrawn: S;
  readonly event: z.ZodMiniType<E>;
  /** Old types of its own events, raised when they are read: what was written stays as it is. */
  readonly raise?: Raise;
  readonly opening: {
    readonly title: string;
    readonly by: readonly Party[];
    readonly input: z.ZodMiniType<I>;
    readonly needs: (input: I, by: Caller) => Needs;
    readonly decide: (input: I, context: Context) => Decision<E>;
    /** The matter that a new one comes from: that one's file says so before there is a new one (`origin.ts`). */
    readonly origin?: (input: I) => FileRef | undefined;
  };
  /** The kinds of matters that one of it may come from. */
  readonly origins?: readonly string[];
  readonly commands: Readonly<Record<string, Command<S, D, E>>>;
  /** What a matter is heading for in a state: the command that issues its next letters, to be read as drafts before. */
  readonly heading?: Headings<S, Matter<S, D>>;
  /** Whoever may do one of these reads the drafts, also where it does not see the whole file. */
  readonly approving?: readonly string[];
  /** What an event of its own makes of a matter; `body` is undefined for the event that opens one. */
  readonly evolve: (body: Body<S, D> | undefined, event: E, at: Instant, by: Actor) => Body<S, D>;
  /** The office that handles such a matter. */
  readonly handlingOffice: Party;
  /** Those of them who handle one matter, where it is not everybody's: the others see it, and act on it no more. */
  readonly handledBy?: (matter: Matter<S, D>) => Party;
  /** The unit of that office that handles this matter, where it is neither its organ nor the unit of who opened it. */
  readonly handlingUnit?: (matter: Matter<S, D>) => UnitRef;
  /**
   * By name. One name stands for a whole row of deadlines where these are numbered, `correction` for `correction-2`, or of
   * one unit each, `assist` for `assist-ecology`.
   */
  readonly deadlines: Readonly<Record<string, DeadlineSheet<Matter<S, D>, E>>>;
  /** Whoever reads a matter of it, or takes a paper of it along, leaves a line in the log. */
  readonly confidential?: boolean;
  /** Its to-dos stand before those of other measures. */
  readonly fast?: boolean;
  /** Everybody who is signed in may at times know of a matter (a public notice 公示), whatever unit or person it is about. */
  readonly publicNotices?: boolean;
  /** Copies of its letters go to units that a matter is not about: they find it in their list, too. */
  readonly copied?: boolean;
  /** Commands that are on the history of nobody but their author and who sees the whole file: an objection 异议, a hearing. */
  readonly authorsAlone?: readonly string[];
  /** What happens to files of other kinds and what this measure makes of it, by the name of the reaction. */
  readonly hears?: Readonly<Record<string, Hearing<Matter<S, D>, E>>>;
  /** What its matters mean in the files of others. */
  readonly effects?: readonly Effect<Matter<S, D>>[];
  /** The kinds of other files that its commands and reactions may ask for in their needs. */
  readonly reads?: readonly string[];
  /** The setting that names the series of its document numbers, where its letters carry any. */
  readonly series?: Extract<SettingKey, `${string}.series`>;
  /** The settings without which no matter of it can be opened or get anywhere. */
  readonly requires?: readonly SettingKey[];
  /** Those of them that it can do without under a policy. */
  readonly spares?: (policy: Policy) => readonly SettingKey[];
  readonly failing: Failing;
  readonly gate: (matter: Matter<S, D>) => Gate;
  /** What a list shows of it in a word. */
  readonly headline: (matter: Matter<S, D>) => string;
  /** What its lists show beside: nothing that `details` does not show to whoever sees its own. */
  readonly listed?: (matter: Matter<S, D>) => Readonly<Record<string, unknown>> | undefined;
  /** What `details` of an answer holds. */
  readonly details: (matter: Matter<S, D>, sight: Sight, caller: Caller) => Record<string, unknown>;
  /** What whoever sees a matter under that sight should know of it, each time it is shown. */
  readonly warnings?: (matter: Matter<S, D>, sight: Sight, file: FileOfOthers) => readonly Warning[];
  /** Files of others that its warnings look at; their kinds must be among `reads`. */
  readonly warningsOn?: (matter: Matter<S, D>) => readonly FileRef[];
  /** What it keeps booked: a time, a place, persons. */
  readonly booking?: (matter: Matter<S, D>) => Booking | undefined;
  /** What, beside the unit, makes two open matters similar: for the warning on opening. */
  readonly similarity: (matter: Matter<S, D>) => string;
  readonly notices: Notices<S, D>;
  /** What its letters say, as a deployment may put it in its own words; absent where it writes none. */
  readonly wording?: Wording;
}

/** Who handles a matter. */
export const officeOf = <S extends string, D>(
  { handlingOffice, handledBy }: Pick<MeasureDefinition<S, D, never, never>, 'handlingOffice' | 'handledBy'>,
  matter: Matter<S, D>,
): Party => handledBy?.(matter) ?? handlingOffice;

/**
 * What a measure says of one of its deadlines. A numbered one goes by the name before its number; that of one unit of several
 * by the name before the unit, and it is that unit who owes it.
 */
export const sheetOf = <S extends string, D, E extends StoredEvent>(
  { deadlines }: { readonly deadlines: MeasureDefinition<S, D, E, never>['deadlines'] },
  name: string,
): DeadlineSheet<Matter<S, D>, E> | undefined => {
  const own = deadlines[name];
  if (own !== undefined) return own;
  for (const [row, sheet] of Object.entries(deadlines)) {
    const which = name.startsWith(`${row}-`) ? name.slice(row.length + 1) : '';
    if (which === '') continue;
    if (sheet.owedByEach !== undefined) return { ...sheet, owedBy: sheet.owedByEach(which) };
    if (/^\d+$/.test(which)) return sheet;
  }
  return undefined;
};
