import type { Calendar } from '@dandang/calendar/calendar.ts';
import { chinaDate, type CivilDate, dateOfDay, dayNumber } from '@dandang/calendar/civil-date.ts';
import type { Delivery } from './delivery.ts';
import { derivedId } from './id.ts';

/** The delivery of a person's to-do mail of one day: at most one exists. */
export const todoMailId = (person: string, day: CivilDate): string => derivedId('todo-mail', person, day);

/** The first day on which a to-do mail may go out: today, or the next working day. */
export const firstMailDay = (
  today: CivilDate,
  calendar: Pick<Calendar, 'isWorkingDay' | 'nextWorkingDay'>,
): CivilDate => (calendar.isWorkingDay(today) ? today : calendar.nextWorkingDay(today));

/** Days off in a row, at the most: a festival with the weekends around it, and some to spare. */
const longestRest = 14;

/**
 * The working days before a day whose mails still matter to it, newest first: as many as the rhythm has working days, so
 * that the oldest one matters only where its mail went out late.
 */
export function mailDaysBefore(day: CivilDate, rhythm: number, { days }: Pick<Calendar, 'days'>): CivilDate[] {
  const last = dayNumber(day) - 1;
  return Array.from({ length: 2 * rhythm + longestRest }, (_, back) => last - back)
    .filter((one) => days.has(one))
    .slice(0, rhythm)
    .map(dateOfDay);
}

/**
 * The day on which somebody heard by the mail of a day; undefined where it did not: a mail that is queued may still say
 * more, and one that failed, came back or was dropped said nothing.
 */
export const heardOn = (mail: Pick<Delivery, 'state' | 'sentAt'>, day: CivilDate): CivilDate | undefined => {
  if (mail.state !== 'sent' || mail.sentAt === null) return undefined;
  const sent = chinaDate(mail.sentAt);
  return sent > day ? sent : day;
};
