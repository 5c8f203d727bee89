import type { Caller } from '@dandang/access/caller.ts';
import type { Sight } from '@dandang/access/gate.ts';
import type { Calendar } from '@dandang/calendar/calendar.ts';
import { addDays, chinaDate, type CivilDate, type Instant, yearOf } from '@dandang/calendar/civil-date.ts';
import type { AttachmentFacts } from '@dandang/casework/attachment.ts';
import type { Booking } from '@dandang/casework/booking.ts';
import {
  type Context,
  type FileRef,
  type Needs,
  nothingNeeded,
  type OpenDecision,
  type Prepared,
} from '@dandang/casework/command.ts';
import {
  type Actor,
  actorOf,
  clockActor,
  type Commit,
  firstPreviousHash,
  reactionActor,
  seal,
  type SealedCommit,
  type StoredEvent,
  unseal,
} from '@dandang/casework/commit.ts';
import { type ChaserSheet, chaserId, issueSheet } from '@dandang/casework/chaser-sheet.ts';
import { chaseLines, sheetNoted } from '@dandang/casework/chasing.ts';
import { handledBy } from '@dandang/casework/delivery-head.ts';
import { type Light, lightOn, nextAct } from '@dandang/casework/deadline.ts';
import type { Directory, Official, Unit } from '@dandang/casework/directory.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { documentNumber } from '@dandang/letters/number.ts';
import type { Policy } from '@dandang/policy/policy.ts';

/**
 * Given – when – then over a measure, without any store. A story is a file of sealed commits; it folds them and asks the
 * same questions in the same order as `packages/accept/accept.ts`. Every part is immutable, so one beginning serves many
 * tests:
 *
 *     const issued = given(reminder).opened(clerk, body).and('submit', clerk).and('approve', chief, { opinion: '同意' })
 *     issued.when('reply', liaison, { measures: '…' }, { now: '…' }).then({ state: 'replied' });
 *     issued.when('reply', stranger, { measures: '…' }).then({ refused: 'not-found' });
 */

/** The facts that decisions of a story look up. */
export interface World {
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly units: readonly Unit[];
  readonly officials: readonly Official[];
  /** The files of other matters, by key (`reminder/m1`); another story's `commits` will do. */
  readonly files?: Readonly<Record<string, readonly Commit[]>>;
  readonly bookings?: readonly Booking[];
  /** Whom a person stands in for, by the person's id. */
  readonly standIns?: Readonly<Record<string, readonly string[]>>;
  readonly attachments?: readonly AttachmentFacts[];
  /** Deliveries that did not arrive; every other did. */
  readonly undelivered?: readonly string[];
}

/** When a story begins: a Monday with five ordinary weeks before it meets a holiday. */
export const beginning: Instant = '2026-03-02T09:00:00.000+08:00';

/** An instant of a day in China: `at('2026-03-09', '23:59')`. */
export const at = (day: CivilDate, time = '09:00'): Instant => `${day}T${time}:00.000+08:00`;

interface When {
  readonly now?: Instant;
  /** It is put forward for a head of the unit to sign. */
  readonly forSignature?: boolean;
}

/** What `then` compares; what is left out is not looked at. Events are the types of what the step added. */
export interface Expected {
  readonly refused?: Refusal['refused'];
  readonly detail?: string;
  readonly state?: string;
  readonly events?: readonly string[];
  /** Types of the letters that the step issued, each with `as:recipient` of its deliveries. */
  readonly letters?: Readonly<Record<string, readonly string[]>>;
}

type Decide = (context: Context) => OpenDecision;

/** What the story's directory gives: only what was asked for beforehand, like the one that a function loads. */
function directoryOf(world: World, needs: Needs, by: Caller): Directory {
  const officials = world.officials.filter((one) => needs.officials.includes(one.id));
  const theirs = needs.unitsOfOfficials === true ? officials.map((one) => one.unit) : [];
  const actors = needs.unitOfActor === true ? [by.unit] : [];
  const wanted = [...needs.units, ...theirs, ...actors, ...(needs.unitsUnder?.(world.policy) ?? [])];
  const units = world.units.filter((one) => wanted.includes(one.id));
  return {
    unit: (id) => units.find((one) => one.id === id),
    official: (id) => officials.find((one) => one.id === id),
  };
}

/** Decides as a function does: with placeholders first, then with numbers, so that a refusal uses none up. */
function decideWithNumbers(prepared: Prepared<StoredEvent>, context: Context, given: number): OpenDecision {
  const first = prepared.decide(context);
  if (isRefusal(first)) return first;
  const wanted = prepared.numbers(context);
  const year = yearOf(context.today);
  const numbers = new Map(
    wanted.map(({ letter, series }, index) => [letter, documentNumber(series, year, given + index + 1)]),
  );
  const numbered = { ...context, numberOf: (letter: string) => numbers.get(letter) ?? '' };
  const decision = wanted.length === 0 ? first : prepared.decide(numbered);
  expectAsPreviewed(decision, prepared.letters(wanted.length === 0 ? context : numbered));
  return decision;
}

/** Whatever is accepted in any story issues exactly the letters that could be read before. */
function expectAsPreviewed(decision: OpenDecision, previewed: ReturnType<Prepared<StoredEvent>['letters']>): void {
  if (isRefusal(decision)) return;
  const issued = decision.filter(({ type }) => type === 'LettersIssued').map(({ data }) => data);
  const expected = isRefusal(previewed) ? previewed : previewed.length === 0 ? [] : [{ letters: previewed }];
  if (JSON.stringify(issued) !== JSON.stringify(expected)) throw new Error('what was issued is not what was previewed');
}

/** Sealed commits never change, and a story reads its own again at every step. */
const read = new WeakMap<SealedCommit, Commit>();
function readOnce(sealed: SealedCommit): Commit {
  const known = read.get(sealed) ?? unseal(sealed);
  read.set(sealed, known);
  return known;
}

const nobody: Caller = { id: 'clock', name: '时钟', unit: '', roles: [] };

/** Where a story stands: an empty file, or a matter. */
export class Story {
  readonly measure: Measure;
  readonly world: World;
  readonly id: string;
  readonly now: Instant;
  readonly file: readonly SealedCommit[];
  /** The chaser sheets that named it. */
  readonly sheets: readonly ChaserSheet[];
  #folded: OpenMatter | undefined;

  constructor(
    measure: Measure,
    world: World,
    id: string,
    now: Instant,
    file: readonly SealedCommit[],
    sheets: readonly ChaserSheet[] = [],
  ) {
    this.sheets = sheets;
    this.measure = measure;
    this.world = world;
    this.id = id;
    this.now = now;
    this.file = file;
  }

  get key(): string {
    return `${this.measure.kind}/${this.id}`;
  }

  get commits(): readonly Commit[] {
    return this.file.map(readOnce);
  }

  /** The matter with everything that can be asked of it, folded once. Throws before it was opened. */
  get open(): OpenMatter {
    this.#folded ??= this.measure.fold(this.id, this.commits);
    if (this.#folded === undefined) throw new Error('the story has not begun');
    return this.#folded;
  }

  get state(): string {
    return this.open.matter.state;
  }

  get events(): readonly StoredEvent[] {
    return this.commits.flatMap((commit) => commit.events);
  }

  /** What the caller may do now; nothing where it may not even know of the matter. */
  /** What a command is refused with whatever is said with it; undefined where what is said decides. */
  foretold(command: string, by: Caller, now: Instant = this.now): string | undefined {
    const blocked = this.open.blocked(command, this.context(by, now, nothingNeeded));
    return blocked === 'on-file' || blocked === undefined ? undefined : blocked.refused;
  }

  allowed(caller: Caller, now: Instant = this.now): readonly string[] {
    return this.open.sees(caller) === undefined ? [] : this.open.allowed(caller, chinaDate(now));
  }

  /** The `details` that the caller is shown, or undefined where it may not know of the matter. */
  detailsFor(caller: Caller): Record<string, unknown> | undefined {
    const sight: Sight | undefined = this.open.sees(caller);
    return sight === undefined ? undefined : this.open.details(sight, caller);
  }

  light(deadline: string, day: CivilDate): Light | undefined {
    const found = this.open.matter.deadlines.find((one) => one.name === deadline);
    return found === undefined ? undefined : lightOn(found, day);
  }

  /** The story in a world that has changed meanwhile. */
  within(change: Partial<World>): Story {
    return new Story(this.measure, { ...this.world, ...change }, this.id, this.now, this.file, this.sheets);
  }

  opened(by: Caller, body: unknown, when: When = {}): Story {
    return this.whenOpened(by, body, when).story;
  }

  /** A step that must be accepted. */
  and(command: string, by: Caller, body: unknown = {}, when: When = {}): Story {
    return this.when(command, by, body, when).story;
  }

  /** A timer of the deadline fires; it may have nothing to say. */
  andClock(deadline: string, now: Instant): Story {
    return this.whenClock(deadline, now).story;
  }

  /**
   * Lets the days go by: on each of them the sweep after midnight and the one in working hours fire the timers whose
   * day has come, as `functions/deadlines` does.
   */
  throughDay(last: CivilDate): Story {
    let story = this.within({});
    for (let day = chinaDate(this.now); day <= last; day = addDays(day, 1))
      for (const time of ['00:05', '10:00']) {
        if (at(day, time) < this.now) continue;
        if (time === '10:00') story = story.andChased(at(day, time));
        else
          for (const deadline of story.open.matter.deadlines) {
            const act = nextAct(deadline);
            const due = act !== undefined && act.on <= day && act.what !== 'chase';
            if (due) story = story.andClock(deadline.name, at(day, time));
          }
      }
    return story;
  }

  /** The chaser sheets of a day go out, as far as this matter is on them; it may have nothing to be chased for. */
  andChased(now: Instant): Story {
    return this.whenChased(now).story;
  }

  whenChased(now: Instant): Attempt {
    const on = chinaDate(now);
    const { undelivered = [], calendar, policy } = this.world;
    const lines = !calendar.isWorkingDay(on)
      ? []
      : chaseLines(this.open, on).filter(({ toldBy }) => toldBy === undefined || !undelivered.includes(toldBy));
    let story = this.within({});
    for (const to of new Set(lines.map(({ debtor }) => debtor.id))) {
      const theirs = lines.filter(({ debtor }) => debtor.id === to);
      const [first] = theirs;
      if (first === undefined || !theirs.some(({ due }) => due)) continue;
      const { debtor, office, handler, confidential } = first;
      const whose = { office: office.id, recipient: debtor, on, confidential };
      if (this.sheets.some(({ id }) => id === chaserId(whose))) continue;
      const { unit, official } = directoryOf(
        this.world,
        { units: [office.id, debtor.id], officials: [debtor.id] },
        nobody,
      );
      const mail = (debtor.kind === 'unit' ? unit(debtor.id) : official(debtor.id))?.mail;
      const { data } = issueSheet({
        ...whose,
        officeName: unit(office.id)?.name ?? office.name,
        handledBy: handledBy(handler),
        to: { ...debtor, mail },
        contact: unit(office.id)?.contact,
        policy,
        lines: theirs,
      });
      const sheet = { id: chaserId(whose), ...data };
      const noted = story.#reaction('chased', clockActor, now, (context) =>
        sheetNoted(story.open, sheet, context),
      ).story;
      story = new Story(this.measure, this.world, this.id, now, noted.file, [...story.sheets, sheet]);
    }
    return new Attempt(this, story, undefined);
  }

  /** A sheet is heard of again, or late. */
  whenNoted(sheet: ChaserSheet, now: Instant = this.now): Attempt {
    return this.#reaction('chased', clockActor, now, (context) => sheetNoted(this.open, sheet, context));
  }

  whenOpened(by: Caller, body: unknown, { now = this.now }: When = {}): Attempt {
    const outcome = (): OpenDecision => {
      if (!this.measure.mayOpen(by)) return refuse('not-yours');
      const prepared = this.measure.prepareOpening(body, by);
      if (!prepared.ok) return prepared.refusal;
      return decideWithNumbers(prepared.value, this.context(by, now, prepared.value.needs), 0);
    };
    return this.#attempt('open', actorOf(by), now, outcome());
  }

  when(command: string, by: Caller, body: unknown = {}, when: When = {}): Attempt {
    const done = when.forSignature === true ? 'put-forward' : command;
    return this.#attempt(done, actorOf(by), when.now ?? this.now, this.#decide(command, by, body, when));
  }

  whenClock(deadline: string, now: Instant): Attempt {
    return this.#reaction('deadline-reached', clockActor, now, (context) =>
      this.open.deadlineReached(deadline, context),
    );
  }

  /** Something happened to another file: the measure's own reaction of that name. */
  whenReaction(name: string, data: unknown, now: Instant = this.now): Attempt {
    const { needs, decide } = this.open.reaction(name, data);
    return this.#attempt(name, reactionActor, now, decide(this.context(nobody, now, needs)));
  }

  /** Another edition of the calendar comes into force. */
  whenRecounted(calendar: Calendar, now: Instant = this.now): Attempt {
    const story = this.within({ calendar });
    return story.#reaction('calendar-changed', reactionActor, now, (context) => story.open.recountDeadlines(context));
  }

  /** Something happened to another file, and this matter hears of it by the name of its reaction. */
  whenReacted(name: string, data: unknown, now: Instant = this.now): Attempt {
    const { needs, decide } = this.open.reaction(name, data);
    return this.#attempt(name, reactionActor, now, decide(this.context(nobody, now, needs)));
  }

  #reaction(command: string, by: Actor, now: Instant, decide: Decide): Attempt {
    return this.#attempt(command, by, now, decide(this.context(nobody, now, this.open.noticeNeeds)));
  }

  #decide(command: string, by: Caller, body: unknown, { now = this.now, forSignature }: When): OpenDecision {
    const { open } = this;
    const today = chinaDate(now);
    if (open.sees(by) === undefined || !open.knows(command)) return refuse('not-found');
    if (!open.permits(command, by)) return refuse('not-yours');
    const prepared = open.prepare(command, body, forSignature);
    if (!prepared.ok) return prepared.refusal;
    if (!open.possible(command, today))
      return refuse('not-now', { state: open.matter.state, allowed: open.allowed(by, today) });
    const barred = open.barred(command, by);
    if (barred !== undefined) return barred;
    const given = open.matter.letters.filter((letter) => letter.number !== undefined).length;
    return decideWithNumbers(prepared.value, this.context(by, now, prepared.value.needs), given);
  }

  /** The letters that a command would issue now, as its author could read them before; no number is given out. */
  previewed(command: string, by: Caller, body: unknown = {}): ReturnType<Prepared<StoredEvent>['letters']> {
    const prepared = this.open.prepare(command, body);
    if (!prepared.ok) return prepared.refusal;
    return prepared.value.letters(this.context(by, this.now, prepared.value.needs));
  }

  /** What a decision may know. */
  context(by: Caller, now: Instant, needs: Needs): Context {
    const { policy, calendar } = this.world;
    return {
      now,
      today: chinaDate(now),
      by,
      standsInFor: needs.standIns === true ? (this.world.standIns?.[by.id] ?? []) : [],
      policy,
      calendar,
      yellowWorkingDays: policy.settings['deadline.yellowWorkingDays'].value ?? 0,
      directory: directoryOf(this.world, needs, by),
      file: this.#fileFor(needs),
      holders: (role, unit) =>
        (needs.holdersOf ?? []).includes(role)
          ? this.world.officials
              .filter((one) => one.roles?.includes(role) === true && (unit === undefined || one.unit === unit))
              .map(({ id }) => id)
          : [],
      bookings: (this.world.bookings ?? []).filter((one) => (needs.bookingsOn ?? []).includes(chinaDate(one.at))),
      attachment: (id) =>
        (needs.attachments ?? []).includes(id) ? this.world.attachments?.find((one) => one.id === id) : undefined,
      matterKey: this.key,
      numberOf: () => '〔〕号',
    };
  }

  /** Only the files that were asked for, and those that they name. */
  #fileFor({ files = [], filesBehind }: Needs): Context['file'] {
    const among =
      (named: readonly FileRef[]): Context['file'] =>
      ({ kind, id }) =>
        named.some((one) => one.kind === kind && one.id === id)
          ? (this.world.files?.[`${kind}/${id}`] ?? this.#sent(kind, id))
          : [];
    return among([...files, ...(filesBehind?.(among(files)) ?? [])]);
  }

  /** The file of a delivery as far as a rule asks for it, where a test says nothing else. */
  #sent(kind: string, id: string): readonly Commit[] {
    const [first] = this.commits;
    if (first === undefined || kind !== 'delivery' || this.world.undelivered?.includes(id) === true) return [];
    return this.open.matter.letters.flatMap(({ type: documentType, typeName, issuer, deliveries }) =>
      deliveries
        .filter((planned) => planned.id === id)
        .map((planned) => {
          const data = { ...planned, documentType, typeName, issuer, handledBy: '', attachLetter: false };
          const sent = { type: 'AttemptSucceeded', data: { attempt: 1 } };
          return { ...first, events: [{ type: 'DeliveryQueued', data }, sent] };
        }),
    );
  }

  #attempt(command: string, by: Actor, now: Instant, decision: OpenDecision): Attempt {
    if (isRefusal(decision)) return new Attempt(this, this, decision);
    const moved = new Story(this.measure, this.world, this.id, now, this.file, this.sheets);
    if (decision.length === 0) return new Attempt(this, moved, undefined);
    const { policy, calendar } = this.world;
    const version = this.file.length + 1;
    const sealed = seal({
      matter: this.key,
      version,
      at: now,
      by,
      command,
      request: { id: `request-${version}`, body: '' },
      policy: { id: policy.id, edition: policy.edition },
      calendar: calendar.edition,
      events: decision,
      previousHash: this.file.at(-1)?.hash ?? firstPreviousHash,
    });
    const after = new Story(this.measure, this.world, this.id, now, [...this.file, sealed], this.sheets);
    return new Attempt(this, after, undefined);
  }
}

/** What came of one step: a refusal, or the story after it. */
export class Attempt {
  readonly before: Story;
  readonly refusal: Refusal | undefined;
  readonly #after: Story;

  constructor(before: Story, after: Story, refusal: Refusal | undefined) {
    this.before = before;
    this.#after = after;
    this.refusal = refusal;
  }

  /** The story after the step. Throws where it was refused. */
  get story(): Story {
    if (this.refusal !== undefined) throw new Error(`refused: ${JSON.stringify(this.refusal)}`);
    return this.#after;
  }

  /** What the step put on file. */
  get events(): readonly StoredEvent[] {
    return this.#after.commits.slice(this.before.file.length).flatMap((commit) => commit.events);
  }

  /** The letters that the step issued. */
  get letters(): OpenMatter['matter']['letters'] {
    const had = this.before.file.length === 0 ? 0 : this.before.open.matter.letters.length;
    return this.#after.file.length === 0 ? [] : this.#after.open.matter.letters.slice(had);
  }

  /** Compares with what was expected; what is refused leaves the file as it was. Gives the story to go on with. */
  then(expected: Expected): Story {
    expect({ ...this.#seen(expected) }).toEqual(expected);
    return this.#after;
  }

  /** Nothing was put on file, and nothing refused. */
  thenNothing(): Story {
    expect({ refused: this.refusal, events: this.events }).toEqual({ refused: undefined, events: [] });
    return this.#after;
  }

  /** What was expected is looked at, and a refusal always, so that it cannot hide. */
  #seen(expected: Expected): Expected {
    const { refusal } = this;
    return {
      ...(refusal === undefined ? {} : { refused: refusal.refused }),
      ...(expected.detail === undefined ? {} : { detail: refusal?.detail ?? '' }),
      ...(expected.state === undefined ? {} : { state: refusal?.state ?? this.#after.state }),
      ...(expected.events === undefined ? {} : { events: this.events.map((event) => event.type) }),
      ...(expected.letters === undefined
        ? {}
        : {
            letters: Object.fromEntries(
              this.letters.map((letter) => [
                letter.type,
                letter.deliveries.map((one) => `${one.as}:${one.recipient.id}`),
              ]),
            ),
          }),
    };
  }
}

/** An empty story of a measure in a world. */
export const given = (measure: Measure, world: World, now: Instant = beginning): Story =>
  new Story(measure, world, 'm1', now, []);
