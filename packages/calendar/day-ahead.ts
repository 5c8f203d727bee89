import type { Calendar, CalendarDay } from './calendar.ts';
import { type CivilDate, yearOf } from './civil-date.ts';

/** A holiday: its days off in one run, weekends beside it included. */
export interface DaysOff {
  readonly name: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** What a day is, and which holiday comes next. */
export interface DayAhead {
  readonly working: boolean;
  /** The holiday's name, where it is one. */
  readonly name?: string;
  readonly nextOff?: DaysOff;
}

/** The first run of days off after a day that holds a holiday: one that a day itself lies in is not the next. */
function nextOff(days: readonly CalendarDay[], today: CivilDate): DaysOff | undefined {
  let run: CalendarDay[] = [];
  for (const day of [...days, undefined]) {
    if (day !== undefined && !day.working) {
      run.push(day);
      continue;
    }
    const [first] = run;
    const name = run.find((one) => one.name !== undefined)?.name;
    const last = run.at(-1);
    if (first !== undefined && last !== undefined && name !== undefined && first.date > today)
      return { name, from: first.date, to: last.date };
    run = [];
  }
  return undefined;
}

/** Undefined for a day of which the calendar knows nothing. */
export function dayAhead(calendar: Pick<Calendar, 'year'>, today: CivilDate): DayAhead | undefined {
  const year = yearOf(today);
  const days = [...calendar.year(year).days, ...calendar.year(year + 1).days];
  const day = days.find(({ date }) => date === today);
  if (day === undefined) return undefined;
  const next = nextOff(days, today);
  return {
    working: day.working,
    ...(day.name === undefined ? {} : { name: day.name }),
    ...(next === undefined ? {} : { nextOff: next }),
  };
}
