import type { Caller } from '@dandang/access/caller.ts';
import { bestSight, sightOf } from '@dandang/access/gate.ts';
import { hatsOf } from '@dandang/accept/hats.ts';
import { todosOf } from '@dandang/accept/waiting.ts';
import { listForm, todoAnswer } from '@dandang/api/answers.ts';
import { pageQuery } from '@dandang/api/list-page.ts';
import { deadlinesFor } from '@dandang/api/matter-answer.ts';
import { badCursor, bytewise, readPlace, writePlace } from '@dandang/api/place.ts';
import { parseQuery } from '@dandang/api/query.ts';
import type { Route } from '@dandang/api/route.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { type Urgency, urgencyOf } from '@dandang/casework/days-left.ts';
import { isOpen } from '@dandang/casework/deadline.ts';
import { type MatterSummary, matterSummary } from '@dandang/casework/matter-summary.ts';
import type { TodoRow } from '@dandang/casework/work-rows.ts';
import { kindTitle } from '@dandang/measures/titles.ts';
import { headOf, matterHeads } from '@dandang/store/keys.ts';

type TodoSurroundings = Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now'>;

/** Of so many letters that wait to be signed for it is looked up what they are about: one batch. */
const mostLookedUp = 100;

/** A to-do with what its caller may know of its matter. */
interface Waiting {
  readonly row: TodoRow;
  readonly unit: TodoRow['unit'];
  readonly urgency: Urgency;
  /** Its place: what goes before everything else, then by day, then by how long it has waited; the name makes it unique. */
  readonly place: readonly [fast: string, dueOn: string, since: string, name: string];
}

const nameOf = ({ matter, act, delivery = '' }: TodoRow): string => `${matter.kind}/${matter.id}#${act}#${delivery}`;

/** Places in the order of the list, part by part. */
function inOrder(a: readonly string[], b: readonly string[]): number {
  for (const [n, part] of a.entries()) {
    const order = bytewise(part, b[n] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** A delivery's file knows its letter and not the matter: the matters' heads say what it is about. */
async function mattersBehind(
  { views }: TodoSurroundings,
  rows: readonly TodoRow[],
): Promise<ReadonlyMap<string, MatterSummary>> {
  const letters = rows.filter(
    ({ delivery, matter }) => delivery !== undefined && headOf(matter)?.pk.startsWith('matter#'),
  );
  const keys = letters.slice(0, mostLookedUp).map(({ matter }) => matterHeads.key(matter));
  return new Map((await views.getMany(keys, matterSummary)).map(({ data }) => [`${data.kind}/${data.id}`, data]));
}

/** What waits for somebody under any of its hats, each once. */
async function waitingFor(deps: TodoSurroundings, hats: readonly Caller[]): Promise<TodoRow[]> {
  const lists = await Promise.all(hats.map((hat) => todosOf(deps, hat)));
  const found = new Map<string, TodoRow>();
  for (const row of lists.flat()) {
    const same = found.get(nameOf(row));
    // Each hat may follow deadlines of its own.
    const deadlines = [...(same?.deadlines ?? []), ...(row.deadlines ?? [])];
    found.set(nameOf(row), { ...(same ?? row), deadlines });
  }
  return [...found.values()];
}

/** `GET /api/todo`: what waits for the caller, soonest first. */
export function todoRoute(deps: TodoSurroundings): Route {
  return {
    method: 'GET',
    path: '/api/todo',
    sheet: { summary: '待办', query: pageQuery, answer: listForm(todoAnswer) },
    handle: async ({ caller, query }) => {
      const asked = parseQuery(pageQuery, query);
      if (!asked.ok) return asked.refusal;
      const { limit, cursor } = asked.value;
      const behind = cursor === undefined ? undefined : readPlace(cursor, 4);
      if (cursor !== undefined && behind === undefined) return badCursor();
      const today = chinaDate(deps.now());
      const [hats, calendar] = await Promise.all([hatsOf(deps, caller, today), deps.reference.calendar()]);
      const rows = await waitingFor(deps, hats);
      const behindLetters = await mattersBehind(deps, rows);
      const waiting = rows.map((row): Waiting => {
        const matter =
          row.delivery === undefined ? undefined : behindLetters.get(`${row.matter.kind}/${row.matter.id}`);
        const gate = row.delivery === undefined ? row.gate : matter?.gate;
        const sight = gate && bestSight(hats.map((hat) => sightOf(gate, hat)));
        const running = matter === undefined ? (row.deadlines ?? []) : matter.deadlines.filter(isOpen);
        const followed = sight === undefined ? [] : deadlinesFor(running, sight, hats);
        const owed = followed.filter(({ dueOn }) => dueOn === row.dueOn);
        const urgency = urgencyOf(owed.length > 0 ? owed : followed, { calendar, today });
        const unit = row.unit ?? (sight === undefined ? undefined : matter?.unit);
        const dueOn = urgency.dueOn ?? row.dueOn ?? '9999';
        return { row, unit, urgency, place: [row.fast === true ? '0' : '1', dueOn, row.since, nameOf(row)] };
      });
      const ahead = waiting
        .filter(({ place }) => behind === undefined || inOrder(place, behind) > 0)
        .sort((a, b) => inOrder(a.place, b.place));
      const page = ahead.slice(0, limit);
      const last = page.at(-1);
      const items = page.map(({ row, unit, urgency }) => ({
        matter: row.matter,
        kindTitle: kindTitle(row.matter.kind),
        ...(unit === undefined ? {} : { unit }),
        ...(row.number === undefined ? {} : { number: row.number }),
        act: row.act,
        title: row.title,
        since: row.since,
        ...(row.dueOn === undefined ? {} : { dueOn: row.dueOn }),
        ...urgency,
        ...(row.delivery === undefined ? {} : { delivery: row.delivery }),
      }));
      return {
        status: 200,
        body: { items, ...(ahead.length > limit && last !== undefined ? { next: writePlace(last.place) } : {}) },
      };
    },
  };
}
