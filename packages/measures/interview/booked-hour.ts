import { chinaDate, type CivilDate, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { type Booking, clashes } from '@dandang/casework/booking.ts';
import type { Context } from '@dandang/casework/command.ts';
import { freeText } from '@dandang/casework/input.ts';
import { malformedAt, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import type { InterviewPlan } from './events.ts';
import type { Interview } from './interview-matter.ts';

/* The hour of an interview: who and what it keeps, and what stands in its way. */

/** Whether a double booking is accepted, and why. */
export const despiteBooking = { anyway: z.optional(z.literal(true)), reason: z.optional(freeText) };

/** Who or what is booked already in that hour, unless somebody decides that it goes anyway, with a reason. */
export function bookingHolds(
  interview: Interview,
  wanted: Pick<Booking, 'at' | 'place' | 'persons'>,
  input: { readonly anyway?: true | undefined; readonly reason?: string | undefined },
  { bookings }: Context,
): { readonly anyway?: NonNullable<InterviewPlan['anyway']> } | Refusal {
  const found = clashes({ ...wanted, interview: interview.id }, bookings);
  if (found.length === 0) return {};
  const named = found.flatMap((one) => one.what);
  if (input.anyway !== true)
    return refuse('conflict', {
      detail: named.join('、'),
      other: found.map(({ interview: id }) => ({ kind: 'interview', id })),
    });
  if (input.reason === undefined) return malformedAt('reason', '须说明理由', 'a reason is needed');
  return { anyway: { reason: input.reason, with: named } };
}

export const bookedPersons = (
  interview: Interview,
  plan: Pick<InterviewPlan, 'lead' | 'participants'>,
): Booking['persons'] => [...interview.subjects.map(({ id, name }) => ({ id, name })), plan.lead, ...plan.participants];

/** The days on which something may be booked in the hour before or after: two of them around midnight. */
export const daysAround = (at: string): CivilDate[] =>
  [-3_600_000, 3_600_000].map((ms) => chinaDate(instantAt(msOf(at) + ms)));

/** The hour is kept from the plan until the interview was held or will not be. */
export function bookingOf(interview: Interview): Booking | undefined {
  const { plan } = interview.details;
  if (plan === undefined || (interview.state !== 'planned' && interview.state !== 'notified')) return undefined;
  return { interview: interview.id, at: plan.at, place: plan.place, persons: bookedPersons(interview, plan) };
}
