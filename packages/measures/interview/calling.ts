import { instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { freeText, shortText } from '@dandang/casework/input.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { seriesMissing } from '../official-letter.ts';
import { absencesIn, absentInput } from './attendance.ts';
import { bookedPersons, bookingHolds, daysAround, despiteBooking } from './booked-hour.ts';
import { cancelledNotice, changedNotices, interviewNotice, rescheduledNotice } from './calling-letters.ts';
import { isNotified } from './interview-matter.ts';
import { callingParties, numbersFor, ofNotified, ofPlanned, procedural, whoPlans } from './parties.ts';
import { concurred } from './planning.ts';
import { refuse } from './refusals.ts';

/* Everybody is called to the interview; another hour; it does not take place. */

const rescheduling = z.strictObject({
  at: instant,
  place: shortText,
  reason: freeText,
  /** Who did not come, where it was for that. */
  absent: z.optional(absentInput),
  anyway: despiteBooking.anyway,
});
const cancelling = z.strictObject({ reason: freeText, absent: z.optional(absentInput) });

/** The hour that it is moved to. */
const moved = ({ at, place, reason }: z.infer<typeof rescheduling>) => ({ at: instantAt(msOf(at)), place, reason });

export const callingCommands = {
  notify: ofPlanned(['planned'], {
    title: '发出约谈通知书',
    by: procedural,
    byNow: whoPlans,
    input: z.strictObject({}),
    awaited: concurred,
    blocked: (matter, known) => {
      if (!concurred(matter)) return refuse('not-concurred');
      // The concurrences may have taken longer than the plan thought.
      if (msOf(matter.details.plan.at) < msOf(known.now)) return refuse('date-passed');
      return seriesMissing(known, 'interview.series');
    },
    needs: callingParties,
    // Everybody who was called already hears of the change under the number of the first notice.
    numbers: (matter, input, context) =>
      isNotified(matter.details) ? [] : numbersFor('interview-notice')(matter, input, context),
    letters: (matter, _input, context) => [
      ...(isNotified(matter.details) ? changedNotices(matter, context) : [interviewNotice(matter, context)]),
    ],
    decide: (_matter, _input, _context, issued) => [{ type: 'InterviewNotified', data: {} }, ...issued],
  }),
  reschedule: ofNotified(['notified'], {
    title: '改期',
    by: procedural,
    byNow: whoPlans,
    input: rescheduling,
    needs: (matter, input) => ({ ...callingParties(matter), bookingsOn: daysAround(input.at) }),
    letters: (matter, input, context) => {
      const absences = absencesIn(matter, input.absent);
      return isRefusal(absences) ? absences : [rescheduledNotice(matter, { ...moved(input), ...absences }, context)];
    },
    decide: (matter, input, context, issued) => {
      if (msOf(input.at) < msOf(context.now)) return refuse('date-passed');
      const absences = absencesIn(matter, input.absent);
      if (isRefusal(absences)) return absences;
      const persons = bookedPersons(matter, matter.details.plan);
      const free = bookingHolds(matter, { ...moved(input), persons }, input, context);
      if (isRefusal(free)) return free;
      return [{ type: 'InterviewRescheduled', data: { ...moved(input), ...absences, ...free } }, ...issued];
    },
  }),
  // Also while everybody who was called waits for another plan.
  cancel: ofNotified(['planned', 'notified'], {
    title: '取消',
    by: procedural,
    byNow: whoPlans,
    input: cancelling,
    needs: callingParties,
    letters: (matter, { reason, absent }, context) => {
      const absences = absencesIn(matter, absent);
      return isRefusal(absences) ? absences : [cancelledNotice(matter, { reason, ...absences }, context)];
    },
    decide: (matter, { reason, absent }, _context, issued) => {
      const absences = absencesIn(matter, absent);
      return isRefusal(absences)
        ? absences
        : [{ type: 'InterviewCancelled', data: { reason, ...absences } }, ...issued];
    },
  }),
};
