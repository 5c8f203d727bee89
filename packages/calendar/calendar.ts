import type { CalendarYear, Notice } from './calendar-year.ts';
import { addMonths, dateOfDay, dayNumber, weekdayOfDay, yearOf, type CivilDate, type Weekday } from './civil-date.ts';
import { year2020 } from './notices/2020.ts';
import { year2021 } from './notices/2021.ts';
import { year2022 } from './notices/2022.ts';
import { year2023 } from './notices/2023.ts';
import { year2024 } from './notices/2024.ts';
import { year2025 } from './notices/2025.ts';
import { year2026 } from './notices/2026.ts';
import { type StatutoryDay, statutoryDays } from './statutory.ts';
import type { BeyondCalendar, DueDate, Term } from './term.ts';
import { daySet, workingDays, type WorkingDays } from './working-days.ts';

/** A day off in one city only, such as 广西三月三 or a local stoppage, with the act that gives it. */
export interface ExtraDayOff {
  readonly date: CivilDate;
  readonly name: string;
  readonly citation: string;
}

/** One day of a year. `name` is set on holidays, `firm` is false where a notice may still change the day. */
export interface CalendarDay {
  readonly date: CivilDate;
  readonly weekday: Weekday;
  readonly working: boolean;
  readonly kind: 'workday' | 'weekend' | 'statutory' | 'off' | 'makeup' | 'local';
  readonly firm: boolean;
  readonly name?: string;
}

/** A year as `GET /api/calendar/{year}` shows it. */
export interface YearView {
  readonly year: number;
  readonly status: 'published' | 'unpublished';
  /** The year's own notices, and next year's where it lists days of this one. */
  readonly notices: readonly Notice[];
  /** Working days of the year, only once it is published. */
  readonly workingDays?: number;
  /** Every day of the year; expected ones while it is unpublished, none where nothing is known. */
  readonly days: readonly CalendarDay[];
}

/**
 * Working days in China. The calendar reaches from the first published year to the end of the year after the last published one.
 * In that last year, and on 29–31 December before it, its answers are expectations: Monday to Friday without the statutory days.
 * Methods that return a date or a boolean throw a RangeError beyond; `due` refuses.
 */
export interface Calendar {
  /** `<last published year>#<1 + imports>`, such as `2026#1`. */
  readonly edition: string;
  readonly publishedThrough: number;
  /** 28 December of the last published year: what is counted up to here no later notice can change. */
  readonly firmThrough: CivilDate;
  /** The same days by number, for counting in bulk: no date is read or written. */
  readonly days: WorkingDays;
  isWorkingDay(date: CivilDate): boolean;
  /**
   * The last day of a period that began on `startedOn`. That day is not counted (民法典 art. 201).
   * Working days end on a working day, which may be a Saturday. Calendar days and months that end on a day off
   * end on the next day that is none (民法典 art. 203). RangeError when the amount is no whole number from 1 to 1000.
   */
  due(startedOn: CivilDate, term: Term): DueDate | BeyondCalendar;
  /** How many working days come after `after`, up to and with `through`; 0 when `through` is not later. */
  workingDaysBetween(after: CivilDate, through: CivilDate): number;
  /** The same days one by one: what a deadline counted. */
  countedDays(after: CivilDate, through: CivilDate): readonly CivilDate[];
  /** The first working day after `date`, never `date` itself. */
  nextWorkingDay(date: CivilDate): CivilDate;
  /**
   * The first day on which `workingDaysLeft` working days or fewer are left, where a working day that has begun is not left any more:
   * two before a Friday is Wednesday, with Thursday and Friday to go. Give `earliest` of a provisional due date to be in time.
   */
  attentionDay(dueOn: CivilDate, workingDaysLeft: number): CivilDate;
  year(year: number): YearView;
}

/** Whether a calendar knows a day, firm or expected: beyond it nobody can say whether people work. */
export const reaches = ({ publishedThrough }: Pick<Calendar, 'publishedThrough'>, date: CivilDate): boolean =>
  yearOf(date) <= publishedThrough + 1;

export interface CalendarSource {
  /** In any order; of two for the same year the later in the list holds, so imports come after what is built in. */
  readonly years: readonly CalendarYear[];
  /** Days off by law in years without a notice; by default those on file. */
  readonly statutory?: readonly StatutoryDay[];
  /** How many imports these years contain; it makes the edition. */
  readonly imports?: number;
  readonly extraDaysOff?: readonly ExtraDayOff[];
}

/** How far around a statutory day a notice has ever moved days (calendar of 2009–2026): days before, days after. */
const REACH = { weekday: [3, 6], weekend: [9, 11] } as const;

/** The years up to the first gap, by number. An empty year counts as unpublished. */
function publishedYears(years: readonly CalendarYear[]): readonly CalendarYear[] {
  const byYear = new Map(years.filter(({ daysOff }) => daysOff.length > 0).map((entry) => [entry.year, entry]));
  const run: CalendarYear[] = [];
  let next = byYear.get(Math.min(...byYear.keys()));
  while (next !== undefined) {
    run.push(next);
    next = byYear.get(next.year + 1);
  }
  return run;
}

/** The days around the statutory ones that a notice still to come may turn either way. */
function uncertainDays(statutory: Iterable<number>): ReadonlySet<number> {
  const days = new Set<number>();
  for (const holiday of statutory) {
    for (let day = holiday - REACH.weekend[0]; day <= holiday + REACH.weekend[1]; day++) {
      const near = day >= holiday - REACH.weekday[0] && day <= holiday + REACH.weekday[1];
      if (near || weekdayOfDay(day) > 5) days.add(day);
    }
  }
  return days;
}

/** What `make` gives, made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A calendar from years, as typed here or as imported. RangeError when no year has a notice. */
export function buildCalendar(source: CalendarSource): Calendar {
  const published = publishedYears(source.years);
  const firstYear = published[0];
  const lastYear = published.at(-1);
  if (firstYear === undefined || lastYear === undefined)
    throw new RangeError('a calendar needs at least one published year');
  const publishedThrough = lastYear.year;
  const nextYear = publishedThrough + 1;
  const firmThrough = `${publishedThrough}-12-28`;
  const firmDay = dayNumber(firmThrough);
  const edition = `${publishedThrough}#${1 + (source.imports ?? 0)}`;

  const listedOff = new Map(published.flatMap(({ daysOff }) => daysOff).map((day) => [dayNumber(day.date), day]));
  const makeup = daySet(published.flatMap(({ makeupWorkDays }) => makeupWorkDays));
  const local = new Map((source.extraDaysOff ?? []).map((day) => [dayNumber(day.date), day]));
  const byLaw = new Map(
    (source.statutory ?? statutoryDays(nextYear) ?? [])
      .filter(({ date }) => yearOf(date) === nextYear)
      .map((day) => [dayNumber(day.date), day]),
  );
  // New Year's Day is known of any year, and reaches back into the December before.
  const newYears = [dayNumber(`${nextYear}-01-01`), dayNumber(`${nextYear + 1}-01-01`)];
  const near = uncertainDays([...byLaw.keys(), ...newYears]);

  const first = dayNumber(`${firstYear.year}-01-01`);
  // Without the law's days of next year nothing can be expected of it.
  const last = dayNumber(`${byLaw.size > 0 ? nextYear : publishedThrough}-12-31`);

  const expectedToWork = (day: number): boolean => {
    if (local.has(day) || byLaw.has(day)) return false;
    return makeup.has(day) || (weekdayOfDay(day) < 6 && !listedOff.has(day));
  };
  const certain = (day: number): boolean => day <= firmDay || byLaw.has(day) || local.has(day) || !near.has(day);
  const expected = once(() => workingDays(first, last, expectedToWork));
  // The more days are worked, the sooner a period ends. All three are made when first asked for: many a request counts no
  // days, and should not wait for them in a function's cold start.
  const earliest = once(() => workingDays(first, last, (day) => (certain(day) ? expected().has(day) : true)));
  const latest = once(() => workingDays(first, last, (day) => certain(day) && expected().has(day)));

  const dates: CivilDate[] = [];
  const dateOf = (day: number): CivilDate => (dates[day - first] ??= dateOfDay(day));
  const dayInside = (date: CivilDate): number => {
    const day = dayNumber(date);
    if (day >= first && day <= last) return day;
    throw new RangeError(`no calendar for ${date}: published ${firstYear.year} to ${publishedThrough}`);
  };
  const found = (day: number | undefined): CivilDate => {
    if (day !== undefined) return dateOf(day);
    throw new RangeError(`the day sought lies beyond the calendar: published ${firstYear.year} to ${publishedThrough}`);
  };

  /** The last day of a period on one reading of the uncertain days; undefined beyond it. */
  const lastDay = (days: WorkingDays, startedOn: CivilDate, { amount, unit }: Term): number | undefined => {
    const start = dayNumber(startedOn);
    if (start > last) return undefined;
    switch (unit) {
      case 'working-day':
        return days.after(start, amount);
      case 'calendar-day':
        return days.after(start + amount - 1, 1);
      case 'month':
        return days.after(dayNumber(addMonths(startedOn, amount)) - 1, 1);
    }
  };

  const countBetween = (after: CivilDate, through: CivilDate): number =>
    Math.max(0, expected().through(dayInside(through)) - expected().through(dayInside(after)));

  const dayView = (day: number): CalendarDay => {
    const off = listedOff.get(day);
    const law = byLaw.get(day);
    const extra = local.get(day);
    const name = (extra ?? law ?? off)?.name;
    const weekend = weekdayOfDay(day) > 5;
    const listed = law !== undefined || off?.statutory === true ? 'statutory' : off !== undefined ? 'off' : undefined;
    const ordinary = makeup.has(day) ? 'makeup' : weekend ? 'weekend' : 'workday';
    return {
      date: dateOf(day),
      weekday: weekdayOfDay(day),
      working: expected().has(day),
      kind: extra !== undefined ? 'local' : (listed ?? ordinary),
      firm: day <= firmDay,
      ...(name === undefined ? {} : { name }),
    };
  };

  return {
    edition,
    publishedThrough,
    firmThrough,
    get days() {
      return expected();
    },
    isWorkingDay: (date) => expected().has(dayInside(date)),
    due: (startedOn, term) => {
      const { amount, unit } = term;
      if (!Number.isInteger(amount) || amount < 1 || amount > 1000)
        throw new RangeError(`not a term: ${amount} ${unit}`);
      const day = lastDay(expected(), startedOn, term);
      const firm = day !== undefined && day <= firmDay;
      const from = firm ? day : lastDay(earliest(), startedOn, term);
      const to = firm ? day : lastDay(latest(), startedOn, term);
      // An answer without its latest day would not be one: a right must not end at a day that was never counted.
      if (day === undefined || from === undefined || to === undefined)
        return { refused: 'no-calendar', publishedThrough };
      return {
        startedOn,
        amount,
        unit,
        calendar: edition,
        dueOn: dateOf(day),
        firm,
        earliest: dateOf(from),
        latest: dateOf(to),
      };
    },
    workingDaysBetween: countBetween,
    countedDays: (after, through) =>
      Array.from({ length: countBetween(after, through) }, (_, at) =>
        found(expected().after(dayInside(after), at + 1)),
      ),
    nextWorkingDay: (date) => found(expected().after(dayInside(date), 1)),
    attentionDay: (dueOn, workingDaysLeft) => {
      const begun = expected().through(dayInside(dueOn)) - workingDaysLeft;
      return begun <= 0 ? dateOf(first) : found(expected().after(first - 1, begun));
    },
    year: (year) => {
      const own = published.find((entry) => entry.year === year);
      const following = published.find((entry) => entry.year === year + 1);
      const reachesBack =
        following !== undefined &&
        [...following.daysOff.map(({ date }) => date), ...following.makeupWorkDays].some(
          (date) => yearOf(date) === year,
        );
      const days: CalendarDay[] = [];
      if (year >= firstYear.year && year <= yearOf(dateOf(last))) {
        for (let day = dayNumber(`${year}-01-01`); day <= dayNumber(`${year}-12-31`); day++) days.push(dayView(day));
      }
      return {
        year,
        status: own === undefined ? 'unpublished' : 'published',
        notices: own === undefined ? [] : [...own.notices, ...(reachesBack ? following.notices : [])],
        ...(own === undefined ? {} : { workingDays: days.filter(({ working }) => working).length }),
        days,
      };
    },
  };
}

/** The years that this package carries, in the form `buildCalendar` takes; imported ones are appended. */
export const publishedYearsOnFile: readonly CalendarYear[] = [
  year2020,
  year2021,
  year2022,
  year2023,
  year2024,
  year2025,
  year2026,
];

/** The calendar of the years on file, before any import. */
export const publishedCalendar: Calendar = buildCalendar({ years: publishedYearsOnFile });
