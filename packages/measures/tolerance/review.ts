import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Context, Decision, Exclusion } from '@dandang/casework/command.ts';
import { freeText } from '@dandang/casework/input.ts';
import { isRefusal, malformedAt, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { clockFrom } from './clocks.ts';
import { deciding, type Deciding, decisionInput, worse } from './deciding.ts';
import { decisionLetter, decisionSlot } from './decision-letter.ts';
import type { ToleranceEvent } from './events.ts';
import { reviewLetter } from './letters.ts';
import { command, concerned, decider, decisionNeeds, numbersFor } from './parties.ts';
import { decisionInForce, openReview, type Tolerance, type ToleranceState } from './tolerance-matter.ts';

/* The review 复核: by somebody who took no part; it suspends nothing and makes nothing worse. */

/**
 * Those who acted on the matter so far, whatever they did, and all who were ever to investigate it, of whom one writes for
 * all: none of them reviews it.
 */
const tookPart = ({ acts, details }: Tolerance): Exclusion => ({
  rule: 'reviewer-took-part',
  persons: [...acts.map((act) => act.person), ...details.everAppointed],
});

/** What a review comes to: a decision that it makes anew, or none where what there was stands, or there was none. */
function reviewed(
  tolerance: Tolerance,
  { outcome: result, decision: input }: z.infer<typeof reviewInput>,
  context: Context,
): Deciding | undefined | Refusal {
  const changes = result === 'changed' && decisionInForce(tolerance) !== undefined;
  if (changes && input === undefined)
    return malformedAt('decision', '须写明变更后的决定', 'the changed decision is missing');
  if (!changes && input !== undefined)
    return malformedAt('decision', '没有需要变更的决定', 'there is no decision to change');
  if (input === undefined) return undefined;
  const made = deciding(tolerance, input, context);
  return !isRefusal(made) && worse(tolerance, made, context.policy) ? refuse('review-worsens') : made;
}

const reviewSlot = ({ details }: Tolerance): string => `tolerance-review-${details.reviews.length}`;
const reviewInput = z.strictObject({
  outcome: z.enum(['upheld', 'changed']),
  reasons: freeText,
  decision: z.optional(decisionInput),
});

/** The day from which the term for asking for a review runs: that of the decision in force, or of the refusal to admit. */
const reviewableFrom = (tolerance: Tolerance): CivilDate =>
  chinaDate(decisionInForce(tolerance)?.at ?? tolerance.details.declined?.at ?? tolerance.openedAt);

/** Whether the term for asking for a review, where a deployment has set one, is over today. */
function reviewIsLate(tolerance: Tolerance, { policy, calendar, today }: Context): boolean {
  const within = policy.settings['tolerance.reviewWithin'].value;
  const until = within === null ? undefined : calendar.due(reviewableFrom(tolerance), within);
  return until !== undefined && !('refused' in until) && today > until.latest;
}

const reviewable: readonly ToleranceState[] = ['declined', 'decided', 'correcting', 'closed'];

export const reviewCommands = {
  'request-review': command(reviewable, {
    title: '申请复核',
    by: [concerned],
    input: z.strictObject({ grounds: freeText }),
    available: (matter) => !openReview(matter),
    decide: (matter, { grounds }, context): Decision<ToleranceEvent> =>
      reviewIsLate(matter, context) ? refuse('date-passed') : [{ type: 'ReviewRequested', data: { grounds } }],
  }),
  'decide-review': command(reviewable, {
    title: '作出复核决定',
    by: [decider],
    input: reviewInput,
    available: openReview,
    awaited: openReview,
    notFor: tookPart,
    needs: decisionNeeds,
    numbers: (matter, input, context) =>
      numbersFor(input.decision === undefined ? reviewSlot(matter) : decisionSlot(matter))(matter, input, context),
    // The organ hears the answer by its own decision; the official and the unit by a letter.
    letters: (matter, input, context) => {
      const made = reviewed(matter, input, context);
      if (isRefusal(made)) return made;
      return made === undefined
        ? [reviewLetter(matter, input, reviewSlot(matter), context)]
        : [decisionLetter(matter, made.decision, made.ordered, context)];
    },
    decide: (matter, input, context, issued): Decision<ToleranceEvent> => {
      const { outcome, reasons } = input;
      const made = reviewed(matter, input, context);
      if (isRefusal(made)) return made;
      if (made !== undefined) {
        const { decision, deadlines } = made;
        return [{ type: 'ReviewDecided', data: { outcome, reasons, decision } }, ...issued, ...deadlines];
      }
      // An application that was declined is taken up: its next clock starts.
      const clock = outcome === 'changed' ? clockFrom('investigation', context) : [];
      return isRefusal(clock) ? clock : [{ type: 'ReviewDecided', data: { outcome, reasons } }, ...issued, ...clock];
    },
  }),
};
