import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { type Commit } from '@dandang/casework/commit.ts';
import { isOpen, nextAct } from '@dandang/casework/deadline.ts';
import { foldDelivery, handlerOf } from '@dandang/casework/delivery.ts';
import { officialEvents, unitEvents } from '@dandang/casework/directory.ts';
import { foldStandIn } from '@dandang/casework/stand-in.ts';
import { summarize } from '@dandang/casework/matter-summary.ts';
import type { Measure, OpenMatter } from '@dandang/casework/measure.ts';
import { rowOfDelivery } from '@dandang/casework/delivery-row.ts';
import type { ActRow, DeadlineRow, TodoRow } from '@dandang/casework/work-rows.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import {
  bookingsByDay,
  deadlineActs,
  deadlineChases,
  deliveriesByMatter,
  deliveriesByRecipient,
  deliveriesByState,
  deliveryHeads,
  heldMails,
  matterHeads,
  matterKey,
  mattersByOfficial,
  mattersByState,
  mattersByUnit,
  officials,
  officialsByRole,
  officialsByUnit,
  openDeadlines,
  type FileRef,
  type RowKey,
  standInsByPerson,
  todos,
  unitOpenDeadlines,
  units,
} from '@dandang/store/keys.ts';
import type { ViewRow } from '@dandang/store/view-store.ts';

/** A row before it has a version. */
type Row = Omit<ViewRow, 'version'>;

const placed = ({ pk, sk }: RowKey, data: unknown, listing?: ViewRow['listing']): Row =>
  listing === undefined ? { pk, sk, data } : { pk, sk, data, listing };

/** The rows of a matter as it stands (`docs/architecture.md`, Files). */
function matterRows(measure: Measure, open: OpenMatter): Row[] {
  const { matter, booking } = open;
  const ref: FileRef = { kind: matter.kind, id: matter.id };
  const summary = summarize(open);
  const named = {
    matter: { ...ref, collection: measure.collection, headline: open.headline },
    gate: summary.gate,
  };
  const concerned = new Set([
    ...matter.subjects.map((one) => one.id),
    ...[...open.gate.own, ...open.gate.file].flatMap((one) =>
      one.startsWith('person:') ? [one.slice('person:'.length)] : [],
    ),
  ]);
  const deadlineRows = summary.deadlines.filter(isOpen).flatMap((deadline): Row[] => {
    const row: DeadlineRow = { ...named, unit: matter.unit, deadline };
    const { name, dueOn } = deadline;
    return [
      placed(openDeadlines.key(ref, name), row, openDeadlines.listing(ref, name, dueOn)),
      placed(unitOpenDeadlines.key(ref, name), row, unitOpenDeadlines.listing(ref, matter.unit.id, name, dueOn)),
    ];
  });
  const actRows = matter.deadlines.flatMap((deadline): Row[] => {
    const act = nextAct(deadline);
    if (act === undefined) return [];
    const row: ActRow = { matter: matterKey(matter.kind, matter.id), deadline: deadline.name, what: act.what };
    const list = act.what === 'chase' ? deadlineChases : deadlineActs;
    // A deadline that opens again may have its act long behind it; the sweep looks back a week only.
    const changedOn = chinaDate(matter.changedAt);
    const on = act.on < changedOn ? changedOn : act.on;
    return [placed(deadlineActs.key(ref, deadline.name), row, list.listing(ref, deadline.name, on))];
  });
  const todoRows = open.todos().map((todo): Row => {
    const { act, title, since, except } = todo;
    const due = todo.dueOn === undefined ? {} : { dueOn: todo.dueOn };
    const row: TodoRow = { ...named, act, title, since, except, ...due, ...(measure.fast ? { fast: true } : {}) };
    return placed(todos.key(ref, act, todo.assignee), row, todos.listing(ref, act, todo.assignee, since));
  });
  return [
    placed(matterHeads.key(ref), summary, matterHeads.listing(ref, matter.openedAt)),
    placed(mattersByState.key(ref), summary, mattersByState.listing(ref, matter.state, matter.openedAt)),
    placed(mattersByUnit.key(ref), summary, mattersByUnit.listing(ref, matter.unit.id, matter.openedAt)),
    ...[...concerned].map((official) =>
      placed(mattersByOfficial.key(ref, official), summary, mattersByOfficial.listing(ref, official, matter.openedAt)),
    ),
    ...(booking === undefined
      ? []
      : [placed(bookingsByDay.key(ref), booking, bookingsByDay.listing(ref, chinaDate(booking.at), booking.at))]),
    ...deadlineRows,
    ...actRows,
    ...todoRows,
  ];
}

function deliveryRows(id: string, file: readonly Commit[]): Row[] {
  const delivery = foldDelivery(file);
  if (delivery === undefined) return [];
  const row = rowOfDelivery(delivery);
  const { state, queuedAt, recipient, matter } = delivery;
  const ref: FileRef = { kind: 'delivery', id };
  const todo = (act: string, title: string, assignee: Parameters<typeof todos.key>[2]): Row => {
    const named = matter === undefined ? { kind: 'delivery', collection: 'deliveries', id } : matter;
    const headline = `${delivery.typeName}${delivery.number === undefined ? '' : ` ${delivery.number}`}`;
    const data: TodoRow = {
      matter: { ...named, headline },
      act,
      title,
      since: delivery.changedAt,
      except: [],
      gate: row.gate,
    };
    return placed(todos.key(ref, act, assignee), data, todos.listing(ref, act, assignee, delivery.changedAt));
  };
  const { newer } = delivery;
  const signing: Row[] =
    !newer && state === 'sent' && matter !== undefined
      ? [todo('acknowledge', '签收', recipient.kind === 'unit' ? `unit:${recipient.id}` : `person:${recipient.id}`)]
      : [];
  const handler = handlerOf(delivery);
  const undelivered: Row[] =
    !newer && (state === 'failed' || state === 'bounced') && handler !== undefined
      ? [todo('resend', state === 'failed' ? '发送失败，请处理' : '退信，请处理', handler)]
      : [];
  const held: Row[] =
    state === 'queued' && delivery.notBefore !== undefined
      ? [placed(heldMails.key(id), row, heldMails.listing(id, delivery.notBefore))]
      : [];
  return [
    placed(deliveryHeads.key(id), row, deliveryHeads.listing(id, queuedAt)),
    placed(deliveriesByState.key(id), row, deliveriesByState.listing(id, state, queuedAt)),
    placed(deliveriesByRecipient.key(id), row, deliveriesByRecipient.listing(id, recipient.id, queuedAt)),
    ...(matter === undefined
      ? []
      : [placed(deliveriesByMatter.key(id), row, deliveriesByMatter.listing(id, matter, queuedAt))]),
    ...signing,
    ...undelivered,
    ...held,
  ];
}

function unitRows(id: string, file: readonly Commit[]): Row[] {
  const entry = unitEvents.all(file).at(-1)?.data;
  return entry === undefined ? [] : [placed(units.key(id), { id, ...entry }, units.listing(id))];
}

function officialRows(id: string, file: readonly Commit[]): Row[] {
  const entry = officialEvents.all(file).at(-1)?.data;
  if (entry === undefined) return [];
  const row = { id, ...entry };
  return [
    placed(officials.key(id), row, officials.listing(id)),
    placed(officialsByUnit.key(id), row, officialsByUnit.listing(id, row.unit)),
    ...(row.roles ?? []).map((role) => placed(officialsByRole.key(id, role), row, officialsByRole.listing(id, role))),
  ];
}

function standInRows(official: string, file: readonly Commit[]): Row[] {
  const set = foldStandIn(file);
  const listing = set === null ? undefined : standInsByPerson.listing(official, set.person);
  return [placed(standInsByPerson.key(official), { official }, listing)];
}

/** The rows of a file as it stands after the given commits; a file that no view shows has none. */
function rowsOf({ kind, id }: FileRef, file: readonly Commit[]): Row[] {
  const measure = measureOfKind(kind);
  if (measure !== undefined) {
    const open = measure.fold(id, file);
    return open === undefined ? [] : matterRows(measure, open);
  }
  if (kind === 'delivery') return deliveryRows(id, file);
  if (kind === 'unit') return unitRows(id, file);
  if (kind === 'stand-in') return standInRows(id, file);
  return kind === 'official' ? officialRows(id, file) : [];
}

const nameOf = ({ pk, sk }: RowKey): string => `${pk}\n${sk}`;

/**
 * Everything that the views must hold of a file, every row with the file's version. A row that an earlier version had
 * and this one has not is marked: put without a list. Because the marks follow from the commits alone, a writer that is
 * late or comes twice can revive nothing.
 */
export function projection(ref: FileRef, file: readonly Commit[]): ViewRow[] {
  const version = file.at(-1)?.version ?? 0;
  const marked = new Map<string, ViewRow>();
  for (let length = 1; length < file.length; length += 1)
    for (const { pk, sk, data } of rowsOf(ref, file.slice(0, length)))
      marked.set(nameOf({ pk, sk }), { pk, sk, data, version });
  for (const row of rowsOf(ref, file)) marked.set(nameOf(row), { ...row, version });
  return [...marked.values()];
}
