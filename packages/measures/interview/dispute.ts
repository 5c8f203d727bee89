import { type Assignee, role, theSubject, theUnit } from '@dandang/access/party.ts';
import type { Context, Decision } from '@dandang/casework/command.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import { isRefusal, malformedAt, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import {
  deciders,
  decisionEnded,
  decisionMet,
  decisionOwed,
  disputeDecision,
  disputeInput,
  noReviewer,
  openDispute,
  reviewerIn,
  reviewerInput,
  reviewersNeeded,
  reviewersNow,
} from '../dispute.ts';
import { rightOf } from '../own-right.ts';
import { isTooLate, lastLetter, receiptFiles, receivedOn } from '../receipt.ts';
import { dutiesAsBefore } from './duties.ts';
import type { InterviewEvent } from './events.ts';
import { heldStates, type Interview } from './interview-matter.ts';
import { annulledNotice, disputeAnswers } from './outcome-letters.ts';
import { reviewRevokedNotice } from './review-letters.ts';
import { command, ofHeld, principal, toldOf, tookPart } from './parties.ts';

/* An interview is taken back: by the principal leader, or because whoever it concerns disputes it; so is its last review. */

/** It leaves the count, and nothing of it is owed any more; whoever got its letters is told. */
export const annulled = (interview: Interview, reason: string, issued: readonly CommonEvent[]) => [
  { type: 'InterviewAnnulled' as const, data: { reason } },
  ...ended(interview),
  ...issued,
];

/** What a dispute is against: the interview, or the last review 复核 of what was put right. */
const against = z.optional(z.enum(['interview', 'review']));
type Against = z.infer<typeof against>;

/** Which review a dispute would be against today: the last one, 0 where none stands. */
function reviewDisputed({ details: { reviews } }: Interview, what: Against): number | undefined {
  if (what !== 'review') return undefined;
  return reviews.at(-1)?.revoked === undefined ? reviews.length : 0;
}

/** Whether whoever has that right has an open dispute against the interview, or against that review. */
const hasDisputed = ({ details: { disputes } }: Interview, right: Assignee, review: number | undefined): boolean =>
  disputes.some((one) => one.of === right && one.review === review && one.outcome === undefined);

/** Whether whoever has that right can still dispute something: the interview, or the review where one stands. */
function mayDispute(matter: Interview, right: Assignee): boolean {
  const review = reviewDisputed(matter, 'review');
  return !hasDisputed(matter, right, undefined) || (review !== 0 && !hasDisputed(matter, right, review));
}

/** The letters from whose receipt the term of a dispute runs: the newest one counts. */
const noticeOf = ({ letters }: Interview, what: Against) =>
  lastLetter(letters, what === 'review' ? ['review-conclusion'] : ['rectification-notice', 'record-correction']);

/** What a decision is about, by the number of the review where it is one: what alone is disputed need not be named. */
function decidedOn(
  { details: { disputes } }: Interview,
  what: Against,
): { readonly review: number | undefined } | Refusal {
  const open = disputes.filter((one) => one.outcome === undefined);
  const kind = (one: (typeof open)[number]) => (one.review === undefined ? 'interview' : 'review');
  if (what === undefined && new Set(open.map(kind)).size > 1)
    return malformedAt(
      'against',
      '须写明裁决的是约谈还是复核',
      'whether the interview or the review is decided is needed',
    );
  const first = open.find((one) => what === undefined || kind(one) === what);
  return first === undefined
    ? malformedAt('against', '没有这一异议', 'nothing is disputed of it')
    : { review: first.review };
}

/** Whether something else is still to be decided afterwards. */
const moreOpen = ({ details: { disputes } }: Interview, review: number | undefined): boolean =>
  disputes.some((one) => one.outcome === undefined && one.review !== review);

/** The matter stands again where the review found it, unless a later review has found otherwise since. */
function reviewRevoked(
  matter: Interview,
  revoked: { readonly review: number; readonly reason: string },
  context: Context,
): (InterviewEvent | CommonEvent)[] {
  const { reviews } = matter.details;
  const last = revoked.review === reviews.length ? reviews.at(-1) : undefined;
  return [
    { type: 'ReviewRevoked', data: revoked },
    ...(last === undefined ? [] : dutiesAsBefore(matter, last, context)),
  ];
}

export const disputeCommands = {
  annul: command([...heldStates], {
    title: '撤销约谈',
    by: [principal],
    input: z.strictObject({ reason: freeText }),
    needs: toldOf,
    letters: (matter, { reason }, context) => [annulledNotice(matter, reason, context)],
    decide: (matter, { reason }, _context, issued) => [...annulled(matter, reason, issued), ...decisionEnded(matter)],
  }),
  dispute: ofHeld([...heldStates], {
    title: '提出异议',
    by: [theSubject, theUnit],
    input: z.extend(disputeInput, { against }),
    turn: (matter, caller) => mayDispute(matter, rightOf(caller, matter).of),
    needs: (matter, { against: what }) => ({
      units: [],
      officials: [],
      files: receiptFiles(noticeOf(matter, what)),
      ...reviewersNeeded,
    }),
    decide: (matter, { grounds, against: what }, context) => {
      const review = reviewDisputed(matter, what);
      if (review === 0) return malformedAt('against', '尚未复核', 'nothing was reviewed yet');
      // Each has its own right: one subject's dispute does not stand in another's way.
      const { of } = rightOf(context.by, matter);
      if (hasDisputed(matter, of, review))
        return malformedAt('against', '已经提出异议，尚未裁决', 'it is disputed already and not decided yet');
      const received = receivedOn(noticeOf(matter, what), of, context);
      if (isTooLate(received, context.policy.interview.disputeWithin.value, context)) return refuse('date-passed');
      const disputed = { grounds, reviewers: reviewersNow(matter, context) };
      return [
        { type: 'InterviewDisputed', data: review === undefined ? disputed : { ...disputed, review } },
        ...decisionOwed(matter, context),
      ];
    },
  }),
  'decide-dispute': ofHeld([...heldStates], {
    title: '裁决异议',
    by: [role('approver')],
    input: z.extend(disputeDecision, { against }),
    available: openDispute,
    awaited: openDispute,
    byNow: (matter) => deciders(matter, tookPart(matter)),
    notFor: (matter) => ({ rule: 'reviewer-took-part', persons: tookPart(matter) }),
    needs: toldOf,
    // Whoever disputed hears that it stands; that it does not, everybody who got its letters.
    letters: (matter, { outcome, reason, against: what }, context) => {
      const about = decidedOn(matter, what);
      if (isRefusal(about)) return about;
      const { review } = about;
      if (outcome === 'maintained') return disputeAnswers(matter, { reason, review }, context);
      return [
        review === undefined
          ? annulledNotice(matter, reason, context)
          : reviewRevokedNotice(matter, { review, reason }, context),
      ];
    },
    decide: (matter, { outcome, reason, against: what }, context, issued): Decision<InterviewEvent> => {
      const about = decidedOn(matter, what);
      if (isRefusal(about)) return about;
      const { review } = about;
      const answered = { outcome, reason, ...(review === undefined ? {} : { review }) };
      const gone = outcome === 'revoked' && review === undefined;
      return [
        { type: 'DisputeAnswered', data: answered },
        // Of an interview that is gone nothing is left to decide.
        ...(gone || !moreOpen(matter, review) ? decisionMet(matter, context) : []),
        ...(gone ? annulled(matter, reason, []) : []),
        ...(outcome === 'revoked' && review !== undefined ? reviewRevoked(matter, { review, reason }, context) : []),
        ...issued,
      ];
    },
  }),
  'name-reviewer': command([...heldStates], {
    title: '指定异议裁决机关',
    by: [role('admin')],
    input: reviewerInput,
    available: (matter) => noReviewer(matter, tookPart(matter)),
    awaited: (matter) => noReviewer(matter, tookPart(matter)),
    needs: (_matter, { unit }) => ({ units: [unit], officials: [] }),
    decide: (matter, input, context) => reviewerIn(input, matter, context),
  }),
};
