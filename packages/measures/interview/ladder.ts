import { addDays, addMonths, type CivilDate, type Instant, msOf, yearOf } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { eventReader } from '@dandang/casework/event-reader.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import * as z from 'zod/mini';
import type { Rung } from './events.ts';

/**
 * What the ladder's file of one official (or unit) is made of: one event for each interview that was held with it, was
 * taken out of the count, came back into it, or was recorded otherwise than it was. Two interviews held at once cannot both be the first, because they meet
 * here.
 */
export const ladderEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('InterviewEntered'),
    data: z.object({ interview: z.string(), heldOn: z.string(), heldAt: z.string() }),
  }),
  z.object({
    type: z.literal('InterviewLeft'),
    data: z.object({ interview: z.string(), why: z.enum(['annulled', 'excused']), matter: z.optional(z.string()) }),
  }),
  /** The record of the interview was corrected: when it was held, and whether whose ladder it is was there. */
  z.object({
    type: z.literal('EntryCorrected'),
    data: z.object({ interview: z.string(), heldOn: z.string(), heldAt: z.string(), present: z.boolean() }),
  }),
  /** The tolerance that excused it was rescinded. */
  z.object({ type: z.literal('InterviewReturned'), data: z.object({ interview: z.string(), matter: z.string() }) }),
]);
export type LadderEvent = z.infer<typeof ladderEvent>;
export const ladderEvents = eventReader(ladderEvent);

interface Entry {
  readonly interview: string;
  readonly heldOn: CivilDate;
  readonly heldAt: Instant;
  readonly annulled: boolean;
  /** It was entered, and then the record was corrected: whose ladder it is was not there. */
  readonly absent: boolean;
  /** The tolerance matters that take it out of the count. */
  readonly excusedBy: readonly string[];
  readonly counts: boolean;
}

export const ladderOf = (subject: string) => ({ kind: 'ladder', id: subject });

/** The interviews of one official or unit, in the order in which they were held. */
export type Ladder = readonly Entry[];

/** An interview on the ladder after one event. */
function after(known: Omit<Entry, 'interview' | 'counts'>, event: LadderEvent): Omit<Entry, 'interview'> {
  const { heldOn, heldAt } = event.type === 'InterviewEntered' || event.type === 'EntryCorrected' ? event.data : known;
  const absent = event.type === 'EntryCorrected' ? !event.data.present : known.absent;
  const left = event.type === 'InterviewLeft' ? event.data : undefined;
  const annulled = known.annulled || left?.why === 'annulled';
  const without = (matter: string) => known.excusedBy.filter((one) => one !== matter);
  const excusedBy =
    event.type === 'InterviewReturned'
      ? without(event.data.matter)
      : left?.why === 'excused'
        ? [...without(left.matter ?? ''), left.matter ?? '']
        : known.excusedBy;
  return { heldOn, heldAt, annulled, absent, excusedBy, counts: !annulled && !absent && excusedBy.length === 0 };
}

/** What a ladder's file says of each interview, entered or not. */
function entriesOf(file: readonly Commit[]): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const event of ladderEvents.all(file)) {
    const { interview } = event.data;
    const known = entries.get(interview) ?? { annulled: false, absent: false, excusedBy: [], heldOn: '', heldAt: '' };
    entries.set(interview, { interview, ...after(known, event) });
  }
  return entries;
}

/** Only what was entered stands on it. */
export const foldLadder = (file: readonly Commit[]): Ladder =>
  [...entriesOf(file).values()]
    .filter(({ heldAt }) => heldAt !== '')
    .sort((a, b) => msOf(a.heldAt) - msOf(b.heldAt) || (a.interview < b.interview ? -1 : 1));

/** Whether a tolerance matter takes an interview out of the count, also before the interview was entered. */
export const isExcused = (file: readonly Commit[], interview: string, matter: string): boolean =>
  entriesOf(file).get(interview)?.excusedBy.includes(matter) ?? false;

type Basis = Rung['window']['basis'];

/**
 * The year in which interviews count together with one held on `heldOn`. Rolling: a year that began on the day of an
 * interview ends on the same day of the next year, that day included (民法典 art. 201, 202).
 */
export function windowOf(heldOn: CivilDate, basis: Basis): Rung['window'] {
  if (basis === 'calendar-year') return { from: `${yearOf(heldOn)}-01-01`, to: heldOn, basis };
  const yearBefore = addMonths(heldOn, -12);
  // On 29 February the year that began on 28 February is over already.
  const over = addMonths(yearBefore, 12) < heldOn;
  return { from: over ? addDays(yearBefore, 1) : yearBefore, to: heldOn, basis };
}

/**
 * Where an interview stands on the ladder: it and those held before it within the window, as far as they count. An
 * interview that left the count proposes nothing. Source: Yichang, “约谈结果如何运用”: 首次通报，一年内两次诫勉，三次及以上组织处理.
 */
export function rungOf(
  ladder: Ladder,
  official: string,
  interview: string,
  basis: Basis,
  policy: Policy,
): Rung | undefined {
  const place = ladder.findIndex((entry) => entry.interview === interview);
  const own = ladder[place];
  if (own === undefined) return undefined;
  const upToHere = ladder.slice(0, place + 1).filter((entry) => entry.counts);
  const within = (window: Rung['window']): Ladder => upToHere.filter((entry) => entry.heldOn >= window.from);
  const window = windowOf(own.heldOn, basis);
  const otherWindow = windowOf(own.heldOn, basis === 'rolling' ? 'calendar-year' : 'rolling');
  const counted = own.counts ? within(window) : [];
  const step = policy.interview.ladder.findLast((one) => one.from <= counted.length);
  return {
    official,
    count: counted.length,
    window,
    counted: counted.map((entry) => ({ id: entry.interview, heldOn: entry.heldOn })),
    otherwise: { count: own.counts ? within(otherWindow).length : 0, window: otherWindow },
    proposal: step?.proposal ?? null,
  };
}

/** Whether two countings of one subject are the same in everything, the window that was not chosen included. */
export const sameRung = (a: Rung, b: Rung): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether they come to the same by the window that was chosen: the same interviews and the same proposal. */
export const sameCount = (a: Rung, b: Rung): boolean =>
  a.proposal === b.proposal && JSON.stringify(a.counted) === JSON.stringify(b.counted);
