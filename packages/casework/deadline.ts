import type { Calendar } from '@dandang/calendar/calendar.ts';
import { addDays, type CivilDate, daysBetween } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import * as z from 'zod/mini';
import { type Refusal, refuse } from './refusal.ts';

/**
 * A deadline as it was counted when it was set: all dates are civil dates in China. `basis` is what it was counted
 * from, so that it can be counted again when the calendar changes; `extended` are working days added by 延期.
 * While `firm` is false next year's notice is missing: `dueOn` is the expected day, the true one lies between
 * `earliest` and `latest`. `yellowOn` is the first day with few working days left, `redOn` the first day after `latest`.
 */
export const counted = z.object({
  basis: z.object({
    startedOn: z.string(),
    amount: z.number(),
    unit: z.enum(['working-day', 'calendar-day', 'month']),
    calendar: z.string(),
  }),
  extended: z.number(),
  dueOn: z.string(),
  firm: z.boolean(),
  earliest: z.string(),
  latest: z.string(),
  yellowOn: z.string(),
  redOn: z.string(),
  /** The day was named, not counted: no calendar moves it. */
  named: z.optional(z.literal(true)),
});
export type Counted = z.infer<typeof counted>;

export interface Deadline extends Counted {
  readonly name: string;
  readonly setAt: string;
  /** When it was met, or null. */
  readonly metAt: string | null;
  /** Met after its last day. */
  readonly late: boolean;
  /** It no longer runs, met or not. */
  readonly ended: boolean;
  /** The day on which it was said that few days are left; null until said. */
  readonly nearSaidOn: CivilDate | null;
  /** The day on which it was put on file that it was missed; null until then. */
  readonly missedSaidOn: CivilDate | null;
  /** How often it was chased since it was missed. */
  readonly chases: number;
  /** The day of the next chaser 催办, once it is missed; null after the last one. */
  readonly nextChaseOn: CivilDate | null;
  /** It was chased as often as the office chases: what comes now is the office's to decide 逾期处置. */
  readonly chasedOut: boolean;
  /** The chaser sheets 催办单 that named it, oldest first: one that is heard of again counts once. */
  readonly sheets: readonly string[];
  /** An extension 延期 that somebody asked for and nobody has answered. */
  readonly request: { readonly workingDays: number; readonly reason: string; readonly by: string } | null;
  /** A law says by when an office owes it: nobody extends or chases it, and no final state ends it. */
  readonly office?: true | undefined;
  /** The unit whose own part it belongs to, where several units each owe their own 协办; the others of them do not see it. */
  readonly of?: string | undefined;
  /** How the last request was answered. */
  readonly answer: { readonly granted: boolean; readonly at: string; readonly reason?: string } | null;
}

export type Light = 'green' | 'yellow' | 'red' | 'grey';

export const isOpen = (deadline: Pick<Deadline, 'metAt' | 'ended'>): boolean =>
  deadline.metAt === null && !deadline.ended;

/** The light 亮灯 of a deadline on a day: grey when met or ended, red after its last day, yellow when few days are left. */
export function lightOn(deadline: Pick<Deadline, 'metAt' | 'ended' | 'redOn' | 'yellowOn'>, today: CivilDate): Light {
  if (!isOpen(deadline)) return 'grey';
  if (today >= deadline.redOn) return 'red';
  return today >= deadline.yellowOn ? 'yellow' : 'green';
}

/**
 * What a deadline says next, and on which day: that it is near, that it was missed, or a chaser. What an office owes turns
 * red and is chased by nobody's letter.
 */
export interface NextAct {
  readonly what: 'near' | 'missed' | 'chase';
  readonly on: CivilDate;
}

export function nextAct(deadline: Deadline): NextAct | undefined {
  if (!isOpen(deadline)) return undefined;
  if (deadline.missedSaidOn !== null)
    return deadline.nextChaseOn === null || deadline.office === true
      ? undefined
      : { what: 'chase', on: deadline.nextChaseOn };
  if (deadline.nearSaidOn === null) return { what: 'near', on: deadline.yellowOn };
  return { what: 'missed', on: deadline.redOn };
}

/** What counting needs beside the term: the calendar in force, and with how many working days left the light is yellow. */
export interface Counting {
  readonly calendar: Calendar;
  readonly yellowWorkingDays: number;
}

/**
 * Counts a deadline from the day of the act, which itself does not count (民法典 art. 201), then adds the working days
 * of extensions from its last day. Refuses with `no-calendar` where the calendar does not reach.
 */
export function count(startedOn: CivilDate, term: Term, extended: number, by: Counting): Counted | Refusal {
  const { calendar } = by;
  const due = calendar.due(startedOn, term);
  if ('refused' in due) return beyond(due.publishedThrough);
  let { dueOn, firm, earliest, latest } = due;
  if (extended > 0) {
    const more: Term = { amount: extended, unit: 'working-day' };
    const [expected, first, last] = [
      calendar.due(dueOn, more),
      calendar.due(earliest, more),
      calendar.due(latest, more),
    ];
    if ('refused' in expected || 'refused' in first || 'refused' in last) return beyond(calendar.publishedThrough);
    firm = firm && expected.firm;
    dueOn = expected.dueOn;
    earliest = first.earliest;
    latest = last.latest;
  }
  return {
    basis: { startedOn, amount: term.amount, unit: term.unit, calendar: calendar.edition },
    extended,
    dueOn,
    firm,
    earliest,
    latest,
    yellowOn: calendar.attentionDay(earliest, by.yellowWorkingDays),
    redOn: addDays(latest, 1),
  };
}

/**
 * A deadline whose last day somebody named: it is certain, and no calendar moves it. Where the calendar does not reach as
 * far, its light turns yellow by calendar days.
 */
export function named(startedOn: CivilDate, lastDay: CivilDate, { calendar, yellowWorkingDays }: Counting): Counted {
  const beyondCalendar = 'refused' in calendar.due(lastDay, { amount: 1, unit: 'working-day' });
  return {
    basis: { startedOn, amount: daysBetween(startedOn, lastDay), unit: 'calendar-day', calendar: calendar.edition },
    extended: 0,
    dueOn: lastDay,
    firm: true,
    earliest: lastDay,
    latest: lastDay,
    yellowOn: beyondCalendar ? addDays(lastDay, -yellowWorkingDays) : calendar.attentionDay(lastDay, yellowWorkingDays),
    redOn: addDays(lastDay, 1),
    named: true,
  };
}

/** The days of a deadline that a person sees, and whether they are certain. */
export type DeadlineDays = Pick<Counted, 'dueOn' | 'earliest' | 'latest' | 'firm'>;

/** Whether two countings of a deadline come to the same for whoever owes it. */
export const sameDays = (a: DeadlineDays, b: DeadlineDays): boolean =>
  a.dueOn === b.dueOn && a.earliest === b.earliest && a.latest === b.latest && a.firm === b.firm;

/** The same deadline counted again by another edition of the calendar. */
export const recount = (old: Counted, by: Counting): Counted | Refusal =>
  old.named === true
    ? old
    : count(old.basis.startedOn, { amount: old.basis.amount, unit: old.basis.unit }, old.extended, by);

const beyond = (publishedThrough: number): Refusal =>
  refuse('no-calendar', { detail: `工作日历已公布至${publishedThrough}年，无法计算更晚的日期` });
