import { decidersNeeded, decidersNow as decidersThen } from '../deciders.ts';
import { actorOf } from '@dandang/casework/commit.ts';
import { type Context, type Decision, nothingNeeded } from '@dandang/casework/command.ts';
import { met, startedForOffice } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import { isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { rightOf } from '../own-right.ts';
import { isTooLate, lastLetter, receiptFiles, receivedOn } from '../receipt.ts';
import { clockFrom } from './clocks.ts';
import { deciding, type Deciding, decisionInput, worse } from './deciding.ts';
import { decisionLetter, decisionSlot } from './decision-letter.ts';
import { reviewOutcome, type ToleranceEvent } from './events.ts';
import { reviewLetter } from './letters.ts';
import { command, concerned, decider, decidersNow, decisionNeeds, numbersFor, tookPart } from './parties.ts';
import { decisionInForce, openReview, type Tolerance, type ToleranceState } from './tolerance-matter.ts';
import { refuse } from './refusals.ts';

/* The review 复核: by somebody who took no part; it suspends nothing and makes nothing worse. */

/** What a review comes to: a decision that it makes anew, or none where what there was stands, or there was none. */
function reviewed(
  tolerance: Tolerance,
  { outcome: result, decision: input }: z.infer<typeof reviewInput>,
  context: Context,
): Deciding | undefined | Refusal {
  const inForce = decisionInForce(tolerance) !== undefined;
  if (result === 'revoked' && inForce)
    return malformedAt('outcome', '只有不予受理的决定可以撤销', 'only a refusal to admit is revoked');
  if (result === 'changed' && !inForce)
    return malformedAt('outcome', '没有可以变更的决定', 'there is no decision to change');
  const changes = result === 'changed';
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
  outcome: reviewOutcome,
  reasons: freeText,
  decision: z.optional(decisionInput),
});

/** The letter from whose receipt the term for asking for a review runs: that of the decision in force, or of the refusal to admit. */
const reviewableLetter = ({ letters }: Tolerance) => lastLetter(letters, ['tolerance-decision', 'tolerance-declined']);

/** Whether the term for asking for a review, where a deployment has set one, is over today for whoever asks. */
function reviewIsLate(tolerance: Tolerance, context: Context): boolean {
  const within = context.policy.settings['tolerance.reviewWithin'].value;
  if (within === null) return false;
  const { of } = rightOf(actorOf(context.by), tolerance);
  return isTooLate(receivedOn(reviewableLetter(tolerance), of, context), within, context);
}

/** 复核决定自收到申请之日起三十日内作出 (公务员法 art. 96, by analogy). */
const decideWithinDays = 30;

const reviewable: readonly ToleranceState[] = ['declined', 'decided', 'correcting', 'closed'];

export const reviewCommands = {
  'request-review': command(reviewable, {
    title: '申请复核',
    by: [concerned],
    input: z.strictObject({ grounds: freeText }),
    available: (matter) => !openReview(matter),
    needs: (matter) => ({ ...nothingNeeded, ...decidersNeeded, files: receiptFiles(reviewableLetter(matter)) }),
    decide: (matter, { grounds }, context): Decision<ToleranceEvent> =>
      reviewIsLate(matter, context)
        ? refuse('date-passed')
        : [
            { type: 'ReviewRequested', data: { grounds, deciders: decidersThen(matter, context) } },
            ...startedForOffice(matter, 'review-decision', decideWithinDays, context),
          ],
  }),
  'decide-review': command(reviewable, {
    title: '作出复核决定',
    by: [decider],
    byNow: decidersNow,
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
      const answered = met(matter, 'review-decision', context.today);
      const made = reviewed(matter, input, context);
      if (isRefusal(made)) return made;
      if (made !== undefined) {
        const { decision, deadlines } = made;
        return [{ type: 'ReviewAnswered', data: { outcome, reasons, decision } }, ...answered, ...issued, ...deadlines];
      }
      // An application that was declined is taken up: its next clock starts.
      const clock = outcome === 'revoked' ? clockFrom('investigation', context) : [];
      return isRefusal(clock)
        ? clock
        : [{ type: 'ReviewAnswered', data: { outcome, reasons } }, ...answered, ...issued, ...clock];
    },
  }),
};
