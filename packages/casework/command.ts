import type { Caller } from '@dandang/access/caller.ts';
import type { Assignee, Party } from '@dandang/access/party.ts';
import type { CivilDate, Instant } from '@dandang/calendar/civil-date.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import type * as z from 'zod/mini';
import type { AttachmentFacts } from './attachment.ts';
import type { Booking } from './booking.ts';
import type { Commit, StoredEvent } from './commit.ts';
import type { Counting } from './deadline.ts';
import type { Directory, DirectoryNeeds } from './directory.ts';
import { type Parsed, parseInput } from './input.ts';
import type { CommonEvent, Matter } from './matter.ts';
import type { Refusal, RefusalCode } from './refusal.ts';

/** What a decision may know beside the matter: everything is an argument, nothing is fetched. */
export interface Context extends Counting {
  /** The commits of another file that the command named in its needs; empty where there is none. */
  readonly file: (ref: FileRef) => readonly Commit[];
  /** What is booked on the days that the command named in its needs. */
  readonly bookings: readonly Booking[];
  /** The attachments that the command named in its needs; undefined for any other. */
  readonly attachment: (id: string) => AttachmentFacts | undefined;
  readonly now: Instant;
  /** The civil date of `now` in China. */
  readonly today: CivilDate;
  readonly by: Caller;
  readonly policy: Policy;
  readonly directory: Directory;
  /** The key of the file that is decided on: `reminder/<id>`. */
  readonly matterKey: string;
  /** The document number that was reserved for a letter of this matter, by the letter's name. */
  readonly numberOf: (letter: string) => string;
}

/** A file of another matter, or a ladder: facts are read from their owner's commits. */
export interface FileRef {
  readonly kind: string;
  readonly id: string;
}

/** What must be loaded before a command can be decided. */
export interface Needs extends DirectoryNeeds {
  /** The units that the named officials belong to, too. */
  readonly unitsOfOfficials?: boolean;
  /** Units that the policy or a setting names (who receives risk filings, who gets a copy), too. */
  readonly unitsUnder?: (policy: Policy) => readonly string[];
  readonly files?: readonly FileRef[];
  readonly bookingsOn?: readonly CivilDate[];
  readonly attachments?: readonly string[] | undefined;
}

/** A number that a command needs before it may issue a letter; `series` is the 机关代字 of the number. */
export interface NumberNeeded {
  readonly letter: string;
  readonly series: string;
}

/** What a command comes to: what happened, or why not. */
export type Decision<E> = readonly (E | CommonEvent)[] | Refusal;

/** What a command asks for before it can be decided, and the decision. Its body is already parsed. */
export interface Prepared<E> {
  readonly needs: Needs;
  readonly numbers: (context: Context) => readonly NumberNeeded[];
  readonly decide: (context: Context) => Decision<E>;
}

/** One command 操作 of a measure with states S, details D and events E; its input's type is closed over. */
export interface Command<S extends string, D, E> {
  /** What it is called on a button. */
  readonly title: string;
  readonly from: readonly S[];
  readonly by: readonly Party[];
  readonly input: z.ZodMiniType;
  /** Asked beside `from`: whether the matter, as it is today, allows the command. */
  readonly available: (matter: Matter<S, D>, today: CivilDate) => boolean;
  /** Whether the matter waits for it; then it is a to-do of those who may do it. */
  readonly awaited: (matter: Matter<S, D>) => boolean;
  /** Those of `by` who may do it to the matter as it stands. */
  readonly byNow: (matter: Matter<S, D>) => readonly Party[];
  /** Those of them for whom it is a to-do. */
  readonly awaitedBy: (matter: Matter<S, D>) => readonly Party[];
  /** Persons who may not do it although their role may, and the rule that says so. */
  readonly notFor: (matter: Matter<S, D>) => Exclusion;
  readonly prepare: (matter: Matter<S, D>, body: unknown) => Parsed<Prepared<E>>;
}

/** Persons whom a rule keeps from a command: who drafted may not approve, who took part may not review. */
export interface Exclusion {
  readonly rule: RefusalCode;
  readonly persons: readonly string[];
}
const nobodyExcluded: Exclusion = { rule: 'not-yours', persons: [] };

interface CommandSpec<M, E, I> {
  readonly title: string;
  readonly by: readonly Party[];
  readonly input: z.ZodMiniType<I>;
  readonly available?: (matter: M, today: CivilDate) => boolean;
  readonly awaited?: (matter: M) => boolean;
  readonly byNow?: (matter: M) => readonly Party[];
  readonly awaitedBy?: (matter: M) => readonly Party[];
  readonly notFor?: (matter: M) => Exclusion;
  readonly needs?: (matter: M, input: I) => Needs;
  readonly numbers?: (matter: M, input: I, context: Context) => readonly NumberNeeded[];
  readonly decide: (matter: M, input: I, context: Context) => Decision<E>;
}

export const nothingNeeded: Needs = { units: [], officials: [] };

/** Declares commands of one measure: `const command = commandsOf<State, Details, Event>()`. */
export const commandsOf =
  <S extends string, D, E>() =>
  <I>(from: readonly S[], spec: CommandSpec<Matter<S, D>, E, I>): Command<S, D, E> => ({
    title: spec.title,
    from,
    by: spec.by,
    input: spec.input,
    available: spec.available ?? (() => true),
    awaited: spec.awaited ?? (() => false),
    byNow: spec.byNow ?? (() => spec.by),
    awaitedBy: spec.awaitedBy ?? spec.byNow ?? (() => spec.by),
    notFor: spec.notFor ?? (() => nobodyExcluded),
    prepare: (matter, body) => {
      const parsed = parseInput(spec.input, body);
      if (!parsed.ok) return parsed;
      const input = parsed.value;
      return {
        ok: true,
        value: {
          needs: spec.needs?.(matter, input) ?? nothingNeeded,
          numbers: (context) => spec.numbers?.(matter, input, context) ?? [],
          decide: (context) => spec.decide(matter, input, context),
        },
      };
    },
  });

/** Something that waits for somebody. */
export interface Todo {
  readonly act: string;
  readonly title: string;
  readonly assignee: Assignee;
  /** Persons among the assignee's who may not do it. */
  readonly except: readonly string[];
  readonly since: Instant;
  /** The day by which it is owed, where it has one. */
  readonly dueOn?: CivilDate;
}

/** A decision whose events' own types are no longer known; ready to be committed. */
export type OpenDecision = Decision<StoredEvent>;
