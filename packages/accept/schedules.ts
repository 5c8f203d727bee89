import { type CivilDate, type Instant, msOf } from '@dandang/calendar/civil-date.ts';

/**
 * What runs by the clock, declared once for the deployed rules and for one machine. `at` is a time of day in China.
 */
export const schedules = [
  {
    name: 'lights',
    at: '00:05',
    why: 'The civil date has just changed in China: lights turn before anybody is at work.',
  },
  { name: 'reconcile', at: '02:00', why: 'Nobody works at this hour, and the day before is complete.' },
  { name: 'mails', at: '09:00', why: 'Chasers and held mails reach people when they are at their desks.' },
] as const;

export type ScheduleName = (typeof schedules)[number]['name'];

/** The instant from which a mail that is held until a day may go out: when the mails of that day do. */
const heldUntil = (day: CivilDate): Instant =>
  `${day}T${schedules.find(({ name }) => name === 'mails')?.at ?? '00:00'}:00.000+08:00`;

/** Whether a mail must still wait at an instant; one without such a day need not. */
export const isHeld = ({ notBefore }: { readonly notBefore?: CivilDate | null | undefined }, now: Instant): boolean =>
  typeof notBefore === 'string' && msOf(now) < msOf(heldUntil(notBefore));
