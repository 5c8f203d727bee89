import { type Caller, personsBehind } from '@dandang/access/caller.ts';
import { sightOf } from '@dandang/access/gate.ts';
import { type Assignee, type Involved, readsAs } from '@dandang/access/party.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import {
  type Command,
  type Context,
  type FileRef,
  type Needs,
  noLetters,
  nothingNeeded,
  type Prepared,
} from './command.ts';
import type { StoredEvent } from './commit.ts';
import { commonCommands } from './common-commands.ts';
import { eventReader } from './event-reader.ts';
import { foldingOf } from './folding.ts';
import { footprintOf } from './footprint.ts';
import { type MeasureDefinition, officeOf, sheetOf } from './measure-definition.ts';
import { deadlineReached, recountDeadlines } from './deadline-acts.ts';
import { debtOf } from './debt.ts';
import { parseInput } from './input.ts';
import type { HeadingOf } from './heading.ts';
import type { Matter } from './matter.ts';
import { type Refusal, refuse } from './refusal.ts';
import { standingAside, todosOf } from './todos.ts';
import { isUnsigned, notSigned, putForward, signingCommands, withSignature } from './sign-off.ts';
import type { Measure, OpenHeading, OpenMatter } from './measure.ts';

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
  const commandNamed = (name: string): Command<S, D, E> | undefined =>
    Object.hasOwn(commands, name) ? commands[name] : undefined;

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

  const hasTurn = (name: string, caller: Caller, matter: Matter<S, D>): boolean =>
    commandNamed(name)?.turn(matter, caller) ?? false;
  /** What role and state permit. */
  const offered = (caller: Caller, matter: Matter<S, D>, today: CivilDate): string[] =>
    Object.keys(commands).filter(
      (name) => permits(name, caller, matter) && possible(name, matter, today) && hasTurn(name, caller, matter),
    );
  /** The same decision, for whose turn it is. */
  const inTurn = (command: Command<S, D, E>, matter: Matter<S, D>, prepared: Prepared<E>): Prepared<E> => ({
    ...prepared,
    decide: (context) =>
      command.turn(matter, context.by)
        ? prepared.decide(context)
        : refuse('not-now', { state: matter.state, allowed: [] }),
  });

  const handlerOf = (matter: Matter<S, D>): Assignee => {
    const [handler] = officeOf(definition, matter).assignees(matter);
    if (handler === undefined) throw new Error(`nobody handles ${definition.kind} ${matter.id}`);
    return handler;
  };

  const headingOf = (matter: Matter<S, D>): OpenHeading | undefined => {
    const declared: HeadingOf<Matter<S, D>> | undefined = definition.heading?.[matter.state];
    if (declared === undefined) return undefined;
    const found = typeof declared === 'string' ? { command: declared } : declared(matter);
    return found && { ...found, on: open(found.as ?? matter) };
  };

  const opened = (matter: Matter<S, D>): OpenMatter => ({
    matter,
    measure,
    final: finals.has(matter.state),
    newer: matter.newer !== undefined,
    similarity: definition.similarity(matter),
    headline: definition.headline(matter),
    booking: definition.booking?.(matter),
    shown: definition.listed?.(matter),
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
      offered(caller, matter, today).filter((name) => barred(name, caller, matter) === undefined),
    offered: (caller, today) => offered(caller, matter, today),
    blocked: (name, known) => commandNamed(name)?.blocked(matter, known),
    toBeSigned: (name, known) => commandNamed(name)?.signed === true && isUnsigned(matter, known),
    prepare: (name, body, forSignature = false) => {
      const command = commandNamed(name);
      if (command === undefined) return { ok: false, refusal: refuse('not-found') };
      const prepared = command.prepare(matter, body);
      if (!prepared.ok) return prepared;
      const value = inTurn(command, matter, { ...prepared.value, needs: named(prepared.value.needs) });
      if (forSignature && !command.signed) return { ok: false, refusal: notSigned };
      if (!command.signed) return { ok: true, value };
      const signing = { command: name, input: body, prepared: value };
      return { ok: true, value: forSignature ? putForward(matter, signing) : withSignature(matter, value) };
    },
    heading: () => headingOf(matter),
    todos: () => todosOf(definition, commands, matter),
    owes: (name, caller) => {
      const owed = sheetOf(definition, name)?.owedBy;
      return owed !== undefined && readsAs(owed, caller, matter);
    },
    debt: (deadline) => debtOf(definition, matter, deadline),
    noticeNeeds: definition.notices.needs(matter),
    reaction: (name, data) => {
      const reaction = definition.hears?.[name];
      if (reaction === undefined) return { needs: nothingNeeded, decide: () => [] };
      const needs = named(reaction.needs(matter, data));
      return { needs, decide: (context) => reaction.decide(matter, data, context) };
    },
    effects: (definition.effects ?? []).map(({ needs, files, say, ...effect }) => ({
      ...effect,
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
    refusals: definition.refusals ?? {},
    states: definition.states,
    confidential: definition.confidential ?? false,
    wording: definition.wording ?? { kind: definition.kind, texts: {} },
    fast: definition.fast ?? false,
    publicNotices: definition.publicNotices ?? false,
    copied: definition.copied ?? false,
    authorsAlone: definition.authorsAlone ?? [],
    approving: definition.approving ?? [],
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
