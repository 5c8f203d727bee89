import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Context, Decision, Exclusion } from '@dandang/casework/command.ts';
import { freeText } from '@dandang/casework/input.ts';
import { isRefusal, malformedAt, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { issued } from '../official-letter.ts';
import { clockFrom } from './clocks.ts';
import { deciding, decisionInput, decisionSlot, worse } from './deciding.ts';
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

/** The organ hears the answer by its own decision; the official and the unit by a letter. */
function reviewed(
  tolerance: Tolerance,
  { outcome: result, reasons, decision: input }: z.infer<typeof reviewInput>,
  context: Context,
): Decision<ToleranceEvent> {
  const changes = result === 'changed' && decisionInForce(tolerance) !== undefined;
  if (changes !== (input !== undefined))
    return changes
      ? malformedAt('decision', '须写明变更后的决定', 'the changed decision is missing')
      : malformedAt('decision', '没有需要变更的决定', 'there is no decision to change');
  if (input === undefined) {
    const letters = issued([reviewLetter(tolerance, { outcome: result, reasons }, reviewSlot(tolerance), context)]);
    if (isRefusal(letters)) return letters;
    // An application that was declined is taken up: its next clock starts.
    const clock = result === 'changed' ? clockFrom('investigation', context) : [];
    if (isRefusal(clock)) return clock;
    return [{ type: 'ReviewDecided', data: { outcome: result, reasons } }, ...letters, ...clock];
  }
  const made = deciding(tolerance, input, context);
  if (isRefusal(made)) return made;
  if (worse(tolerance, made, context.policy)) return refuse('review-worsens');
  return [{ type: 'ReviewDecided', data: { outcome: result, reasons, decision: made.decision } }, ...made.followUp];
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
    decide: reviewed,
  }),
};
