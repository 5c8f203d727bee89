import { addDays, chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { reaches } from '@dandang/calendar/calendar.ts';
import { chaserId, issueSheet, type SheetOf } from '@dandang/casework/chaser-sheet.ts';
import type { ChaseLine } from '@dandang/casework/chase-line.ts';
import { chaseLines } from '@dandang/casework/chasing.ts';
import { clockActor } from '@dandang/casework/commit.ts';
import { isDelivered } from '@dandang/casework/delivered.ts';
import { handledBy } from '@dandang/casework/delivery-head.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import { deadlineRow, urgingRow } from '@dandang/casework/work-rows.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import {
  chaserKey,
  deliveryKey,
  matterKey,
  openDeadlines,
  openDeadlinesByParty,
  parseKey,
  upTo,
  urgings,
} from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import { settleOnFile } from './decide-on-file.ts';
import { everyPage } from './listing.ts';
import type { Log } from './log.ts';
import type { Reference } from './reference.ts';

/* The chaser sheets 催办单 of a working day: docs/decisions/0018. */

export interface ChasingSurroundings {
  readonly commits: Pick<CommitStore, 'read' | 'append'>;
  readonly views: Pick<ViewStore, 'list'>;
  readonly reference: Pick<Reference, 'calendar' | 'directory' | 'policyInForce'>;
  readonly now: () => Instant;
  readonly log: Log;
  readonly measureOfKind: (kind: string) => Measure | undefined;
}

/** A row is some 600 bytes, so that a page is one answer of the table. */
const rowsPerPage = 1000;

/** A sheet names so many lines at the most, and so many characters beside the first; what has waited longest goes first. */
const mostLines = 200;
const mostCharacters = 18_000;

/** The matters on a list of open deadlines whose day is over. */
async function overdueOn(deps: ChasingSurroundings, list: string, today: CivilDate): Promise<Set<string>> {
  const found = new Set<string>();
  const through = upTo(addDays(today, -1));
  let cursor: string | undefined;
  do {
    const from = cursor === undefined ? {} : { cursor };
    const page = await deps.views.list(list, { limit: rowsPerPage, through, ...from }, deadlineRow);
    for (const { brief } of page.rows) found.add(matterKey(brief.matter.kind, brief.matter.id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

/** What a matter has for sheets of today. One that cannot be read is told of, and keeps no other from its sheet. */
async function linesOf(deps: ChasingSurroundings, key: string, today: CivilDate): Promise<ChaseLine[]> {
  try {
    const { kind, id } = parseKey(key);
    const open = deps.measureOfKind(kind)?.fold(id, (await readFile(deps.commits, key)).commits);
    return open === undefined ? [] : chaseLines(open, today);
  } catch (error) {
    deps.log.error('chase-unreadable', { file: key }, error);
    return [];
  }
}

interface Due extends SheetOf {
  readonly lines: ChaseLine[];
}

/** The lines of these matters, by whose sheet they stand on. */
async function sheetsOf(deps: ChasingSurroundings, keys: Iterable<string>, today: CivilDate): Promise<Due[]> {
  const found = new Map<string, Due>();
  for (const key of keys)
    for (const line of await linesOf(deps, key, today)) {
      const { office, debtor, confidential } = line;
      const whose = { office: office.id, recipient: debtor, on: today, confidential };
      const id = chaserId(whose);
      const due = found.get(id) ?? { ...whose, lines: [] };
      due.lines.push(line);
      found.set(id, due);
    }
  return [...found.values()];
}

/** What has arrived of what stands on a sheet: what did not is not chased. */
async function delivered(deps: ChasingSurroundings, lines: readonly ChaseLine[]): Promise<ChaseLine[]> {
  const arrived = new Map<string, boolean>();
  for (const id of new Set(lines.flatMap(({ toldBy }) => toldBy ?? [])))
    arrived.set(id, isDelivered((await readFile(deps.commits, deliveryKey(id))).commits));
  return lines.filter(({ toldBy }) => toldBy === undefined || arrived.get(toldBy) === true);
}

const urgedFirst = ({ urged, since = '' }: ChaseLine): string => (urged === undefined ? since : '');

/** As much as one sheet can hold, what was urged first, then what has waited longest. */
function fitting(lines: readonly ChaseLine[]): ChaseLine[] {
  const inOrder = lines.toSorted((a, b) => {
    const [one, other] = [a, b].map(
      (line) => `${urgedFirst(line)} ${line.matter.kind}/${line.matter.id}#${line.deadline}`,
    );
    return one === other ? 0 : (one ?? '') < (other ?? '') ? -1 : 1;
  });
  let characters = 0;
  return inOrder.slice(0, mostLines).filter(({ text, urged }, index) => {
    characters += text.length + (urged?.message?.length ?? 0);
    return index === 0 || characters <= mostCharacters;
  });
}

/** Issues one sheet, unless it is there. It is one conditional write: of two who make it one does, and the other finds it. */
async function issue(deps: ChasingSurroundings, due: Due): Promise<boolean> {
  if (!due.lines.some((line) => line.due)) return false;
  const id = chaserId(due);
  const key = chaserKey(id);
  if ((await readFile(deps.commits, key)).version > 0) return false;
  const arrived = await delivered(deps, due.lines);
  const [first] = arrived;
  if (first === undefined || !arrived.some((line) => line.due)) return false;
  const { kind, id: recipient, name } = first.debtor;
  const units = kind === 'unit' ? [due.office, recipient] : [due.office];
  const [directory, policy] = await Promise.all([
    deps.reference.directory({ units, officials: kind === 'official' ? [recipient] : [] }),
    deps.reference.policyInForce(),
  ]);
  const entry = kind === 'unit' ? directory.unit(recipient) : directory.official(recipient);
  const sheet = issueSheet({
    ...due,
    officeName: directory.unit(due.office)?.name ?? first.office.name,
    handledBy: handledBy(first.handler),
    to: { kind, id: recipient, name: entry?.name ?? name, mail: entry?.mail },
    contact: directory.unit(due.office)?.contact,
    policy,
    lines: fitting(arrived),
  });
  const { appended } = await settleOnFile(deps.commits, key, ({ version }) =>
    version > 0
      ? undefined
      : {
          at: deps.now(),
          by: clockActor,
          command: 'issue',
          // It follows from whose sheet it is: two who write the same bytes have written one sheet.
          request: { id, body: '' },
          events: [sheet],
        },
  );
  if (appended) deps.log.info('chaser-issued', { file: key });
  return appended;
}

async function issueAll(deps: ChasingSurroundings, sheets: readonly Due[]): Promise<number> {
  let issued = 0;
  for (const due of sheets) if (await issue(deps, due)) issued += 1;
  return issued;
}

/** Where the calendar does not reach today nobody is chased: health says that its year is missing. */
async function worksOn({ reference }: ChasingSurroundings, today: CivilDate): Promise<boolean> {
  const calendar = await reference.calendar();
  return reaches(calendar, today) && calendar.isWorkingDay(today);
}

/**
 * The sheets of today, on a working day: one a handling office and recipient. It looks at what is overdue and at what was urged,
 * whatever day it ran last, so a clock that was late makes those of today and none of the days before. Gives their number.
 */
export async function issueSheets(deps: ChasingSurroundings): Promise<number> {
  const today = chinaDate(deps.now());
  if (!(await worksOn(deps, today))) return 0;
  const keys = await overdueOn(deps, openDeadlines.list(), today);
  for await (const rows of everyPage(deps.views, urgings.list(), urgingRow, rowsPerPage))
    for (const { matter } of rows) keys.add(matter);
  return issueAll(deps, await sheetsOf(deps, keys, today));
}

/**
 * A matter was urged by hand: its debtors get today's sheet at once, with all that they owe to that office; whose sheet of today
 * has gone out gets it with the next working day's.
 */
export async function issueSheetsFor(deps: ChasingSurroundings, key: string): Promise<number> {
  const today = chinaDate(deps.now());
  if (!(await worksOn(deps, today))) return 0;
  const wanted = new Set<string>();
  const keys = new Set([key]);
  for (const { office, debtor, confidential } of await linesOf(deps, key, today)) {
    wanted.add(chaserId({ office: office.id, recipient: debtor, on: today, confidential }));
    const party = debtor.kind === 'unit' ? (`unit:${debtor.id}` as const) : (`person:${debtor.id}` as const);
    for (const one of await overdueOn(deps, openDeadlinesByParty.list(party), today)) keys.add(one);
  }
  if (wanted.size === 0) return 0;
  const sheets = await sheetsOf(deps, keys, today);
  return issueAll(
    deps,
    sheets.filter((due) => wanted.has(chaserId(due))),
  );
}
