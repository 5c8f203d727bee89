import type { Calendar } from './calendar.ts';
import { yearOf, type CivilDate } from './civil-date.ts';

/** A missing notice, as the health answer and the alarm show it. */
export interface CalendarWarning {
  readonly level: 'warn' | 'fail';
  /** `next-year-missing` before New Year, `year-missing` once the year runs without a notice. */
  readonly code: 'next-year-missing' | 'year-missing';
  /** The year whose notice is to be imported. */
  readonly year: number;
  readonly message: string;
}

/** The notices of 2020–2026 are dated 25 October to 8 December of the year before. */
const WARN_FROM = '-11-01';
const FAIL_FROM = '-12-10';

/**
 * Whether next year's notice is missing at a time when it should be there: `warn` from 1 November, `fail` from 10 December,
 * and `fail` for a year that runs without one. `today` is the date in China.
 */
export function calendarWarning(
  calendar: Pick<Calendar, 'publishedThrough'>,
  today: CivilDate,
): CalendarWarning | undefined {
  const current = yearOf(today);
  const { publishedThrough } = calendar;
  if (publishedThrough < current) {
    const year = publishedThrough + 1;
    return {
      level: 'fail',
      code: 'year-missing',
      year,
      message: `尚未导入国务院办公厅关于${year}年部分节假日安排的通知，工作日均为推算，请立即导入。`,
    };
  }
  if (publishedThrough > current || today < `${current}${WARN_FROM}`) return undefined;
  const year = current + 1;
  return {
    level: today < `${current}${FAIL_FROM}` ? 'warn' : 'fail',
    code: 'next-year-missing',
    year,
    message: `尚未导入国务院办公厅关于${year}年部分节假日安排的通知，${current}年12月28日以后到期的时限均为暂定。`,
  };
}
