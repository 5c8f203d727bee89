import { type Caller, handlesForOthers, isOwnAct } from '@dandang/access/caller.ts';
import { bestSight, type Sight, sightOf } from '@dandang/access/gate.ts';
import { readersOf } from '@dandang/access/party.ts';
import { hatsOf } from '@dandang/accept/hats.ts';
import { withSucceeded } from '@dandang/accept/succession.ts';
import { chinaDate, civilDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { isOpen, lightOn } from '@dandang/casework/deadline.ts';
import { idText } from '@dandang/casework/input.ts';
import { type MatterSummary, matterSummary } from '@dandang/casework/matter-summary.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import { isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import {
  mattersByOfficial,
  mattersByParty,
  mattersByState,
  mattersByUnit,
  openDeadlines,
  upToEndOf,
} from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { deadlineLists } from './deadline-lists.ts';
import { listPage, pageQuery, passedOver } from './list-page.ts';
import { type Seen, shownRows } from './listed-matter.ts';
import { deadlinesFor, subjectsFor } from './matter-answer.ts';
import { parseQuery } from './query.ts';
import { numbersFor } from './readable-numbers.ts';
import type { ApiAnswer, ApiRequest } from './route.ts';
import { sortedPage } from './sorted-page.ts';
import { sought, soughtText } from './sought.ts';
import type { HttpSurroundings } from './surroundings.ts';

/** What a list of matters may be asked by. */
const filters = z.object({
  state: z.optional(z.array(z.string()).check(z.maxLength(40))),
  unit: z.optional(idText),
  official: z.optional(idText),
  light: z.optional(z.enum(['green', 'yellow', 'red', 'grey'])),
  openedBy: z.optional(z.literal('me')),
  from: z.optional(civilDate),
  to: z.optional(civilDate),
  q: z.optional(soughtText),
  sort: z.optional(z.enum(['openedAt', '-openedAt', 'changedAt', '-changedAt', 'dueOn', '-dueOn'])),
  total: z.optional(z.literal('true')),
});
type Filters = z.infer<typeof filters>;

/** The same with its page: of one measure, … */
export const listQuery = z.extend(filters, pageQuery.shape);
/** … and of all of them. */
export const mattersQuery = z.extend(listQuery, { kind: z.optional(z.array(z.string()).check(z.maxLength(20))) });

/**
 * Which lists to read for a question: the fewest rows that hold everything the caller may see and asks for. Whom or which
 * unit a matter is about is asked of few matters. A state is asked by an office, of whose matters few are in it while most
 * are closed; everybody else walks through what stands in its own lists.
 */
function listsFor(
  { kind, publicNotices, states }: Measure,
  asked: Filters,
  units: readonly string[],
  hats: readonly Caller[],
): readonly string[] {
  if (asked.official !== undefined) return [mattersByOfficial.list(kind, asked.official)];
  if (asked.unit !== undefined) return units.map((unit) => mattersByUnit.list(kind, unit));
  if (asked.state !== undefined && hats.some(handlesForOthers))
    return states.filter(({ name }) => asked.state?.includes(name)).map(({ name }) => mattersByState.list(kind, name));
  const parties = [...hats.flatMap(readersOf), ...(publicNotices ? (['everybody'] as const) : [])];
  return parties.map((party) => mattersByParty.list(kind, party));
}

interface Question {
  readonly asked: Filters;
  /** The unit that is asked for and those whose place it took. */
  readonly units: readonly string[];
  readonly caller: Caller;
  readonly hats: readonly Caller[];
  readonly today: CivilDate;
}

/** Whether somebody who sees a matter asks for it. */
function asksFor({ asked, units, caller, hats, today }: Question): (row: MatterSummary, sight: Sight) => boolean {
  const finds = sought(asked.q);
  return (row, sight) => {
    const subjects = subjectsFor(row.subjects, sight);
    const opened = chinaDate(row.openedAt);
    const by = row.openedBy;
    return (
      (asked.state === undefined || asked.state.includes(row.state)) &&
      (asked.unit === undefined || units.includes(row.unit.id)) &&
      (asked.official === undefined || subjects.some((one) => one.id === asked.official)) &&
      (asked.from === undefined || opened >= asked.from) &&
      (asked.to === undefined || opened <= asked.to) &&
      (asked.openedBy === undefined || (by !== undefined && isOwnAct(by, caller))) &&
      (asked.light === undefined ||
        deadlinesFor(row.deadlines, sight, hats).some((one) => lightOn(one, today) === asked.light)) &&
      finds([
        row.headline,
        row.unit.name,
        ...subjects.map(({ name }) => name),
        ...numbersFor(row, sight, hats),
        sight === 'file' ? by?.name : undefined,
      ])
    );
  };
}

/** Where a matter stands in the list of deadlines for somebody: at the soonest that it may follow. */
function placeOfSoonest(row: MatterSummary, sight: Sight, hats: readonly Caller[]): string | undefined {
  const places = deadlinesFor(row.deadlines, sight, hats)
    .filter(isOpen)
    .map(({ name, dueOn }) => openDeadlines.listing(row, name, dueOn).at);
  return places.reduce<string | undefined>((one, other) => (one === undefined || other < one ? other : one), undefined);
}

/** When what somebody may know of was changed last: who does not see the file does not learn when others worked on it. */
const changedFor = ({ row, sight }: Seen): string => (sight === 'file' ? row.changedAt : row.openedAt);

/** A page of the matters of some measures, as the caller may know of them. */
export async function matterList(
  deps: Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now'>,
  measures: readonly Measure[],
  { query, caller }: Pick<ApiRequest, 'query' | 'caller'>,
): Promise<ApiAnswer | Refusal> {
  const parsed = parseQuery(mattersQuery, query);
  if (!parsed.ok) return parsed.refusal;
  const asked = parsed.value;
  if (asked.kind?.some((kind) => measures.every((one) => one.kind !== kind)) === true)
    return malformedAt('kind', '没有这一类事项', 'no such kind of matter');
  const wanted = measures.filter(({ kind }) => asked.kind?.includes(kind) ?? true);
  const strange = asked.state?.find((state) => !wanted.some(({ states }) => states.some(({ name }) => name === state)));
  if (strange !== undefined) return malformedAt('state', '没有这一状态', 'no such state');
  const today = chinaDate(deps.now());
  const hats = await hatsOf(deps, caller, today);
  const units = await withSucceeded(deps, asked.unit);
  const asks = asksFor({ asked, units, caller, hats, today });
  const sort = asked.sort ?? '-openedAt';
  const descending = sort.startsWith('-');
  const byDeadline = sort.endsWith('dueOn');
  const show = (row: MatterSummary, at: string): Seen | typeof passedOver | undefined => {
    const sight = bestSight(hats.map((hat) => sightOf(row.gate, hat)));
    if (sight === undefined) return undefined;
    const measure = wanted.find(({ kind }) => kind === row.kind);
    if (measure === undefined || !asks(row, sight)) return passedOver;
    return byDeadline && placeOfSoonest(row, sight, hats) !== at ? passedOver : { row, sight, measure };
  };
  const question = {
    views: deps.views,
    query,
    schema: matterSummary,
    show,
    ...(asked.total === undefined ? {} : { counting: true }),
  };
  const opened = {
    lists: wanted.flatMap((measure) => listsFor(measure, asked, units, hats)),
    of: 'heads' as const,
    ...(asked.from === undefined ? {} : { from: asked.from }),
    ...(asked.to === undefined ? {} : { through: upToEndOf(asked.to) }),
  };
  const page = byDeadline
    ? await listPage({ ...question, lists: deadlineLists(units, hats), of: 'heads-beside', descending })
    : sort.endsWith('changedAt')
      ? await sortedPage({ ...question, ...opened, descending: true, by: changedFor, highestFirst: descending })
      : await listPage({ ...question, ...opened, descending });
  if (isRefusal(page)) return page;
  return { status: 200, body: { ...page, items: await shownRows(deps, page.items, { caller, hats, today }) } };
}
