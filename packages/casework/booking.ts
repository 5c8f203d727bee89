import { type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';

/** Who meets where and when: what a calendar of the house must not hold twice. `interview` names the matter. */
export const booking = z.object({
  interview: z.string(),
  at: z.string(),
  place: z.string(),
  persons: z.readonly(z.array(z.object({ id: z.string(), name: z.string() }))),
});
export type Booking = z.infer<typeof booking>;

/** What two bookings share: the interview that was there first, and the names of the persons or the place. */
export interface Clash {
  readonly interview: string;
  readonly what: readonly string[];
}

const hour = 3_600_000;
const sameHour = (a: Instant, b: Instant): boolean => Math.abs(msOf(a) - msOf(b)) < hour;

/** The bookings of the same hour that share a person or the place with a wanted one. */
export function clashes(wanted: Booking, booked: readonly Booking[]): Clash[] {
  return booked
    .filter((other) => other.interview !== wanted.interview && sameHour(other.at, wanted.at))
    .map((other) => ({
      interview: other.interview,
      what: [
        ...other.persons.filter((one) => wanted.persons.some((person) => person.id === one.id)).map((one) => one.name),
        ...(other.place.trim() === wanted.place.trim() ? [other.place] : []),
      ],
    }))
    .filter((clash) => clash.what.length > 0);
}
