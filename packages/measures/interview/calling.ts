import { instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { freeText, shortText } from '@dandang/casework/input.ts';
import { isRefusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { seriesMissing } from '../official-letter.ts';
import { bookedPersons, bookingHolds, daysAround, despiteBooking } from './booked-hour.ts';
import { cancelledNotice, interviewNotice, rescheduledNotice } from './calling-letters.ts';
import { callingParties, committee, numbersFor, ofNotified, ofPlanned } from './parties.ts';
import { concurred } from './planning.ts';

/* Everybody is called to the interview; another hour; it does not take place. */

const rescheduling = z.strictObject({ at: instant, place: shortText, reason: freeText, anyway: despiteBooking.anyway });

/** The hour that it is moved to. */
const moved = ({ at, place, reason }: z.infer<typeof rescheduling>) => ({ at: instantAt(msOf(at)), place, reason });

export const callingCommands = {
  notify: ofPlanned(['planned'], {
    title: '发出约谈通知书',
    by: [committee],
    input: z.strictObject({}),
    awaited: concurred,
    needs: callingParties,
    numbers: numbersFor('interview-notice'),
    letters: (matter, _input, context) => [interviewNotice(matter, context)],
    decide: (matter, _input, context, issued) => {
      if (!concurred(matter)) return refuse('not-concurred');
      // The concurrences may have taken longer than the plan thought.
      if (msOf(matter.details.plan.at) < msOf(context.now)) return refuse('date-passed');
      return seriesMissing(context, 'interview.series') ?? [{ type: 'InterviewNotified', data: {} }, ...issued];
    },
  }),
  reschedule: ofNotified(['notified'], {
    title: '改期',
    by: [committee],
    input: rescheduling,
    needs: (matter, input) => ({ ...callingParties(matter), bookingsOn: daysAround(input.at) }),
    letters: (matter, input, context) => [rescheduledNotice(matter, moved(input), context)],
    decide: (matter, input, context, issued) => {
      if (msOf(input.at) < msOf(context.now)) return refuse('date-passed');
      const persons = bookedPersons(matter, matter.details.plan);
      const free = bookingHolds(matter, { ...moved(input), persons }, input, context);
      return isRefusal(free) ? free : [{ type: 'InterviewRescheduled', data: { ...moved(input), ...free } }, ...issued];
    },
  }),
  cancel: ofNotified(['notified'], {
    title: '取消',
    by: [committee],
    input: z.strictObject({ reason: freeText }),
    needs: callingParties,
    letters: (matter, { reason }, context) => [cancelledNotice(matter, reason, context)],
    decide: (_matter, { reason }, _context, issued) => [{ type: 'InterviewCancelled', data: { reason } }, ...issued],
  }),
};
