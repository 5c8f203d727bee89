import { dayNumber, type CivilDate } from './civil-date.ts';

/** Working days of a run of days, by day number (days since 1970-01-01). Every answer is one or two array reads. */
export interface WorkingDays {
  readonly first: number;
  readonly last: number;
  has(day: number): boolean;
  /** The `count`-th working day after `day`, or undefined where the run ends before it or does not reach back to `day`. */
  after(day: number, count: number): number | undefined;
  /** How many working days lie in `first` … `day`. RangeError outside the run. */
  through(day: number): number;
}

/**
 * Rank and select over the days `first` … `last`: `rank` holds how many working days precede each day,
 * `select` holds the working days in order. Adding is then `select[rank[day] + count]`, whatever the count.
 */
export function workingDays(first: number, last: number, works: (day: number) => boolean): WorkingDays {
  const rank = new Int32Array(last - first + 2);
  const select: number[] = [];
  for (let day = first; day <= last; day++) {
    if (works(day)) select.push(day);
    rank[day - first + 1] = select.length;
  }
  // How many working days have gone by at the end of `day`; the day before the run is its zero.
  const gone = (day: number): number | undefined => rank[day - first + 1];
  return {
    first,
    last,
    has: (day) => gone(day) !== gone(day - 1),
    after: (day, count) => {
      const before = gone(day);
      return before === undefined ? undefined : select[before + count - 1];
    },
    through: (day) => {
      const count = gone(day);
      if (count === undefined) throw new RangeError(`day ${day} lies outside the calendar`);
      return count;
    },
  };
}

/** Day numbers of dates, for tables that are typed as dates. */
export function daySet(dates: Iterable<CivilDate>): ReadonlySet<number> {
  return new Set(Array.from(dates, dayNumber));
}
