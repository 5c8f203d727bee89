import { role, theSubject, theUnit } from '@dandang/access/party.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { rightOf } from '../own-right.ts';
import { disputeDecision, disputeInput, disputeIsLate, openDispute } from '../dispute.ts';
import { type HeldDetails, heldStates, type Interview } from './interview-matter.ts';
import { annulledNotice } from './outcome-letters.ts';
import { command, ofHeld, principal, toldOf } from './parties.ts';

/* An interview is taken back: by the principal leader, or because whoever it concerns disputes it. */

/** It leaves the count, and nothing of it is owed any more; whoever got its letters is told. */
const annulled = (interview: Interview, reason: string, issued: readonly CommonEvent[]) => [
  { type: 'InterviewAnnulled' as const, data: { reason } },
  ...ended(interview),
  ...issued,
];

/** Who acted on it, led it, or was there. */
const tookPart = ({
  acts,
  details: { plan, held },
}: Pick<Interview, 'acts'> & { readonly details: HeldDetails }): string[] => [
  ...acts.map((act) => act.person),
  plan.lead.id,
  ...held.attendees.map((one) => one.id),
];

export const disputeCommands = {
  annul: command([...heldStates], {
    title: '撤销约谈',
    by: [principal],
    input: z.strictObject({ reason: freeText }),
    needs: toldOf,
    letters: (matter, { reason }, context) => [annulledNotice(matter, reason, context)],
    decide: (matter, { reason }, _context, issued) => annulled(matter, reason, issued),
  }),
  dispute: ofHeld([...heldStates], {
    title: '提出异议',
    by: [theSubject, theUnit],
    input: disputeInput,
    decide: (matter, { grounds }, context) => {
      const { disputes, held } = matter.details;
      // Each has its own right: one subject's dispute does not stand in another's way.
      const { of } = rightOf(context.by, matter);
      if (disputes.some((one) => one.of === of && one.outcome === undefined))
        return refuse('not-now', { state: matter.state, allowed: [] });
      const late = disputeIsLate(chinaDate(held.heldAt), context.policy.interview.disputeWithin.value, context);
      return late ? refuse('date-passed') : [{ type: 'InterviewDisputed', data: { grounds } }];
    },
  }),
  'decide-dispute': ofHeld([...heldStates], {
    title: '裁决异议',
    by: [role('approver')],
    input: disputeDecision,
    available: openDispute,
    awaited: openDispute,
    notFor: (matter) => ({ rule: 'reviewer-took-part', persons: tookPart(matter) }),
    needs: toldOf,
    letters: (matter, { outcome, reason }, context) =>
      outcome === 'withdrawn' ? [annulledNotice(matter, reason, context)] : [],
    decide: (matter, decision, _context, issued) => [
      { type: 'DisputeDecided', data: decision },
      ...(decision.outcome === 'withdrawn' ? annulled(matter, decision.reason, issued) : []),
    ],
  }),
};
