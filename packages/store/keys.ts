import { createHash } from 'node:crypto';
import type { Assignee } from '@dandang/access/party.ts';
import type { CivilDate, Instant } from '@dandang/calendar/civil-date.ts';

/**
 * The only place that spells a key. In the `commits` table the segments of a partition are joined by `/`; in the `views`
 * table parts are joined by `#`, and a part may be a commit partition. So no segment may contain either.
 */

/** A file in `commits`: a matter, or a delivery, a register, a setting … */
export interface FileRef {
  readonly kind: string;
  readonly id: string;
}

/** `/` and `#` would let one key pass for another; control characters and lone surrogates do not survive transport. */
const forbidden = /[/#\p{Cc}]/u;

function segment(value: string): string {
  if (value === '' || forbidden.test(value) || !value.isWellFormed()) {
    throw new RangeError('a key segment is empty or contains a separator, a control character or half a character');
  }
  return value;
}

const partition = (...segments: readonly string[]): string => segments.map(segment).join('/');

/** `reminder/<id>`: the file of a matter. Throws RangeError, as every key does, when a segment is empty or contains `/` or `#`. */
export const matterKey = (kind: string, id: string): string => partition(kind, id);

/** `delivery/<id>`: the file of one letter to one recipient. */
export const deliveryKey = (id: string): string => partition('delivery', id);

/** `chaser/<id>`: what a unit or a person owes to a handling office, as it was chased on a working day. */
export const chaserKey = (id: string): string => partition('chaser', id);

/** `ladder/<official>`: the file of the interviews counted for an official. */
export const ladderKey = (official: string): string => partition('ladder', official);

/** `standing/<official>`: what tolerance decisions mean for an official. */
export const standingKey = (official: string): string => partition('standing', official);

/** `register/<series>/<year>`: the numbers given out in a series in a year. */
export const registerKey = (series: string, year: number): string => partition('register', series, String(year));

/** `settings/<policy>`: what a deployment has set for a policy. */
export const settingsKey = (policyId: string): string => partition('settings', policyId);

/** `calendar/cn`: the imported years of the working-day calendar. */
export const calendarKey = (): string => partition('calendar', 'cn');

/** `unit/<id>`: a unit's entry in the directory. */
export const unitKey = (id: string): string => partition('unit', id);

/** `official/<id>`: an official's entry in the directory. */
export const officialKey = (id: string): string => partition('official', id);

/** `directory-import/<id>`: a table of units and officials that was imported; the id follows from the content's hash. */
export const directoryImportKey = (id: string): string => partition('directory-import', id);

/** `stand-in/<official>`: who stands in for an official, and when. */
export const standInKey = (official: string): string => partition('stand-in', official);

/** `attachment/<id>`: what was announced, and the matters that use it. */
export const attachmentKey = (id: string): string => partition('attachment', id);

/** `schedule/<name>`: the last day a schedule finished. */
export const scheduleKey = (name: string): string => partition('schedule', name);

/** `reminder/*`: every file of a kind, as the rights to put commits spell it. */
export const everyFileOf = (kind: string): string => `${segment(kind)}/*`;

/**
 * Takes a commit partition apart: the first segment is the kind, the rest is the id (`register/督提/2026` has the id
 * `督提/2026`). Throws RangeError when it is not such a key.
 */
export function parseKey(key: string): FileRef {
  const [kind = '', ...rest] = key.split('/');
  if (rest.length === 0) throw new RangeError('not a commit key: no separator');
  return { kind: segment(kind), id: partition(...rest) };
}

/** Over so many partitions the index by day spreads the commits of a day: one takes a thousand writes a second. */
const shards = 10;

/** The partition of the index `by-day` that a commit made on `day` stands in: the file decides, so that all know it. */
export const dayPartition = (day: CivilDate, file: string): string =>
  `${segment(day)}#${createHash('sha256').update(file, 'utf8').digest().readUInt32BE(0) % shards}`;

/** Every partition in which commits of a day may stand. Release 0.1.0 used the bare day. */
export const dayPartitions = (day: CivilDate): string[] => [
  segment(day),
  ...Array.from({ length: shards }, (_, shard) => `${day}#${shard}`),
];

/** The day of a partition of the index `by-day`. */
export const dayOf = (dayPartition: string): CivilDate => dayPartition.slice(0, '2026-09-15'.length);

/** Where a view row is. */
export interface RowKey {
  readonly pk: string;
  readonly sk: string;
}

/**
 * Where a view row is listed: the list's name, and its place there (lists are sorted by `at`). No two rows of a list have
 * the same place, but for the rows of one thing in lists that are read together.
 */
export interface Listing {
  readonly list: string;
  readonly at: string;
}

const joined = (...parts: readonly string[]): string => parts.map(segment).join('#');
const file = ({ kind, id }: FileRef): string => partition(kind, ...id.split('/'));
const matterRow = (matter: FileRef, ...sk: readonly string[]): RowKey => ({
  pk: `matter#${file(matter)}`,
  sk: joined(...sk),
});
/** To-dos come of deliveries too; all rows of a file lie in one partition. */
const rowOf = (ref: FileRef, ...sk: readonly string[]): RowKey =>
  ref.kind === 'delivery' ? { pk: joined('delivery', ref.id), sk: joined(...sk) } : matterRow(ref, ...sk);
const deliveryRow = (id: string, sk: string): RowKey => ({ pk: joined('delivery', id), sk });
/** Newest or oldest first by the instant of opening; the id makes it unique, so that paging never skips a tie. */
const opening = (openedAt: Instant, id: string): string => `${segment(openedAt)}#${partition(...id.split('/'))}`;

/**
 * The upper bound for a list that is to include everything dated `value`: an `at` starts with a date or an instant and
 * goes on with `#`, and `$` is the character behind `#`.
 */
export const upTo = (value: Instant): string => `${segment(value)}$`;

/** The same for a list whose places begin with an instant: everything up to the end of a day. */
export const upToEndOf = (day: CivilDate): string => upTo(`${day}T23:59:59.999+08:00`);

/**
 * The row that holds what is known of a thing, beside which its other rows lie. Lists of matters, deliveries, units and
 * officials only point there.
 */
export const headBeside = ({ pk }: Pick<RowKey, 'pk'>): RowKey => ({ pk, sk: 'head' });

/**
 * Whose list a row stands in: a party of its gate, or everybody who is signed in (a public notice 公示, which would
 * otherwise stand in the list of every role).
 */
export type ListParty = Assignee | 'everybody';

/*
 * One object per access pattern: `key` says where the row is, `list` what a reader asks for, `listing` what a writer
 * puts. A row that leaves its list is put again with the same key and without a listing.
 */

/** All matters of a kind, by opening. */
export const matterHeads = {
  key: (matter: FileRef): RowKey => matterRow(matter, 'head'),
  list: (kind: string): string => segment(kind),
  listing: (matter: FileRef, openedAt: Instant): Listing => ({
    list: matterHeads.list(matter.kind),
    at: opening(openedAt, matter.id),
  }),
};

/** Matters of a kind in a state, by opening. */
export const mattersByState = {
  key: (matter: FileRef): RowKey => matterRow(matter, 'state'),
  list: (kind: string, state: string): string => joined(kind, 'state', state),
  listing: (matter: FileRef, state: string, openedAt: Instant): Listing => ({
    list: mattersByState.list(matter.kind, state),
    at: opening(openedAt, matter.id),
  }),
};

/** Matters of a kind about a unit, by opening. */
export const mattersByUnit = {
  key: (matter: FileRef): RowKey => matterRow(matter, 'unit'),
  list: (kind: string, unit: string): string => joined(kind, 'unit', unit),
  listing: (matter: FileRef, unit: string, openedAt: Instant): Listing => ({
    list: mattersByUnit.list(matter.kind, unit),
    at: opening(openedAt, matter.id),
  }),
};

/** Matters of a kind that a party may know of (one row for each party of the gate), by opening. */
export const mattersByParty = {
  key: (matter: FileRef, party: ListParty): RowKey => matterRow(matter, 'party', party),
  list: (kind: string, party: ListParty): string => joined(kind, 'party', party),
  listing: (matter: FileRef, party: ListParty, openedAt: Instant): Listing => ({
    list: mattersByParty.list(matter.kind, party),
    at: opening(openedAt, matter.id),
  }),
};

/** Matters of a kind about an official (one row for each official), by opening. */
export const mattersByOfficial = {
  key: (matter: FileRef, official: string): RowKey => matterRow(matter, 'official', official),
  list: (kind: string, official: string): string => joined(kind, 'official', official),
  listing: (matter: FileRef, official: string, openedAt: Instant): Listing => ({
    list: mattersByOfficial.list(matter.kind, official),
    at: opening(openedAt, matter.id),
  }),
};

/** Deadlines of which something must be said on a day (turns yellow, turns red): what the sweep reads. */
export const deadlineActs = {
  key: (matter: FileRef, deadline: string): RowKey => matterRow(matter, 'act', deadline),
  list: (date: CivilDate): string => joined('act', date),
  listing: (matter: FileRef, deadline: string, date: CivilDate): Listing => ({
    list: deadlineActs.list(date),
    at: `${file(matter)}#${segment(deadline)}`,
  }),
};

/** Matters that were urged by hand and stand on no chaser sheet 催办单 yet. */
export const urgings = {
  key: (matter: FileRef): RowKey => matterRow(matter, 'urging'),
  list: (): string => 'urgings',
  listing: (matter: FileRef): Listing => ({ list: urgings.list(), at: file(matter) }),
};

/** Open deadlines of all measures, soonest first. */
export const openDeadlines = {
  key: (matter: FileRef, name: string): RowKey => matterRow(matter, 'deadline', name),
  list: (): string => 'open-deadlines',
  listing: (matter: FileRef, name: string, dueOn: CivilDate): Listing => ({
    list: openDeadlines.list(),
    at: `${segment(dueOn)}#${file(matter)}#${segment(name)}`,
  }),
};

/** Open deadlines that a unit or a person may follow, and those of the unit a matter is about; soonest first. */
export const openDeadlinesByParty = {
  key: (matter: FileRef, name: string, party: Assignee): RowKey => matterRow(matter, 'party-deadline', name, party),
  list: (party: Assignee): string => joined('open-deadlines', 'party', party),
  listing: (matter: FileRef, name: string, party: Assignee, dueOn: CivilDate): Listing => ({
    list: openDeadlinesByParty.list(party),
    at: `${segment(dueOn)}#${file(matter)}#${segment(name)}`,
  }),
};

/** To-dos of an assignee, longest waiting first. */
export const todos = {
  key: (matter: FileRef, act: string, assignee: Assignee): RowKey => rowOf(matter, 'todo', act, assignee),
  list: (assignee: Assignee): string => joined('todo', assignee),
  listing: (matter: FileRef, act: string, assignee: Assignee, since: Instant): Listing => ({
    list: todos.list(assignee),
    at: `${segment(since)}#${file(matter)}#${segment(act)}`,
  }),
};

/** A delivery. It is in no list: whoever asks for deliveries is a party, or asks for a state, or knows the id. */
export const deliveryHeads = {
  key: (id: string): RowKey => deliveryRow(id, 'head'),
};

/** Deliveries in a state in which something is still to come, by queueing. */
export const deliveriesByState = {
  key: (id: string): RowKey => deliveryRow(id, 'state'),
  list: (state: string): string => joined('deliveries', 'state', state),
  listing: (id: string, state: string, queuedAt: Instant): Listing => ({
    list: deliveriesByState.list(state),
    at: opening(queuedAt, id),
  }),
};

/** The delivery whose mails carry a Message-ID, by the part of it before the `@`: what comes back names nothing else. */
export const deliveriesByMessage = {
  key: (id: string, message: string): RowKey => ({ pk: joined('delivery', id), sk: joined('message', message) }),
  list: (message: string): string => joined('deliveries', 'message', message),
  listing: (id: string, message: string, queuedAt: Instant): Listing => ({
    list: deliveriesByMessage.list(message),
    at: opening(queuedAt, id),
  }),
};

/** Deliveries that a party may know of: the recipient, and the office that handles the matter; by queueing. */
export const deliveriesByParty = {
  key: (id: string, party: Assignee): RowKey => ({ pk: joined('delivery', id), sk: joined('party', party) }),
  list: (party: Assignee): string => joined('deliveries', 'party', party),
  listing: (id: string, party: Assignee, queuedAt: Instant): Listing => ({
    list: deliveriesByParty.list(party),
    at: opening(queuedAt, id),
  }),
};

/** Units, by id. */
export const units = {
  key: (id: string): RowKey => ({ pk: joined('unit', id), sk: 'head' }),
  list: (): string => 'units',
  listing: (id: string): Listing => ({ list: units.list(), at: segment(id) }),
};

/** Units whose place a unit took (机构改革), by id. */
export const unitsBySuccessor = {
  key: (id: string): RowKey => ({ pk: joined('unit', id), sk: 'successor' }),
  list: (successor: string): string => joined('units', 'succeeded-by', successor),
  listing: (id: string, successor: string): Listing => ({
    list: unitsBySuccessor.list(successor),
    at: segment(id),
  }),
};

/** Officials, by id. */
export const officials = {
  key: (id: string): RowKey => ({ pk: joined('official', id), sk: 'head' }),
  list: (): string => 'officials',
  listing: (id: string): Listing => ({ list: officials.list(), at: segment(id) }),
};

/** Officials with a role (one row for each role), by id. */
export const officialsByRole = {
  key: (id: string, role: string): RowKey => ({ pk: joined('official', id), sk: joined('role', role) }),
  list: (role: string): string => joined('officials', 'role', role),
  listing: (id: string, role: string): Listing => ({ list: officialsByRole.list(role), at: segment(id) }),
};

/** Officials of a unit, by id. */
export const officialsByUnit = {
  key: (id: string): RowKey => ({ pk: joined('official', id), sk: 'unit' }),
  list: (unit: string): string => joined('officials', 'unit', unit),
  listing: (id: string, unit: string): Listing => ({ list: officialsByUnit.list(unit), at: segment(id) }),
};

/** Mails that are held back until a day. */
export const heldMails = {
  key: (id: string): RowKey => deliveryRow(id, 'held'),
  list: (day: CivilDate): string => joined('held', day),
  listing: (id: string, day: CivilDate): Listing => ({ list: heldMails.list(day), at: segment(id) }),
};

/** Whom a person stands in for. */
export const standInsByPerson = {
  key: (official: string): RowKey => ({ pk: joined('stand-in', official), sk: 'head' }),
  list: (person: string): string => joined('stand-ins', person),
  listing: (official: string, person: string): Listing => ({
    list: standInsByPerson.list(person),
    at: segment(official),
  }),
};

/** Interviews booked on a day: who and what is taken at which hour. */
export const bookingsByDay = {
  key: (matter: FileRef): RowKey => matterRow(matter, 'booking'),
  list: (day: CivilDate): string => joined('bookings', day),
  listing: (matter: FileRef, day: CivilDate, at: Instant): Listing => ({
    list: bookingsByDay.list(day),
    at: opening(at, matter.id),
  }),
};

/** The row that says up to which version a file is projected; undefined for a file that no view shows. */
export function headOf(ref: FileRef): RowKey | undefined {
  switch (ref.kind) {
    case 'delivery':
      return deliveryHeads.key(ref.id);
    case 'unit':
      return units.key(ref.id);
    case 'official':
      return officials.key(ref.id);
    case 'stand-in':
      return standInsByPerson.key(ref.id);
    case 'register':
    case 'settings':
    case 'calendar':
    case 'directory-import':
    case 'attachment':
    case 'schedule':
    case 'ladder':
    case 'standing':
    case 'reward-project':
    case 'chaser':
      return undefined;
    default:
      return matterHeads.key(ref);
  }
}
