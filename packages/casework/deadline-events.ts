import { addDays, type CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import { count, type Counting, isOpen, lightOn, named } from './deadline.ts';
import { type CommonEvent, findDeadline, type Matter } from './matter.ts';
import { isRefusal, type Refusal } from './refusal.ts';

/* What a command puts on file about deadlines; nothing where there is nothing to say. */

type Deadlines = Pick<Matter, 'deadlines'>;

/**
 * A deadline runs from today, anew where it ran before; none where nobody has set its term. Refuses with `no-calendar`
 * where the calendar does not reach. `of` is the unit whose own part it belongs to.
 */
export function started(
  name: string,
  within: Term | null | undefined,
  context: Counting & { readonly today: CivilDate },
  of?: string,
): CommonEvent[] | Refusal {
  if (within === null || within === undefined) return [];
  const counted = count(context.today, within, 0, context);
  if (isRefusal(counted)) return counted;
  return [{ type: 'DeadlineSet', data: { deadline: name, counted, ...(of === undefined ? {} : { of }) } }];
}

/**
 * What an office owes by law runs from today, to its last day as the law counts it; where it runs already nothing moves it.
 * Beyond the calendar the day itself stands: that somebody asked is never refused.
 */
export function startedForOffice(
  matter: Deadlines,
  name: string,
  days: number,
  context: Counting & { readonly today: CivilDate },
): CommonEvent[] {
  const running = findDeadline(matter, name);
  if (running !== undefined && isOpen(running)) return [];
  const lawful = count(context.today, { amount: days, unit: 'calendar-day' }, 0, context);
  const counted = isRefusal(lawful) ? named(context.today, addDays(context.today, days), context) : lawful;
  return [{ type: 'DeadlineSet', data: { deadline: name, counted, office: true } }];
}

/** A deadline that runs is met today. */
export function met(matter: Deadlines, name: string, today: CivilDate): CommonEvent[] {
  const deadline = findDeadline(matter, name);
  if (deadline === undefined || !isOpen(deadline)) return [];
  return [{ type: 'DeadlineMet', data: { deadline: name, late: lightOn(deadline, today) === 'red' } }];
}

/** A deadline that was met runs again: the old day stands. */
export const reopened = (matter: Deadlines, name: string): CommonEvent[] =>
  (findDeadline(matter, name)?.metAt ?? null) === null ? [] : [{ type: 'DeadlineReopened', data: { deadline: name } }];

/**
 * The deadlines that run, or those of them that are named, run no longer. What an office owes is ended where it is named
 * and nowhere else.
 */
export const ended = ({ deadlines }: Deadlines, which?: (name: string) => boolean): CommonEvent[] =>
  deadlines
    .filter((one) => isOpen(one) && (which === undefined ? one.office !== true : which(one.name)))
    .map(({ name }) => ({ type: 'DeadlineEnded', data: { deadline: name } }));
