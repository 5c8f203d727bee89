import type { Calendar, CalendarDay } from './calendar.ts';
import { addDays, type CivilDate, yearOf } from './civil-date.ts';

/** A day of a period: the `n`-th that counts, or why it does not. */
export type ExplainedDay =
  | { readonly date: CivilDate; readonly n: number; readonly makeup?: true }
  | { readonly date: CivilDate; readonly skipped: string };

export interface Explained {
  readonly days: readonly ExplainedDay[];
  /** The numbers of the notices that say which of them are off and which are worked. */
  readonly notices: readonly string[];
}

/** So many days can be read one by one. */
const mostDays = 120;

const weekend = { 6: '星期六', 7: '星期日' } as const;

/**
 * How a period of working days was counted, day by day, from the day after it began through its last one. Undefined where
 * the calendar does not come to that day with that many working days, as before a deadline is counted again, or where they
 * are too many to be read.
 */
export function explained(
  calendar: Pick<Calendar, 'year'>,
  {
    startedOn,
    dueOn,
    workingDays,
  }: { readonly startedOn: CivilDate; readonly dueOn: CivilDate; readonly workingDays: number },
): Explained | undefined {
  const years = new Map<number, ReadonlyMap<CivilDate, CalendarDay>>();
  const dayOf = (date: CivilDate): CalendarDay | undefined => {
    const year = yearOf(date);
    const known = years.get(year) ?? new Map(calendar.year(year).days.map((day) => [day.date, day]));
    years.set(year, known);
    return known.get(date);
  };
  const days: ExplainedDay[] = [];
  const told = new Set<number>();
  let n = 0;
  for (let date = addDays(startedOn, 1); date <= dueOn; date = addDays(date, 1)) {
    const day = dayOf(date);
    if (day === undefined || days.length === mostDays) return undefined;
    const { kind, working, name, weekday } = day;
    if (kind === 'statutory' || kind === 'off' || kind === 'makeup') told.add(yearOf(date));
    if (working) days.push({ date, n: (n += 1), ...(kind === 'makeup' ? { makeup: true } : {}) });
    else days.push({ date, skipped: name ?? (weekday === 6 || weekday === 7 ? weekend[weekday] : '休息日') });
  }
  if (n !== workingDays || !days.some((day) => day.date === dueOn && 'n' in day)) return undefined;
  const notices = [...told].flatMap((year) => calendar.year(year).notices.map(({ docNo }) => docNo));
  return { days, notices: [...new Set(notices)] };
}
