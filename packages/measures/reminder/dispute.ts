import { role, theUnit } from '@dandang/access/party.ts';
import type { Context } from '@dandang/casework/command.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
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
import { isTooLate, lastLetter, receiptFiles, receivedOn } from '../receipt.ts';
import { seriesUnset } from './issuing.ts';
import { disputeAnswer, rescissionNumbers, rescissions } from './letters.ts';
import { approver, command, numbersFor, ofIssued, lettersNeeds, tookPart } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';

/* The pair of letters is taken back: by the approver, or because the unit disputes it. */

/** Whoever got the pair is told, … */
const rescinding = (matter: Reminder, reason: string, context: Context): readonly IssuedLetter[] | Refusal =>
  seriesUnset(context) ?? rescissions(matter, reason, context);
/** … and nothing of it is owed any more. */
const rescinded = (matter: Reminder, reason: string, issued: readonly CommonEvent[]) => [
  { type: 'ReminderRescinded' as const, data: { reason } },
  ...issued,
  ...ended(matter),
];

const disputable = ['issued', 'replied', 'ineffective', 'escalated', 'closed'] as const;

/** The letter from whose receipt by the unit the term of a dispute runs. */
const letterOf = ({ letters }: Reminder) => lastLetter(letters, ['reminder-letter']);

export const disputeCommands = {
  rescind: command(['issued', 'replied'], {
    title: '撤销',
    by: [approver],
    input: z.strictObject({ reason: freeText }),
    blocked: (_matter, known) => seriesUnset(known),
    needs: lettersNeeds,
    numbers: (matter, input, context) => numbersFor(...rescissionNumbers(matter))(matter, input, context),
    letters: (matter, { reason }, context) => rescinding(matter, reason, context),
    decide: (matter, { reason }, _context, issued) => [...rescinded(matter, reason, issued), ...decisionEnded(matter)],
  }),
  dispute: ofIssued([...disputable], {
    title: '提出异议',
    by: [theUnit],
    input: disputeInput,
    available: (matter) => !openDispute(matter),
    needs: (matter) => ({ units: [], officials: [], files: receiptFiles(letterOf(matter)), ...reviewersNeeded }),
    decide: (matter, { grounds }, context) => {
      const received = receivedOn(letterOf(matter), `unit:${matter.unit.id}`, context);
      if (isTooLate(received, context.policy.reminder.disputeWithin.value, context)) return refuse('date-passed');
      return [
        { type: 'ReminderDisputed', data: { grounds, reviewers: reviewersNow(matter, context) } },
        ...decisionOwed(matter, context),
      ];
    },
  }),
  'decide-dispute': command([...disputable], {
    title: '裁决异议',
    by: [approver],
    input: disputeDecision,
    available: openDispute,
    awaited: openDispute,
    byNow: (matter) => deciders(matter, tookPart(matter)),
    notFor: (matter) => ({ rule: 'reviewer-took-part', persons: tookPart(matter) }),
    needs: lettersNeeds,
    numbers: (matter, input, context) =>
      input.outcome === 'revoked' ? numbersFor(...rescissionNumbers(matter))(matter, input, context) : [],
    // The unit hears that the reminder stands; that it does not, everybody who got the pair.
    letters: (matter, { outcome, reason }, context) =>
      outcome === 'revoked' ? rescinding(matter, reason, context) : [disputeAnswer(matter, reason, context)],
    decide: (matter, decision, context, issued) => [
      { type: 'DisputeAnswered', data: decision },
      ...decisionMet(matter, context),
      ...(decision.outcome === 'revoked' ? rescinded(matter, decision.reason, issued) : issued),
    ],
  }),
  'name-reviewer': command([...disputable], {
    title: '指定异议裁决机关',
    by: [role('admin')],
    input: reviewerInput,
    available: (matter) => noReviewer(matter, tookPart(matter)),
    awaited: (matter) => noReviewer(matter, tookPart(matter)),
    needs: (_matter, { unit }) => ({ units: [unit], officials: [] }),
    decide: (matter, input, context) => reviewerIn(input, matter, context),
  }),
};
