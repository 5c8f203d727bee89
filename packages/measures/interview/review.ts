import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import type { Context, Decision, Needs } from '@dandang/casework/command.ts';
import { count, type Counted, type Deadline } from '@dandang/casework/deadline.ts';
import { ended, started } from '@dandang/casework/deadline-events.ts';
import { isDelivered } from '@dandang/casework/delivered.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { type CommonEvent, type Matter, refOf } from '@dandang/casework/matter.ts';
import { isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import { procedureOf } from '@dandang/policy/policy-procedure.ts';
import * as z from 'zod/mini';
import { receiptFiles } from '../receipt.ts';
import { isDuty, overdueDuties } from './duties.ts';
import type { InterviewEvent, Reviewed } from './events.ts';
import type { HeldDetails, InterviewState } from './interview-matter.ts';
import { byHandlingOffice, ofHeld, toldOf } from './parties.ts';
import { reviewConclusion } from './review-letters.ts';
import { refuse } from './refusals.ts';

/* The review 复核 of what was put right: it was, it was not yet, or a unit has failed. */

type HeldInterview = Matter<InterviewState, HeldDetails>;

const reviewInput = z.strictObject({
  outcome: z.enum(['passed', 'failed', 'unresolved']),
  opinion: freeText,
  /** What is still to be put right, and within which term: where it failed. */
  requirements: z.optional(z.array(freeText).check(z.minLength(1), z.maxLength(50))),
  within: z.optional(term),
  /** The units that review together with the office. */
  together: z.optional(z.array(idText).check(z.minLength(1), z.maxLength(20))),
});
type Input = z.infer<typeof reviewInput>;

/** The letter that told of the day by which something is owed; none where the plan itself named it, or its acceptance. */
function letterThatSet({ letters }: HeldInterview, { name }: Deadline): IssuedLetter | undefined {
  // A corrected record counts the days of the plan anew.
  const types: Readonly<Record<string, readonly string[]>> = {
    'rectification-plan': ['rectification-notice', 'record-correction'],
    completion: ['review-conclusion'],
  };
  return letters.findLast(({ type }) => types[name]?.includes(type));
}

/** Whether everybody has the letter that set a day: it went out to each, or each has signed for it. */
const wasDelivered = (matter: HeldInterview, deadline: Deadline, { file }: Context): boolean =>
  (letterThatSet(matter, deadline)?.deliveries ?? []).every(({ id }) => isDelivered(file({ kind: 'delivery', id })));

/** What is overdue, but for what it asked more time for and nobody has answered. */
const overdueUnasked = (matter: HeldInterview, today: CivilDate): Deadline[] =>
  overdueDuties(matter, today).filter(({ request }) => request === null);

/** What is overdue and may be held against the unit: nothing of what nobody has told it (`not-delivered`). */
function judged(matter: HeldInterview, context: Context): Deadline[] | Refusal {
  const told = overdueUnasked(matter, context.today).filter((one) => wasDelivered(matter, one, context));
  return told.length === 0 ? refuse('not-delivered') : told;
}

/** Parts of a review that only one that failed has, and that one must have. */
function partsOfFailure({ outcome, requirements, within }: Input): Refusal | undefined {
  if (outcome !== 'failed') {
    const path = requirements !== undefined ? 'requirements' : within !== undefined ? 'within' : undefined;
    return path === undefined
      ? undefined
      : malformedAt(path, '只有复核未通过的才能填写', 'only for a review that failed');
  }
  if (requirements === undefined) return malformedAt('requirements', '须写明整改要求', 'what is required is needed');
  return within === undefined ? malformedAt('within', '须写明完成时限', 'the term is needed') : undefined;
}

/** The units that review together with the office, as the directory names them; some where the city's procedure asks for it. */
function companions({ together }: Input, { directory, policy }: Context): Reviewed['together'] | Refusal {
  if (together === undefined && procedureOf(policy).reviews.together)
    return malformedAt('together', '须写明会同复核的单位', 'the units that review together are needed');
  const units = [];
  for (const id of new Set(together)) {
    const unit = directory.unit(id);
    if (unit === undefined) return refuse('unknown-unit', { detail: id });
    units.push(refOf(unit));
  }
  return units.length === 0 ? undefined : units;
}

/** A review as it goes on file, what was overdue where that is what it finds, and by when the rest is to be completed. */
interface Review {
  readonly reviewed: Reviewed;
  readonly overdue: readonly Deadline[];
  readonly due: Counted | undefined;
}

function reviewOf(matter: HeldInterview, input: Input, context: Context): Review | Refusal {
  const late = matter.state !== 'completed';
  if (late && input.outcome !== 'unresolved')
    return malformedAt(
      'outcome',
      '整改尚未报告完成的，只能认定成效仍不明显',
      'before completion is reported only unresolved can be found',
    );
  const broken = partsOfFailure(input);
  if (broken !== undefined) return broken;
  const overdue = late ? judged(matter, context) : [];
  if (isRefusal(overdue)) return overdue;
  const together = companions(input, context);
  if (isRefusal(together)) return together;
  const due = input.within === undefined ? undefined : count(context.today, input.within, 0, context);
  if (isRefusal(due)) return due;
  const { outcome, opinion, requirements, within } = input;
  const reviewed: Reviewed = {
    outcome,
    opinion,
    ...(requirements === undefined ? {} : { requirements }),
    ...(within === undefined ? {} : { within }),
    ...(together === undefined ? {} : { together }),
  };
  return { reviewed, overdue, due };
}

/** What runs after it: reports at the same rhythm and the completion where it failed, nothing otherwise. */
function clocksAfter(matter: HeldInterview, { reviewed, due }: Review, context: Context): CommonEvent[] | Refusal {
  if (reviewed.outcome !== 'failed') return ended(matter, isDuty);
  const reports = started('progress-report', matter.details.reportEvery, context);
  if (isRefusal(reports) || due === undefined) return reports;
  return [...reports, { type: 'DeadlineSet', data: { deadline: 'completion', counted: due } }];
}

/** Everybody who hears of it, the units that review too, and the deliveries that say who has heard of a day. */
const reviewNeeds = (matter: HeldInterview, { together = [] }: Input): Needs => {
  const told = toldOf(matter);
  const letters = matter.deadlines.flatMap((one) => letterThatSet(matter, one) ?? []);
  return {
    ...told,
    units: [...told.units, ...together],
    files: letters.flatMap(receiptFiles),
  };
};

export const reviewCommands = {
  review: ofHeld(['completed', 'held', 'rectifying'], {
    title: '复核',
    ...byHandlingOffice,
    input: reviewInput,
    available: (matter, today) => matter.state === 'completed' || overdueDuties(matter, today).length > 0,
    awaited: ({ state }) => state === 'completed',
    // Nothing is held against the unit while its request for more time is not answered.
    blocked: (matter, { today }) =>
      matter.state !== 'completed' && overdueUnasked(matter, today).length === 0 ? refuse('request-open') : undefined,
    needs: reviewNeeds,
    letters: (matter, input, context) => {
      const review = reviewOf(matter, input, context);
      return isRefusal(review) ? review : [reviewConclusion(matter, review, context)];
    },
    decide: (matter, input, context, issued): Decision<InterviewEvent> => {
      const review = reviewOf(matter, input, context);
      if (isRefusal(review)) return review;
      const clocks = clocksAfter(matter, review, context);
      if (isRefusal(clocks)) return clocks;
      return [{ type: 'RectificationReviewed', data: review.reviewed }, ...clocks, ...issued];
    },
  }),
};
