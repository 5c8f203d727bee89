import { type Calendar, reaches } from '@dandang/calendar/calendar.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { type Counted, type Light, lightOn } from './deadline.ts';

/**
 * How many working days a deadline leaves, today not counted and its last day counted; below zero so many working days have
 * gone by since. Undefined where the calendar does not reach as far.
 */
export function workingDaysLeft(calendar: Calendar, dueOn: CivilDate, today: CivilDate): number | undefined {
  if (!reaches(calendar, dueOn) || !reaches(calendar, today)) return undefined;
  return dueOn >= today ? calendar.workingDaysBetween(today, dueOn) : 0 - calendar.workingDaysBetween(dueOn, today);
}

/** The most urgent of some open deadlines as lists show it: one field each, none where nothing runs. */
export interface Urgency {
  readonly light?: Light;
  readonly dueOn?: CivilDate;
  readonly firm?: boolean;
  readonly workingDaysLeft?: number;
}

export function urgencyOf(
  open: readonly Pick<Counted, 'dueOn' | 'firm' | 'yellowOn' | 'redOn'>[],
  { calendar, today }: { readonly calendar: Calendar; readonly today: CivilDate },
): Urgency {
  const [first, ...others] = open;
  if (first === undefined) return {};
  const soonest = others.reduce((one, other) => (other.dueOn < one.dueOn ? other : one), first);
  const { dueOn, firm } = soonest;
  const left = workingDaysLeft(calendar, dueOn, today);
  return {
    light: lightOn({ ...soonest, metAt: null, ended: false }, today),
    dueOn,
    firm,
    ...(left === undefined ? {} : { workingDaysLeft: left }),
  };
}
