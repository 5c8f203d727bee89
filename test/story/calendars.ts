import { type Arrangement, arrangeYear } from '@dandang/calendar/calendar-year.ts';
import { buildCalendar, type Calendar, publishedCalendar, publishedYearsOnFile } from '@dandang/calendar/calendar.ts';

/** The calendar after an import for 2027, arranged as a test wants it: invented. */
export const calendarWith2027 = (...holidays: readonly Arrangement[]): Calendar =>
  buildCalendar({ years: [...publishedYearsOnFile, arrangeYear(2027, [], holidays)], imports: 1 });

/** The calendar before and after such an import: what a random sequence is recounted by, to and fro. */
export const calendarsAround2027 = (...holidays: readonly Arrangement[]) =>
  [publishedCalendar, calendarWith2027(...holidays)] as const;
