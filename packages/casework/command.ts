import { type Caller, personsBehind, type Role } from '@dandang/access/caller.ts';
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
import { type IssuedLetter, lettersIssued, unsendable } from './letter-issue.ts';
import { type CommonRefusal, isRefusal, type Refusal, refuse } from './refusal.ts';

/** What a decision may know beside the matter: everything is an argument, nothing is fetched. */
export interface Context extends Counting {
  /** The commits of another file that the command named in its needs; empty where there is none. */
  readonly file: (ref: FileRef) => readonly Commit[];
  /**
   * Who holds a role that the command named in its needs, in a unit or in all, as the directory has it: whom one may wait
   * for. It advises, since the token alone grants a role; empty for a role that was not named.
   */
  readonly holders: (role: Role, unit?: string) => readonly string[];
  /** What is booked on the days that the command named in its needs. */
  readonly bookings: readonly Booking[];
  /** The attachments that the command named in its needs; undefined for any other. */
  readonly attachment: (id: string) => AttachmentFacts | undefined;
  readonly now: Instant;
  /** The civil date of `now` in China. */
  readonly today: CivilDate;
  readonly by: Caller;
  /** The officials that the person behind `by` stands in for today, under whatever hat, where the command asked for them. */
  readonly standsInFor: readonly string[];
  readonly policy: Policy;
  readonly directory: Directory;
  /** The key of the file that is decided on: `reminder/<id>`. */
  readonly matterKey: string;
  /** The document number that was reserved for a letter of this matter, by the letter's name. */
  readonly numberOf: (letter: string) => string;
}

/** What is known before anything is said or looked up: enough for a rule that asks for neither. */
export type Known = Pick<Context, 'now' | 'today' | 'by' | 'policy' | keyof Counting>;

/** What such a rule says: why a command cannot be done whatever is said with it, or that it is on file already. */
export type Blocked = Refusal | 'on-file' | undefined;

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
  /** The files that those name, where what they say of others must be known, too. */
  readonly filesBehind?: (file: Context['file']) => readonly FileRef[];
  readonly holdersOf?: readonly Role[];
  /** The units that these files are about, too. */
  readonly unitsOfFiles?: boolean;
  readonly bookingsOn?: readonly CivilDate[];
  /** Whom the person stands in for, too: what nobody may say of itself its stand-in does not say of it. */
  readonly standIns?: true;
  readonly attachments?: readonly string[] | undefined;
  /** The unit of whoever acts, in whose name it is done, too. */
  readonly unitOfActor?: true;
}

/**
 * The persons who must not be named by whoever acts: itself, whom it acts for, and whomever it stands in for today, although
 * it acts under its own hat.
 */
export const personsActedFor = ({ by, standsInFor }: Pick<Context, 'by' | 'standsInFor'>): string[] => [
  ...personsBehind(by),
  ...standsInFor,
];

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
  /**
   * The letters that it would issue, as they would go out today, to be read before they exist: also while the matter is
   * only heading for the command, and with recipients that have no address. Refuses what cannot be written.
   */
  readonly letters: (context: Context) => readonly IssuedLetter[] | Refusal;
  /** Everything that it puts on file, its letters included. Refuses with `no-address`, `too-long` what cannot be sent. */
  readonly decide: (context: Context) => Decision<E>;
}

/** What an opening asks for and comes to; `origin` is the matter that the new one comes from, where it names one. */
export interface PreparedOpening<E> extends Prepared<E> {
  readonly origin: FileRef | undefined;
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
  /**
   * Whether it is a caller's turn, where several units or persons each do their own: whether it is another's says nothing to
   * it.
   */
  readonly turn: (matter: Matter<S, D>, by: Caller) => boolean;
  /** Those of them for whom it is a to-do. */
  readonly awaitedBy: (matter: Matter<S, D>) => readonly Party[];
  /** What the unit owes: where the unit signs off 审签, a head signs what its liaison puts forward. */
  readonly signed: boolean;
  /** Persons who may not do it although their role may, and the rule that says so. */
  readonly notFor: (matter: Matter<S, D>) => Exclusion;
  /** Why it cannot be done now, whatever is said with it; the decision asks the same first. */
  readonly blocked: (matter: Matter<S, D>, known: Known) => Blocked;
  readonly prepare: (matter: Matter<S, D>, body: unknown) => Parsed<Prepared<E>>;
}

/** Persons whom a rule keeps from a command: who drafted may not approve, who took part may not review. */
export interface Exclusion {
  readonly rule: CommonRefusal;
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
  readonly turn?: (matter: M, by: Caller) => boolean;
  readonly awaitedBy?: (matter: M) => readonly Party[];
  readonly signed?: true;
  readonly notFor?: (matter: M) => Exclusion;
  readonly blocked?: (matter: M, known: Known) => Blocked;
  readonly needs?: (matter: M, input: I) => Needs;
  readonly numbers?: (matter: M, input: I, context: Context) => readonly NumberNeeded[];
  /** The letters that it issues; where these are refused `decide` is not asked. */
  readonly letters?: (matter: M, input: I, context: Context) => readonly IssuedLetter[] | Refusal;
  /** Its letter is a notice, which no missing address stops: the delivery fails in the open and becomes a to-do. */
  readonly notice?: true;
  /** `issued` says that the letters left the house; it stands where the decision puts it, and nowhere without letters. */
  readonly decide: (matter: M, input: I, context: Context, issued: readonly CommonEvent[]) => Decision<E>;
}

export const nothingNeeded: Needs = { units: [], officials: [] };
/** Of what issues no letters: an opening. */
export const noLetters = { numbers: () => [], letters: () => [] } as const;

/** What a command comes to with its letters: those that can be sent are on file exactly where its decision put them. */
function decided<M, E, I>(
  {
    blocked,
    letters = () => [],
    decide,
    notice,
  }: Pick<CommandSpec<M, E, I>, 'blocked' | 'letters' | 'decide' | 'notice'>,
  matter: M,
  input: I,
  context: Context,
): Decision<E> {
  const barrier = blocked?.(matter, context);
  if (barrier !== undefined) return barrier === 'on-file' ? [] : barrier;
  const written = letters(matter, input, context);
  if (isRefusal(written)) return written;
  const issued = lettersIssued(written);
  const events = decide(matter, input, context, issued);
  if (isRefusal(events)) return events;
  const refused = notice === true ? undefined : unsendable(written);
  if (refused !== undefined) return refused;
  if (!issued.every((event) => events.includes(event)))
    throw new Error('a command wrote letters and did not issue them');
  return events;
}

const preparedOf = <M, E, I>(spec: CommandSpec<M, E, I>, matter: M, input: I): Prepared<E> => ({
  needs: spec.needs?.(matter, input) ?? nothingNeeded,
  numbers: (context) => spec.numbers?.(matter, input, context) ?? [],
  letters: (context) => spec.letters?.(matter, input, context) ?? [],
  decide: (context) => decided(spec, matter, input, context),
});

/** A command that the matter, as it is, does not know yet. */
function notYet<E>({ state }: Pick<Matter, 'state'>): Prepared<E> {
  const refused = refuse('not-now', { state, allowed: [] });
  return { needs: nothingNeeded, numbers: () => [], letters: () => refused, decide: () => refused };
}

/**
 * Declares commands that need more of a matter than its state says: that it was planned, that it was held. What their
 * rules are given has it, so that none of them asks for it again. `has` is true of every matter in the states that such a
 * command starts from; a matter without it does not know the command yet.
 */
export const commandsWhere =
  <S extends string, D, N extends D, E>(has: (details: D) => details is N) =>
  <I>(from: readonly S[], spec: CommandSpec<Matter<S, N>, E, I>): Command<S, D, E> => {
    const narrowed = (matter: Matter<S, D>): Matter<S, N> | undefined => {
      const { details } = matter;
      return has(details) ? { ...matter, details } : undefined;
    };
    const asked =
      <T>(question: ((matter: Matter<S, N>) => T) | undefined, otherwise: T) =>
      (matter: Matter<S, D>): T => {
        const enough = narrowed(matter);
        return enough === undefined || question === undefined ? otherwise : question(enough);
      };
    const { input, available = () => true } = spec;
    return {
      title: spec.title,
      from,
      by: spec.by,
      input,
      available: (matter, today) => asked((one) => available(one, today), false)(matter),
      awaited: asked(spec.awaited, false),
      byNow: asked(spec.byNow, spec.by),
      turn: (matter, by) => asked((one) => spec.turn?.(one, by) ?? true, true)(matter),
      awaitedBy: asked(spec.awaitedBy ?? spec.byNow, spec.by),
      signed: spec.signed === true,
      notFor: asked(spec.notFor, nobodyExcluded),
      blocked: (matter, known) => asked((one) => spec.blocked?.(one, known), undefined)(matter),
      prepare: (whole, body) => {
        const parsed = parseInput(input, body);
        if (!parsed.ok) return parsed;
        const matter = narrowed(whole);
        return { ok: true, value: matter === undefined ? notYet(whole) : preparedOf(spec, matter, parsed.value) };
      },
    };
  };

/** Declares commands of one measure: `const command = commandsOf<State, Details, Event>()`. */
export const commandsOf = <S extends string, D, E>() => commandsWhere<S, D, D, E>((_details): _details is D => true);

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
