import type { Caller } from '@dandang/access/caller.ts';
import type { Gate, Sight } from '@dandang/access/gate.ts';
import type { Assignee } from '@dandang/access/party.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import type { SettingKey } from '@dandang/policy/settings.ts';
import type * as z from 'zod/mini';
import type { Booking } from './booking.ts';
import type {
  Blocked,
  Context,
  FileRef,
  Known,
  Needs,
  OpenDecision,
  Prepared,
  PreparedOpening,
  Todo,
} from './command.ts';
import type { Commit, StoredEvent } from './commit.ts';
import type { OpenEffect } from './effect.ts';
import type { Stage } from './kept-stages.ts';
import type { Footprint } from './footprint.ts';
import type { Heading } from './heading.ts';
import type { Heard } from './hearing.ts';
import type { Failing, FileOfOthers, StateSheet } from './measure-definition.ts';
import type { Deadline } from './deadline.ts';
import type { Debt } from './debt.ts';
import type { Parsed } from './input.ts';
import type { Matter, UnitRef } from './matter.ts';
import type { Refusal, RefusalTable } from './refusal.ts';
import type { Warning } from './warning.ts';
import type { Wording } from './wording.ts';

/** A command as documents and the portal show it. */
export interface CommandSheet {
  readonly name: string;
  readonly title: string;
  readonly from: readonly string[];
  readonly by: readonly string[];
  readonly input: z.ZodMiniType;
  /** A head of the unit may have to sign it 审签: it can be put forward. */
  readonly signed: boolean;
}

/** A measure whose own types are closed over: what functions, views and documents work with. */
export interface Measure {
  readonly kind: string;
  readonly collection: string;
  readonly title: string;
  /** What only it can be refused with, beside `commonRefusals`. */
  readonly refusals: RefusalTable;
  readonly states: readonly StateSheet[];
  /** Whoever reads a matter of it, or takes a paper of it along, leaves a line in the log. */
  readonly confidential: boolean;
  readonly wording: Wording;
  /** Its to-dos stand before those of other measures. */
  readonly fast: boolean;
  /** Everybody who is signed in may at times know of a matter of it, whatever unit or person it is about. */
  readonly publicNotices: boolean;
  /** Copies of its letters go to units that a matter is not about. */
  readonly copied: boolean;
  /** Commands that are on the history of nobody but their author and who sees the whole file. */
  readonly authorsAlone: readonly string[];
  /** Whoever may do one of these reads the drafts of a matter, also where it does not see the whole file. */
  readonly approving: readonly string[];
  readonly footprint: Footprint;
  readonly failing: Failing;
  /** The settings without which no matter of it can be opened or get anywhere, … */
  readonly requires: readonly SettingKey[];
  /** … and those of them that it can do without under a policy. */
  readonly spares: (policy: Policy) => readonly SettingKey[];
  /** What it hears of files of other kinds, by the name of the reaction. */
  readonly hears: Readonly<Record<string, Heard>>;
  /** Whether a command, or an own event, means something in the files of others. */
  readonly hasEffects: (what: { readonly command: string } | { readonly events: readonly string[] }) => boolean;
  readonly openingSheet: Omit<CommandSheet, 'from' | 'signed'>;
  readonly commandSheets: readonly CommandSheet[];
  readonly mayOpen: (caller: Caller) => boolean;
  readonly prepareOpening: (body: unknown, caller: Caller) => Parsed<PreparedOpening<StoredEvent>>;
  /** A stored event in the present words of the measure: what was written is shown in the words that hold today. */
  readonly raised: (stored: StoredEvent) => StoredEvent;
  /** Folds a matter from its commits, oldest first; undefined where there are none. */
  readonly fold: (id: string, file: readonly Commit[]) => OpenMatter | undefined;
  /** The matter as it stood after each commit from a version on, oldest first: one pass over the file, whatever its length. */
  readonly stages: (id: string, file: readonly Commit[], from: number) => Iterable<Stage<OpenMatter>>;
}

/** What a matter is heading for, and the matter as it will then be. */
export interface OpenHeading extends Omit<Heading<never>, 'as'> {
  readonly on: OpenMatter;
}

/** A matter with everything that can be asked of it. */
export interface OpenMatter {
  readonly matter: Matter;
  readonly measure: Measure;
  readonly final: boolean;
  /** Its file holds what only a newer release knows: it can be read, and nothing is done to it. */
  readonly newer: boolean;
  readonly similarity: string;
  readonly headline: string;
  readonly booking: Booking | undefined;
  /** What lists show of it beside, to whoever sees the file or its own. */
  readonly shown: Readonly<Record<string, unknown>> | undefined;
  /** The office that handles it, as gates and to-do lists know it. */
  readonly handler: Assignee;
  /** Offices of the same kind, which see what the handler does and leave it to the handler. */
  readonly onlookers: readonly Assignee[];
  /** The unit of that office that handles this matter. */
  readonly office: UnitRef;
  readonly gate: Gate;
  readonly sees: (caller: Caller) => Sight | undefined;
  readonly details: (sight: Sight, caller: Caller) => Record<string, unknown>;
  /** The files of others that its warnings look at. */
  readonly warningsOn: readonly FileRef[];
  /** What whoever sees it so should know, although nothing is refused. */
  readonly warnings: (sight: Sight, file?: FileOfOthers) => readonly Warning[];
  readonly knows: (command: string) => boolean;
  /** Whether the caller's role and unit may do it. */
  readonly permits: (command: string, caller: Caller) => boolean;
  /** Why this person may not act on this matter, whatever the role: recused, or a subject that would act by authority. */
  readonly barred: (command: string, caller: Caller) => Refusal | undefined;
  /** Whether the state allows it today. */
  readonly possible: (command: string, today: CivilDate) => boolean;
  readonly allowed: (caller: Caller, today: CivilDate) => string[];
  /** Those and what only a rule about persons keeps the caller from. */
  readonly offered: (caller: Caller, today: CivilDate) => string[];
  /** Why a command cannot be done whatever is said with it; undefined where that decides. */
  readonly blocked: (command: string, known: Known) => Blocked;
  /** Whether a command has to be put forward for a head of the caller's unit to sign 审签. */
  readonly toBeSigned: (command: string, known: Known) => boolean;
  /** `forSignature`: it is not done yet, but put forward for a head of the unit to sign 审签. */
  readonly prepare: (command: string, body: unknown, forSignature?: boolean) => Parsed<Prepared<StoredEvent>>;
  /** What it is heading for, from which drafts are made; undefined where nothing would go out next, or nothing is known of it. */
  readonly heading: () => OpenHeading | undefined;
  readonly todos: () => Todo[];
  /** Whether the caller owes a deadline, or reads for the unit that does: then it reads what was asked and answered about it. */
  readonly owes: (deadline: string, caller: Caller) => boolean;
  /** What a unit or a person owes under a deadline; undefined where an office does. */
  readonly debt: (deadline: Deadline) => Debt | undefined;
  /** The directory entries that a notice about this matter needs. */
  readonly noticeNeeds: Needs;
  /** What happened elsewhere, by the name of the reaction: what it needs to know, and its decision. */
  readonly reaction: (name: string, data: unknown) => Pick<Prepared<StoredEvent>, 'needs' | 'decide'>;
  /** What it means in the files of others. */
  readonly effects: readonly OpenEffect[];
  /** What the clock makes of a deadline: nothing where it is met, moved, or already said. */
  readonly deadlineReached: (deadline: string, context: Context) => OpenDecision;
  /** The open deadlines counted again by the context's calendar: nothing where none moves. */
  readonly recountDeadlines: (context: Context) => OpenDecision;
}
