import { calendarWarning } from '@dandang/calendar/health.ts';
import { chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Log } from '@dandang/accept/log.ts';
import type { Reference } from '@dandang/accept/reference.ts';

export interface CalendarCheckSurroundings {
  readonly reference: Pick<Reference, 'calendar'>;
  readonly now: () => Instant;
  readonly log: Log;
}

/** Says in the log, once a night, that a year's notice is missing although it should be there: an alarm hears it. */
export async function checkCalendar({ reference, now, log }: CalendarCheckSurroundings): Promise<void> {
  const missing = calendarWarning(await reference.calendar(), chinaDate(now()));
  if (missing !== undefined) log.warn('calendar-missing', { year: missing.year, level: missing.level });
}
