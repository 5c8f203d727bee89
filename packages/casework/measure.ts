import { type Caller, personsBehind } from '@dandang/access/caller.ts';
import { type Gate, type Sight, sightOf } from '@dandang/access/gate.ts';
import { type Assignee, type Involved, readsAs } from '@dandang/access/party.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import type { SettingKey } from '@dandang/policy/settings.ts';
import type * as z from 'zod/mini';
import type { Booking } from './booking.ts';
import {
  type Command,
  type Context,
  type FileRef,
  type Needs,
  noLetters,
  nothingNeeded,
  type OpenDecision,
  type Prepared,
  type PreparedOpening,
  type Todo,
} from './command.ts';
import type { Commit, StoredEvent } from './commit.ts';
import { commonCommands } from './common-commands.ts';
import type { OpenEffect } from './effect.ts';
import { eventReader } from './event-reader.ts';
import { foldingOf } from './folding.ts';
import type { Stage } from './kept-stages.ts';
import { type Footprint, footprintOf } from './footprint.ts';
import type { Heard } from './hearing.ts';
import {
  type Failing,
  type FileOfOthers,
  type MeasureDefinition,
  officeOf,
  sheetOf,
  type StateSheet,
} from './measure-definition.ts';
import type { Deadline } from './deadline.ts';
import { deadlineReached, recountDeadlines } from './deadline-acts.ts';
import { type Debt, debtOf } from './debt.ts';
import { type Parsed, parseInput } from './input.ts';
import type { IssuedLetter } from './letter-issue.ts';
import type { Matter, UnitRef } from './matter.ts';
import type { NoticeOccasion } from './notice.ts';
import { type Refusal, refuse } from './refusal.ts';
import { standingAside, todosOf } from './todos.ts';
import { notSigned, putForward, signingCommands, withSignature } from './sign-off.ts';
import type { Warning } from './warning.ts';

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
  readonly states: readonly StateSheet[];
  /** Whoever reads a matter of it, or takes a paper of it along, leaves a line in the log. */
  readonly confidential: boolean;
  /** Its to-dos stand before those of other measures. */
  readonly fast: boolean;
  /** Everybody who is signed in may at times know of a matter of it, whatever unit or person it is about. */
  readonly publicNotices: boolean;
  /** Copies of its letters go to units that a matter is not about. */
  readonly copied: boolean;
  /** Commands that are on the history of nobody but their author and who sees the whole file. */
  readonly authorsAlone: readonly string[];
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
  /** `forSignature`: it is not done yet, but put forward for a head of the unit to sign 审签. */
  readonly prepare: (command: string, body: unknown, forSignature?: boolean) => Parsed<Prepared<StoredEvent>>;
  readonly todos: () => Todo[];
  /** Whether the caller owes a deadline, or reads for the unit that does: then it reads what was asked and answered about it. */
  readonly owes: (deadline: string, caller: Caller) => boolean;
  /** What a unit or a person owes under a deadline; undefined where an office does. */
  readonly debt: (deadline: Deadline) => Debt | undefined;
  /** A notice of it to whom it concerns; undefined where nobody has to be told. */
  readonly notice: (occasion: NoticeOccasion, context: Context) => IssuedLetter | undefined;
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

const nobody: Involved = { unit: { id: '' }, openedBy: { id: '', unit: '' }, subjects: [] };

/** Makes a measure of its declaration, with the commands that every measure has. */
export function defineMeasure<S extends string, D, E extends StoredEvent, I>(
  definition: MeasureDefinition<S, D, E, I>,
): Measure {
  const commands: Readonly<Record<string, Command<S, D, E>>> = {
    ...commonCommands(definition),
    ...signingCommands(definition.commands),
    ...definition.commands,
  };
  const footprint = footprintOf(definition);
  if (footprint.hears.length > 0 !== (definition.failing.deadLetters !== undefined))
    throw new Error(`${definition.kind} hears of others exactly where it says what its dead letters mean`);
  /** What is asked for must have been declared, since the rights of its functions follow from that. */
  const named = (needs: Needs): Needs => {
    const declared = (files: readonly FileRef[]): readonly FileRef[] => {
      const stray = files.find(({ kind }) => !footprint.reads.includes(kind));
      if (stray !== undefined) throw new Error(`${definition.kind} reads ${stray.kind} without declaring it`);
      return files;
    };
    declared(needs.files ?? []);
    const { filesBehind } = needs;
    return filesBehind === undefined ? needs : { ...needs, filesBehind: (file) => declared(filesBehind(file)) };
  };
  const finals: ReadonlySet<S> = new Set(definition.states.filter((state) => state.final).map((state) => state.name));
  const byName: ReadonlyMap<string, Command<S, D, E>> = new Map(Object.entries(commands));
  const commandNamed = (name: string): Command<S, D, E> | undefined => byName.get(name);

  const matters = foldingOf(definition);

  const permits = (name: string, caller: Caller, matter: Matter<S, D>): boolean =>
    commandNamed(name)
      ?.byNow(matter)
      .some((party) => party.includes(caller, matter)) ?? false;
  const barred = (name: string, caller: Caller, matter: Matter<S, D>): Refusal | undefined => {
    const behind = personsBehind(caller);
    if (standingAside(matter).some((person) => behind.includes(person))) return refuse('recused');
    const command = commandNamed(name);
    const excluded = command?.notFor(matter);
    if (excluded !== undefined && behind.some((person) => excluded.persons.includes(person)))
      return refuse(excluded.rule);
    const parties = command?.by.filter((party) => party.includes(caller, matter)) ?? [];
    const subject = matter.subjects.some((one) => behind.includes(one.id));
    return subject && parties.every((party) => party.office) ? refuse('handler-is-subject') : undefined;
  };
  const possible = (name: string, matter: Matter<S, D>, today: CivilDate): boolean => {
    const command = commandNamed(name);
    return (
      matter.newer === undefined &&
      command !== undefined &&
      command.from.includes(matter.state) &&
      command.available(matter, today)
    );
  };

  const handlerOf = (matter: Matter<S, D>): Assignee => {
    const [handler] = officeOf(definition, matter).assignees(matter);
    if (handler === undefined) throw new Error(`nobody handles ${definition.kind} ${matter.id}`);
    return handler;
  };

  const opened = (matter: Matter<S, D>): OpenMatter => ({
    matter,
    measure,
    final: finals.has(matter.state),
    newer: matter.newer !== undefined,
    similarity: definition.similarity(matter),
    headline: definition.headline(matter),
    booking: definition.booking?.(matter),
    handler: handlerOf(matter),
    onlookers: definition.handlingOffice.assignees(matter).filter((one) => one !== handlerOf(matter)),
    office: definition.handlingUnit?.(matter) ??
      matter.organ ?? { id: matter.openedBy.unit, name: matter.openedBy.unit },
    gate: definition.gate(matter),
    sees: (caller) => sightOf(definition.gate(matter), caller),
    details: (sight, caller) => definition.details(matter, sight, caller),
    warningsOn: named({ ...nothingNeeded, files: definition.warningsOn?.(matter) ?? [] }).files ?? [],
    warnings: (sight, file = () => []) => [
      ...(matter.newer === undefined ? [] : [{ code: 'newer-release', matter: { kind: matter.kind, id: matter.id } }]),
      ...(definition.warnings?.(matter, sight, file) ?? []),
    ],
    knows: (name) => commandNamed(name) !== undefined,
    permits: (name, caller) => permits(name, caller, matter),
    barred: (name, caller) => barred(name, caller, matter),
    possible: (name, today) => possible(name, matter, today),
    allowed: (caller, today) =>
      Object.keys(commands).filter(
        (name) =>
          permits(name, caller, matter) &&
          possible(name, matter, today) &&
          barred(name, caller, matter) === undefined &&
          commandNamed(name)?.offeredTo(matter, caller) === true,
      ),
    prepare: (name, body, forSignature = false) => {
      const command = commandNamed(name);
      if (command === undefined) return { ok: false, refusal: refuse('not-found') };
      const prepared = command.prepare(matter, body);
      if (!prepared.ok) return prepared;
      const value = { ...prepared.value, needs: named(prepared.value.needs) };
      if (forSignature && !command.signed) return { ok: false, refusal: notSigned };
      if (!command.signed) return { ok: true, value };
      const signing = { command: name, input: body, prepared: value };
      return { ok: true, value: forSignature ? putForward(matter, signing) : withSignature(matter, value) };
    },
    todos: () => todosOf(definition, commands, matter),
    owes: (name, caller) => {
      const owed = sheetOf(definition, name)?.owedBy;
      return owed !== undefined && readsAs(owed, caller, matter);
    },
    debt: (deadline) => debtOf(definition, matter, deadline),
    notice: (occasion, context) => definition.notices.write(matter, occasion, context),
    noticeNeeds: definition.notices.needs(matter),
    reaction: (name, data) => {
      const reaction = definition.hears?.[name];
      if (reaction === undefined) return { needs: nothingNeeded, decide: () => [] };
      const needs = named(reaction.needs(matter, data));
      return { needs, decide: (context) => reaction.decide(matter, data, context) };
    },
    effects: (definition.effects ?? []).map(({ after, on, writes, isNewer, needs, files, say }) => ({
      after,
      on,
      writes,
      isNewer,
      needs: needs?.(matter) ?? [],
      files: (context) => files(matter, context),
      say: (file, context) => say(matter, file, context),
    })),
    deadlineReached: (name, context) => deadlineReached(matter, name, definition, context),
    recountDeadlines: (context) => recountDeadlines(matter, definition.notices, context),
  });

  /** What can be asked of a matter follows from it alone: once for each that is kept. */
  const known = new WeakMap<Matter<S, D>, OpenMatter>();
  const open = (matter: Matter<S, D>): OpenMatter => {
    const found = known.get(matter) ?? opened(matter);
    known.set(matter, found);
    return found;
  };

  const measure: Measure = {
    kind: definition.kind,
    collection: definition.collection,
    title: definition.title,
    states: definition.states,
    confidential: definition.confidential ?? false,
    fast: definition.fast ?? false,
    publicNotices: definition.publicNotices ?? false,
    copied: definition.copied ?? false,
    authorsAlone: definition.authorsAlone ?? [],
    footprint,
    failing: definition.failing,
    requires: definition.requires ?? [],
    spares: definition.spares ?? (() => []),
    hears: definition.hears ?? {},
    hasEffects: (what) =>
      (definition.effects ?? []).some(({ after, on }) =>
        'command' in what ? after.includes(what.command) : what.events.some((type) => on.includes(type)),
      ),
    openingSheet: {
      name: 'open',
      title: definition.opening.title,
      by: definition.opening.by.map((party) => party.name),
      input: definition.opening.input,
    },
    commandSheets: Object.entries(commands).map(([name, command]) => ({
      name,
      title: command.title,
      from: command.from,
      by: command.by.map((party) => party.name),
      input: command.input,
      signed: command.signed,
    })),
    mayOpen: (caller) => definition.opening.by.some((party) => party.includes(caller, nobody)),
    prepareOpening: (body, caller) => {
      const parsed = parseInput(definition.opening.input, body);
      if (!parsed.ok) return parsed;
      const value = {
        needs: named(definition.opening.needs(parsed.value, caller)),
        ...noLetters,
        decide: (context: Context) => definition.opening.decide(parsed.value, context),
        origin: definition.opening.origin?.(parsed.value),
      };
      return { ok: true, value };
    },
    raised: eventReader(definition.event, definition.raise).raised,
    fold: (id, file) => {
      const matter = matters.last(id, file);
      return matter === undefined ? undefined : open(matter);
    },
    *stages(id, file, from) {
      for (const { version, as } of matters.from(from, id, file)) yield { version, as: open(as) };
    },
  };
  return measure;
}
