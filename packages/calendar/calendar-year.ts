import * as z from 'zod/mini';
import { addDays, civilDate, type CivilDate, dateOfDay, dayNumber } from './civil-date.ts';
import { statutoryDays } from './statutory.ts';

/** A notice of the General Office of the State Council: the source of a year's days. */
export interface Notice {
  /** 发文字号, or the title where the number is not known. */
  readonly docNo: string;
  /** 成文日期. */
  readonly date: CivilDate;
  readonly url?: string;
  /** Set where it changes an earlier notice of the same year. */
  readonly amends?: boolean;
}

/** A day that a notice lists as off, Saturdays and Sundays inside a holiday included. */
export interface DayOff {
  readonly date: CivilDate;
  readonly name: string;
  /** Off by law, not by exchange for another day. */
  readonly statutory: boolean;
}

/**
 * What the notices say about one year. A day is a working day if it is in `makeupWorkDays`, or if it is Monday to Friday and not in
 * `daysOff`. A weekend joined to a holiday by 与周末连休 is not listed. Days of late December of the year before may be listed.
 */
export interface CalendarYear {
  readonly year: number;
  readonly notices: readonly Notice[];
  readonly daysOff: readonly DayOff[];
  readonly makeupWorkDays: readonly CivilDate[];
  /** A one-off gift of days off beyond the law's number, such as the extension of 2020; explains the checksum. */
  readonly exception?: { readonly days: number; readonly reason: string };
}

const noticeSchema = z.object({
  docNo: z.string().check(z.minLength(1)),
  date: civilDate,
  url: z.exactOptional(z.url()),
  amends: z.exactOptional(z.boolean()),
});

/** A year as it is stored after an import; parse it when it is read. Dates are checked, what they mean is for `checkYear`. */
export const calendarYear: z.ZodMiniType<CalendarYear> = z.object({
  year: z.int().check(z.gte(2008), z.lte(2999)),
  notices: z.array(noticeSchema),
  daysOff: z.array(z.object({ date: civilDate, name: z.string().check(z.minLength(1)), statutory: z.boolean() })),
  makeupWorkDays: z.array(civilDate),
  exception: z.exactOptional(z.object({ days: z.int(), reason: z.string().check(z.minLength(1)) })),
});

/** One item of a notice: a holiday, its first and last day off, and the days worked in exchange. */
export interface Arrangement {
  readonly name: string;
  readonly off: readonly [first: CivilDate, last: CivilDate];
  readonly work?: readonly CivilDate[];
}

/** All dates from `first` to `last`, both included; none when `last` is earlier. */
export function datesThrough(first: CivilDate, last: CivilDate): readonly CivilDate[] {
  const dates: CivilDate[] = [];
  let day = dayNumber(first);
  for (let date = first; date <= last; date = dateOfDay(day)) {
    dates.push(date);
    day += 1;
  }
  return dates;
}

/** Days off of one name; `statutory` is filled in from the law's list of the year. */
export function daysOff(year: number, name: string, dates: readonly CivilDate[]): readonly DayOff[] {
  return marked(datesByLaw(year), name, dates);
}

const datesByLaw = (year: number): ReadonlySet<CivilDate> => new Set(statutoryDays(year)?.map(({ date }) => date));

function marked(byLaw: ReadonlySet<CivilDate>, name: string, dates: readonly CivilDate[]): readonly DayOff[] {
  return dates.map((date) => ({ date, name, statutory: byLaw.has(date) }));
}

/** A year from the items of its notice, which is the form in which the tables are typed. */
export function arrangeYear(year: number, notices: readonly Notice[], items: readonly Arrangement[]): CalendarYear {
  const byLaw = datesByLaw(year);
  return {
    year,
    notices,
    daysOff: items.flatMap(({ name, off: [first, last] }) => marked(byLaw, name, datesThrough(first, last))),
    makeupWorkDays: items.flatMap(({ work }) => work ?? []).sort(),
  };
}

/** A later notice for a year already arranged: it extends a holiday, or gives it other days. */
export interface Amendment {
  readonly year: number;
  readonly notice: Notice;
  /** The holiday it is about, as the first notice names it, or one of the names it joins. */
  readonly holiday: string;
  readonly change:
    | { readonly kind: 'extend'; readonly through: CivilDate }
    | {
        readonly kind: 'replace';
        readonly off: readonly [first: CivilDate, last: CivilDate];
        readonly work: readonly CivilDate[];
      };
}

/**
 * The year as it stands after an amendment. Days that the amendment gives off are no longer worked in exchange, and the reverse.
 * What makes up for it elsewhere, if nothing does, must be given as `exception`, or `checkYear` will not balance.
 * RangeError when the amendment is for another year or for a holiday that the year does not have.
 */
export function amend(base: CalendarYear, amendment: Amendment, exception?: CalendarYear['exception']): CalendarYear {
  if (base.year !== amendment.year) throw new RangeError(`an amendment of ${amendment.year} does not fit ${base.year}`);
  const own = base.daysOff.filter(({ name }) => name.split('、').includes(amendment.holiday));
  const last = own.at(-1);
  if (last === undefined) throw new RangeError(`${base.year} has no holiday ${amendment.holiday}`);
  const { change } = amendment;
  const dates =
    change.kind === 'extend'
      ? datesThrough(addDays(last.date, 1), change.through)
      : datesThrough(change.off[0], change.off[1]);
  const work = change.kind === 'extend' ? [] : change.work;
  const kept = change.kind === 'extend' ? base.daysOff : base.daysOff.filter((day) => !own.includes(day));
  const off = new Set(dates);
  const worked = new Set(work);
  const days = [
    ...kept.filter(({ date }) => !off.has(date) && !worked.has(date)),
    ...daysOff(base.year, last.name, dates),
  ];
  const given = exception ?? base.exception;
  return {
    ...base,
    notices: [...base.notices, { ...amendment.notice, amends: true }],
    daysOff: days.sort((a, b) => (a.date < b.date ? -1 : 1)),
    makeupWorkDays: [...base.makeupWorkDays.filter((date) => !off.has(date) && !worked.has(date)), ...work].sort(),
    ...(given === undefined ? {} : { exception: given }),
  };
}
