import * as z from 'zod/mini';

/**
 * A civil date in China, `YYYY-MM-DD`, years 1000 to 9999.
 * Such strings compare with `<` in the order of time.
 */
export type CivilDate = string;

/**
 * An instant, ISO 8601. The project writes it with `+08:00` and milliseconds
 * (`2026-11-02T09:30:00.000+08:00`) and reads any offset, but never a time without one.
 */
export type Instant = string;

/** Day of the week as ISO 8601 numbers it: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** China's offset in milliseconds: UTC+8, without summer time since 1992. */
const OFFSET = 8 * 3_600_000;
const DAY = 24 * 3_600_000;

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The two decimal digits at `at` as a number; far below zero where one of them is no digit. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -10_000;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

interface Ymd {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DASH = 45;

/** Reads character by character: this runs before every count of days, and a regular expression would be most of its time. */
function parts(date: string): Ymd | undefined {
  if (date.length !== 10 || date.charCodeAt(4) !== DASH || date.charCodeAt(7) !== DASH) return undefined;
  const year = twoDigits(date, 0) * 100 + twoDigits(date, 2);
  const month = twoDigits(date, 5);
  const day = twoDigits(date, 8);
  const valid = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return valid ? { year, month, day } : undefined;
}

function partsOf(date: CivilDate): Ymd {
  const found = parts(date);
  if (found === undefined) throw new RangeError(`not a civil date (YYYY-MM-DD): ${date}`);
  return found;
}

/** Days since 1970-01-01 of a proleptic Gregorian date; the year is taken to begin in March, so that the leap day is its last. */
function daysFromCivil({ year, month, day }: Ymd): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.trunc((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return 365 * y + Math.trunc(y / 4) - Math.trunc(y / 100) + Math.trunc(y / 400) + dayOfYear - 719_468;
}

/** Whether `value` is a civil date that exists, `2026-02-29` not being one. */
export function isCivilDate(value: unknown): boolean {
  return typeof value === 'string' && parts(value) !== undefined;
}

/** Whether `value` is an instant with an offset: a time without one would mean another moment in every process. */
export function isInstant(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const date = INSTANT.exec(value)?.[1];
  return date !== undefined && isCivilDate(date) && !Number.isNaN(Date.parse(value));
}

/** A civil date in input and in what is read from storage. */
export const civilDate = z.string().check(z.refine(isCivilDate, '日期应写作 YYYY-MM-DD，且须存在'));

/** An instant in input and in what is read from storage. */
export const instant = z.string().check(z.refine(isInstant, '时刻应按 ISO 8601 书写，并带时区'));

/** Days from 1970-01-01 to `date`. RangeError when it is no civil date. */
export function dayNumber(date: CivilDate): number {
  return daysFromCivil(partsOf(date));
}

/** The civil date that many days after 1970-01-01. RangeError outside the years 1000 to 9999. */
export function dateOfDay(day: number): CivilDate {
  const date = new Date(day * DAY).toISOString().slice(0, 10);
  if (!isCivilDate(date)) throw new RangeError(`day ${day} lies outside the years 1000 to 9999`);
  return date;
}

/** The instant of a number of milliseconds since 1970-01-01T00:00Z. RangeError outside the years 1000 to 9999. */
export function instantAt(ms: number): Instant {
  const text = new Date(ms + OFFSET).toISOString().replace('Z', '+08:00');
  if (!isInstant(text)) throw new RangeError(`${ms} ms lies outside the years 1000 to 9999`);
  return text;
}

/** Milliseconds since 1970-01-01T00:00Z. RangeError when `at` is no instant, or has no offset. */
export function msOf(at: Instant): number {
  if (!isInstant(at)) throw new RangeError(`not an instant with an offset (ISO 8601): ${at}`);
  return Date.parse(at);
}

/** The date in China at an instant: `floor((ms + 8 h) / 24 h)`. The only place where a moment becomes a date. */
export function chinaDate(at: Instant): CivilDate {
  return dateOfDay(Math.floor((msOf(at) + OFFSET) / DAY));
}

/** 00:00:00.000 in China. RangeError when `date` is no civil date. */
export function startOfDay(date: CivilDate): Instant {
  return instantAt(dayNumber(date) * DAY - OFFSET);
}

/** 23:59:59.999 in China, the last millisecond before 24:00 (民法典 art. 203); what comes later is overdue. */
export function endOfDay(date: CivilDate): Instant {
  return instantAt((dayNumber(date) + 1) * DAY - OFFSET - 1);
}

/** `date` and `days` more; negative goes back. RangeError when `date` is no civil date. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOfDay(dayNumber(date) + days);
}

/**
 * The corresponding day `months` later, or the month's last day where there is none
 * (民法典 art. 202: 没有对应日的，月末日为期间的最后一日). RangeError when `date` is no civil date or the year leaves 1000 to 9999.
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = partsOf(date);
  const count = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  return dateOfDay(daysFromCivil({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) }));
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

const WEEKDAYS = [4, 5, 6, 7, 1, 2, 3] as const;

/** The weekday of a day number; day 0, 1970-01-01, was a Thursday. */
export function weekdayOfDay(day: number): Weekday {
  return WEEKDAYS[((day % 7) + 7) % 7] ?? 4;
}

/** The weekday of a date, Monday 1 to Sunday 7. */
export function weekday(date: CivilDate): Weekday {
  return weekdayOfDay(dayNumber(date));
}

/** The year of a date. */
export function yearOf(date: CivilDate): number {
  return partsOf(date).year;
}

/** The date as an official document writes it: `2026年11月2日`, without leading zeros (GB/T 9704-2012, 7.3.5.4). */
export function formatChinese(date: CivilDate): string {
  const { year, month, day } = partsOf(date);
  return `${year}年${month}月${day}日`;
}
