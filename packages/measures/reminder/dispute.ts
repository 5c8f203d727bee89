import { theUnit } from '@dandang/access/party.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { disputeDecision, disputeInput, disputeIsLate, openDispute } from '../dispute.ts';
import { seriesUnset } from './issuing.ts';
import { rescission } from './letters.ts';
import { approver, command, numbersFor, ofIssued, pairNeeds } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';

/* The pair of letters is taken back: by the approver, or because the unit disputes it. */

/** Whoever got the pair is told, … */
const rescinding = (matter: Reminder, reason: string, context: Context): readonly IssuedLetter[] | Refusal =>
  seriesUnset(context) ?? [rescission(matter, reason, context)];
/** … and nothing of it is owed any more. */
const rescinded = (matter: Reminder, reason: string, issued: readonly CommonEvent[]) => [
  { type: 'ReminderRescinded' as const, data: { reason } },
  ...issued,
  ...ended(matter),
];

const disputable = ['issued', 'replied', 'ineffective', 'closed'] as const;

export const disputeCommands = {
  rescind: command(['issued', 'replied'], {
    title: '撤销',
    by: [approver],
    input: z.strictObject({ reason: freeText }),
    needs: pairNeeds,
    numbers: numbersFor('reminder-rescission'),
    letters: (matter, { reason }, context) => rescinding(matter, reason, context),
    decide: (matter, { reason }, _context, issued) => rescinded(matter, reason, issued),
  }),
  dispute: ofIssued([...disputable], {
    title: '提出异议',
    by: [theUnit],
    input: disputeInput,
    available: (matter) => !openDispute(matter),
    decide: ({ details }, { grounds }, context) => {
      const { disputeWithin } = context.policy.reminder;
      return disputeIsLate(chinaDate(details.issuedAt), disputeWithin.value, context)
        ? refuse('date-passed')
        : [{ type: 'ReminderDisputed', data: { grounds } }];
    },
  }),
  'decide-dispute': command([...disputable], {
    title: '裁决异议',
    by: [approver],
    input: disputeDecision,
    available: openDispute,
    awaited: openDispute,
    notFor: (matter) => ({ rule: 'reviewer-took-part', persons: matter.acts.map((act) => act.person) }),
    needs: pairNeeds,
    numbers: (matter, input, context) =>
      input.outcome === 'withdrawn' ? numbersFor('reminder-rescission')(matter, input, context) : [],
    letters: (matter, { outcome, reason }, context) =>
      outcome === 'withdrawn' ? rescinding(matter, reason, context) : [],
    decide: (matter, decision, _context, issued) => [
      { type: 'DisputeDecided', data: decision },
      ...(decision.outcome === 'withdrawn' ? rescinded(matter, decision.reason, issued) : []),
    ],
  }),
};
