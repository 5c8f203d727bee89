import { role, theSubject, theUnit } from '@dandang/access/party.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import {
  deciders,
  decisionEnded,
  decisionMet,
  decisionOwed,
  disputeDecision,
  disputeInput,
  disputeIsLate,
  noReviewer,
  openDispute,
  reviewerIn,
  reviewerInput,
  reviewersNeeded,
  reviewersNow,
} from '../dispute.ts';
import { rightOf } from '../own-right.ts';
import { lastLetter, receiptFiles, receivedOn } from '../receipt.ts';
import { heldStates, type Interview } from './interview-matter.ts';
import { annulledNotice, disputeAnswers } from './outcome-letters.ts';
import { command, ofHeld, principal, toldOf, tookPart } from './parties.ts';

/* An interview is taken back: by the principal leader, or because whoever it concerns disputes it. */

/** It leaves the count, and nothing of it is owed any more; whoever got its letters is told. */
export const annulled = (interview: Interview, reason: string, issued: readonly CommonEvent[]) => [
  { type: 'InterviewAnnulled' as const, data: { reason } },
  ...ended(interview),
  ...issued,
];

/** The letters from whose receipt the term of a dispute runs: the newest one counts. */
const disputable = ['rectification-notice'];
const noticeOf = ({ letters }: Interview) => lastLetter(letters, disputable);

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
    input: disputeInput,
    needs: (matter) => ({ units: [], officials: [], files: receiptFiles(noticeOf(matter)), ...reviewersNeeded }),
    decide: (matter, { grounds }, context) => {
      // Each has its own right: one subject's dispute does not stand in another's way.
      const { of } = rightOf(context.by, matter);
      if (matter.details.disputes.some((one) => one.of === of && one.outcome === undefined))
        return refuse('not-now', { state: matter.state, allowed: [] });
      const received = receivedOn(noticeOf(matter), of, context);
      if (disputeIsLate(received, context.policy.interview.disputeWithin.value, context)) return refuse('date-passed');
      return [
        { type: 'InterviewDisputed', data: { grounds, reviewers: reviewersNow(matter, context) } },
        ...decisionOwed(matter, context),
      ];
    },
  }),
  'decide-dispute': ofHeld([...heldStates], {
    title: '裁决异议',
    by: [role('approver')],
    input: disputeDecision,
    available: openDispute,
    awaited: openDispute,
    byNow: (matter) => deciders(matter, tookPart(matter)),
    notFor: (matter) => ({ rule: 'reviewer-took-part', persons: tookPart(matter) }),
    needs: toldOf,
    // Whoever disputed hears that the interview stands; that it does not, everybody who got its letters.
    letters: (matter, { outcome, reason }, context) =>
      outcome === 'revoked' ? [annulledNotice(matter, reason, context)] : disputeAnswers(matter, reason, context),
    decide: (matter, decision, context, issued) => [
      { type: 'DisputeAnswered', data: decision },
      ...decisionMet(matter, context),
      ...(decision.outcome === 'revoked' ? annulled(matter, decision.reason, issued) : issued),
    ],
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
