import type { Calendar } from '@dandang/calendar/calendar.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { derivedId } from './id.ts';

/** The delivery of a person's to-do mail of one day: at most one exists. */
export const todoMailId = (person: string, day: CivilDate): string => derivedId('todo-mail', person, day);

/** The first day on which a to-do mail may go out: today, or the next working day. */
export const firstMailDay = (
  today: CivilDate,
  calendar: Pick<Calendar, 'isWorkingDay' | 'nextWorkingDay'>,
): CivilDate => (calendar.isWorkingDay(today) ? today : calendar.nextWorkingDay(today));
