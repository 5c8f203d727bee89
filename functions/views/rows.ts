import type { Gate } from '@dandang/access/gate.ts';
import type { Assignee } from '@dandang/access/party.ts';
import { roles } from '@dandang/access/caller.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { type Commit } from '@dandang/casework/commit.ts';
import { isOpen, nextAct } from '@dandang/casework/deadline.ts';
import { handlerOf, isStuck, messageName } from '@dandang/casework/delivery-head.ts';
import { type Delivery, deliveryStages } from '@dandang/casework/delivery.ts';
import { officialEvents, unitEvents } from '@dandang/casework/directory.ts';
import { foldStandIn } from '@dandang/casework/stand-in.ts';
import { summarize } from '@dandang/casework/matter-summary.ts';
import type { Stage } from '@dandang/casework/kept-stages.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { paperName } from '@dandang/casework/paper-name.ts';
import { rowOfDelivery } from '@dandang/casework/delivery-row.ts';
import type { ActRow, DeadlineRow, TodoRow, UrgingRow } from '@dandang/casework/work-rows.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import {
  bookingsByDay,
  deadlineActs,
  deliveriesByParty,
  deliveriesByMessage,
  deliveriesByState,
  deliveryHeads,
  headOf,
  heldMails,
  type ListParty,
  matterHeads,
  matterKey,
  mattersByOfficial,
  mattersByParty,
  mattersByState,
  mattersByUnit,
  officials,
  officialsByRole,
  officialsByUnit,
  openDeadlines,
  openDeadlinesByParty,
  type FileRef,
  type Listing,
  type RowKey,
  standInsByPerson,
  todos,
  units,
  unitsBySuccessor,
  urgings,
} from '@dandang/store/keys.ts';
import type { ViewRow } from '@dandang/store/view-store.ts';
import { aboutMatter } from './todo-rows.ts';

/** Whether somebody owes what was urged by hand and no sheet has carried to it yet. */
const urgingWaits = ({ matter, final, debt }: OpenMatter): boolean =>
  !final &&
  matter.deadlines.some(
    (one) => isOpen(one) && matter.urged?.waits.includes(one.name) === true && debt(one) !== undefined,
  );

/** A row before it has a version. */
type Row = Omit<ViewRow, 'version'>;

/** A row that holds something; in a list it is only pointed at. */
const holding = (key: RowKey, data: unknown, listing?: Listing): Row =>
  listing === undefined ? { ...key, data } : { ...key, data, listing };

/** A row of a list whose head holds everything. */
const pointing = (key: RowKey, listing: Listing): Row => ({ ...key, data: null, listing });

/** A row that the list shows without a look at anything else. */
const shown = (key: RowKey, listing: Listing, brief: unknown): Row => ({
  ...key,
  data: null,
  listing: { ...listing, brief },
});

/** In whose lists a thing with this gate stands. */
function partiesOf({ file, own, part = [], copy = [] }: Gate): ReadonlySet<ListParty> {
  const everyRole = roles.every((name) => copy.includes(`role:${name}`));
  const copied: readonly ListParty[] = everyRole
    ? [...copy.filter((one) => !one.startsWith('role:')), 'everybody']
    : copy;
  return new Set([...file, ...own, ...part, ...copied]);
}

/** The rows of a matter as it stands (`docs/architecture.md`, Files). */
function matterRows(measure: Measure, open: OpenMatter): Row[] {
  const { matter, booking } = open;
  const ref: FileRef = { kind: matter.kind, id: matter.id };
  const summary = summarize(open);
  const named = {
    matter: { ...ref, collection: measure.collection, headline: open.headline },
    gate: summary.gate,
  };
  // Offices read the list of all.
  const followers = new Set<Assignee>([
    `unit:${matter.unit.id}`,
    ...[...open.gate.file, ...open.gate.own].filter((one) => !one.startsWith('role:')),
  ]);
  const deadlineRows = summary.deadlines.filter(isOpen).flatMap((deadline): Row[] => {
    const row: DeadlineRow = { ...named, unit: matter.unit, deadline };
    const { name, dueOn } = deadline;
    return [
      shown(openDeadlines.key(ref, name), openDeadlines.listing(ref, name, dueOn), row),
      ...[...followers, ...(deadline.of === undefined ? [] : [`unit:${deadline.of}` as const])].map((party) =>
        shown(openDeadlinesByParty.key(ref, name, party), openDeadlinesByParty.listing(ref, name, party, dueOn), row),
      ),
    ];
  });
  const actRows = matter.deadlines.flatMap((deadline): Row[] => {
    const act = nextAct(deadline);
    // What is chased is found by what is overdue.
    if (act === undefined || act.what === 'chase') return [];
    const row: ActRow = { matter: matterKey(matter.kind, matter.id), deadline: deadline.name, what: act.what };
    // A deadline that opens again may have its act long behind it; the sweep looks back a week only.
    const changedOn = chinaDate(matter.changedAt);
    const on = act.on < changedOn ? changedOn : act.on;
    return [shown(deadlineActs.key(ref, deadline.name), deadlineActs.listing(ref, deadline.name, on), row)];
  });
  const urging: UrgingRow = { matter: matterKey(matter.kind, matter.id) };
  const todoRows = open.todos().map((todo): Row => {
    const { act, title, since, except } = todo;
    const due = todo.dueOn === undefined ? {} : { dueOn: todo.dueOn };
    const fast = measure.fast ? { fast: true as const } : {};
    const row: TodoRow = { ...named, act, title, since, except, ...due, ...fast, ...aboutMatter(summary, todo) };
    return shown(todos.key(ref, act, todo.assignee), todos.listing(ref, act, todo.assignee, since), row);
  });
  return [
    holding(matterHeads.key(ref), summary, matterHeads.listing(ref, matter.openedAt)),
    pointing(mattersByState.key(ref), mattersByState.listing(ref, matter.state, matter.openedAt)),
    pointing(mattersByUnit.key(ref), mattersByUnit.listing(ref, matter.unit.id, matter.openedAt)),
    ...[...new Set(matter.subjects.map((one) => one.id))].map((official) =>
      pointing(mattersByOfficial.key(ref, official), mattersByOfficial.listing(ref, official, matter.openedAt)),
    ),
    ...[...partiesOf(open.gate)].map((party) =>
      pointing(mattersByParty.key(ref, party), mattersByParty.listing(ref, party, matter.openedAt)),
    ),
    ...(booking === undefined
      ? []
      : [shown(bookingsByDay.key(ref), bookingsByDay.listing(ref, chinaDate(booking.at), booking.at), booking)]),
    ...deadlineRows,
    ...actRows,
    ...(urgingWaits(open) ? [shown(urgings.key(ref), urgings.listing(ref), urging)] : []),
    ...todoRows,
  ];
}

/** The states after which something is still to come: a signature, another attempt. The others are read by party. */
const unfinished: readonly Delivery['state'][] = ['queued', 'sent', 'failed', 'bounced'];

/** What the handling office has to see to, where a delivery does not arrive. */
function troubleOf(delivery: Delivery): string | undefined {
  if (delivery.state === 'failed') return '发送失败，请处理';
  if (delivery.state === 'bounced') return '退信，请处理';
  return isStuck(delivery) ? '发送受阻，请处理' : undefined;
}

function deliveryRows(id: string, delivery: Delivery): Row[] {
  const row = rowOfDelivery(delivery);
  const { state, queuedAt, recipient, matter } = delivery;
  const ref: FileRef = { kind: 'delivery', id };
  const todo = (act: string, title: string, assignee: Parameters<typeof todos.key>[2]): Row => {
    const named = matter === undefined ? { kind: 'delivery', collection: 'deliveries', id } : matter;
    const data: TodoRow = {
      matter: { ...named, headline: paperName(delivery) },
      act,
      title,
      ...{ since: delivery.changedAt, except: [], gate: row.gate, delivery: id },
      ...(delivery.number === undefined ? {} : { number: delivery.number }),
    };
    return shown(todos.key(ref, act, assignee), todos.listing(ref, act, assignee, delivery.changedAt), data);
  };
  const { newer } = delivery;
  const signing: Row[] =
    !newer && state === 'sent' && matter !== undefined
      ? [todo('acknowledge', '签收', recipient.kind === 'unit' ? `unit:${recipient.id}` : `person:${recipient.id}`)]
      : [];
  const handler = handlerOf(delivery);
  const trouble = troubleOf(delivery);
  const undelivered: Row[] =
    !newer && trouble !== undefined && handler !== undefined ? [todo('resend', trouble, handler)] : [];
  const held: Row[] =
    state === 'queued' && delivery.notBefore !== undefined
      ? [shown(heldMails.key(id), heldMails.listing(id, delivery.notBefore), { id })]
      : [];
  return [
    holding(deliveryHeads.key(id), row),
    // A to-do mail that went out waits for nobody.
    ...(state === 'queued' || (matter !== undefined && unfinished.includes(state))
      ? [pointing(deliveriesByState.key(id), deliveriesByState.listing(id, state, queuedAt))]
      : []),
    ...[...partiesOf(row.gate)].flatMap((party) =>
      party === 'everybody'
        ? []
        : [pointing(deliveriesByParty.key(id, party), deliveriesByParty.listing(id, party, queuedAt))],
    ),
    // What nobody signed for may still come back.
    ...delivery.messageIds
      .map(messageName)
      .filter((name) => name !== undefined)
      .map((name) => pointing(deliveriesByMessage.key(id, name), deliveriesByMessage.listing(id, name, queuedAt))),
    ...signing,
    ...undelivered,
    ...held,
  ];
}

function unitRows(id: string, commit: Commit): Row[] {
  const entry = unitEvents.all([commit]).at(-1)?.data;
  if (entry === undefined) return [];
  const { succeededBy } = entry;
  return [
    holding(units.key(id), { id, ...entry }, units.listing(id)),
    ...(succeededBy === undefined
      ? []
      : [shown(unitsBySuccessor.key(id), unitsBySuccessor.listing(id, succeededBy), { unit: id })]),
  ];
}

function officialRows(id: string, commit: Commit): Row[] {
  const entry = officialEvents.all([commit]).at(-1)?.data;
  if (entry === undefined) return [];
  const row = { id, ...entry };
  return [
    holding(officials.key(id), row, officials.listing(id)),
    pointing(officialsByUnit.key(id), officialsByUnit.listing(id, row.unit)),
    ...(row.roles ?? []).map((role) => pointing(officialsByRole.key(id, role), officialsByRole.listing(id, role))),
  ];
}

function standInRows(official: string, commit: Commit): Row[] {
  const set = foldStandIn([commit]);
  const key = standInsByPerson.key(official);
  return [set === null ? holding(key, null) : shown(key, standInsByPerson.listing(official, set.person), { official })];
}

const nameOf = ({ pk, sk }: RowKey): string => `${pk}\n${sk}`;

/** What the views hold of a file at one of its stages, by name; `says` is what a row shows, as text. */
type Held = ReadonlyMap<string, { readonly row: Row; readonly says: string }>;

const held = (rows: readonly Row[]): Held =>
  new Map(rows.map((row) => [nameOf(row), { row, says: JSON.stringify([row.data, row.listing]) }]));

/** Rows follow from a stage alone: they are made once for each that is kept. */
const known = new WeakMap<OpenMatter | Delivery, Held>();
function once<T extends OpenMatter | Delivery>(stage: T, rows: (stage: T) => readonly Row[]): Held {
  const found = known.get(stage) ?? held(rows(stage));
  known.set(stage, found);
  return found;
}

/** The rows of a file after each of its commits from a version on; a file that no view shows has none. */
function* stagesOf({ kind, id }: FileRef, file: readonly Commit[], from: number): Generator<Stage<Held>> {
  const measure = measureOfKind(kind);
  if (measure !== undefined) {
    for (const { version, as } of measure.stages(id, file, from))
      yield { version, as: once(as, (open) => matterRows(measure, open)) };
  } else if (kind === 'delivery') {
    for (const { version, as } of deliveryStages(file, from))
      yield { version, as: once(as, (delivery) => deliveryRows(id, delivery)) };
  } else {
    // The newest entry says everything.
    const rows = { unit: unitRows, official: officialRows, 'stand-in': standInRows }[kind];
    if (rows === undefined) return;
    // A commit of a newer release says nothing that this one knows: then the one before it still holds.
    let newest: Row[] = [];
    for (const commit of file) {
      const now = rows(id, commit);
      if (now.length > 0) newest = now;
      if (commit.version >= from) yield { version: commit.version, as: held(newest) };
    }
  }
}

/** A row that the views must hold; `since` says from which version of the file on it is what it is. */
export interface RowSince extends Row {
  /** Undefined where it has been so since the version that was known, or longer. */
  readonly since: number | undefined;
}

/**
 * Everything that the views must hold of a file, the head last. `known` is a version as of which they are believed to
 * hold it already (0: nothing): of rows that have changed since it is said when they did, the head with every commit. A row
 * that the file had after `known` or later and has not any more is marked: it holds nothing and is in no list.
 *
 * All of this follows from the commits alone. So of two writers the one with the higher version of a row is right, and
 * with the same version they write the same: a writer that is late, doubled or out of order can revive nothing. One pass
 * over the file, whatever its length.
 */
export function rowsSince(ref: FileRef, file: readonly Commit[], known: number): RowSince[] {
  const head = headOf(ref);
  if (head === undefined) return [];
  const rows = new Map<string, RowSince>();
  /** What each row said at the stage before. */
  const said = new Map<string, string>();
  for (const { version, as: now } of stagesOf(ref, file, known)) {
    const since = version > known ? version : undefined;
    for (const [name, { says, row }] of now) {
      if (said.get(name) !== says || name === nameOf(head)) rows.set(name, { ...row, since });
      said.set(name, says);
    }
    for (const name of [...said.keys()].filter((one) => !now.has(one))) {
      said.delete(name);
      const [pk = '', sk = ''] = name.split('\n');
      rows.set(name, { pk, sk, data: null, since });
    }
  }
  return [...rows.values()].sort((a, b) => Number(nameOf(a) === nameOf(head)) - Number(nameOf(b) === nameOf(head)));
}

/** The rows of a file as the views hold them when all is well, marked ones included. */
export const projection = (ref: FileRef, file: readonly Commit[]): ViewRow[] =>
  rowsSince(ref, file, 0).map(({ since = 0, ...row }) => ({ ...row, version: since }));
