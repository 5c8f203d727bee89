import { term } from '@dandang/calendar/term.ts';
import { attachedFiles } from '@dandang/casework/attachment.ts';
import { subject, unitRef } from '@dandang/casework/matter.ts';
import * as z from 'zod/mini';
import { assistances, assistingEvents } from '../assisting.ts';
import { decliningEvents } from '../declining.ts';
import { disputeAnswered, reviewers } from '../dispute.ts';
import { happened } from '../happened.ts';
import { reviewerNamed } from '../reviewer.ts';

/** A draft as it stands after it was opened or revised; names are as the directory had them then. */
const draft = z.object({
  unit: unitRef,
  leader: z.object({ id: z.string(), name: z.string() }),
  circumstance: z.string(),
  circumstanceName: z.optional(z.string()),
  subject: z.string(),
  findings: z.string(),
  requirements: z.string(),
  /** What the leader is told in the 工作提示, where it is not made of the rest. */
  leaderNote: z.optional(z.string()),
  replyWithin: z.optional(term),
  officials: z.readonly(z.array(subject)),
  /** The units that assist 协办; missing where none does. */
  assist: assistances,
});
export type ReminderDraft = z.infer<typeof draft>;

/** What can happen to a reminder, beside what can happen to every matter. */
export const reminderEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ReminderDrafted'), data: draft }),
  z.object({ type: z.literal('ReminderRevised'), data: draft }),
  happened('ReminderSubmitted', {}),
  happened('ReminderApproved', { opinion: z.string() }),
  happened('ReminderReturned', { reason: z.string() }),
  happened('ReminderIssued', {}),
  happened('ReplyFiled', { measures: z.string(), note: z.optional(z.string()), attachments: attachedFiles }),
  happened('ReplyReviewed', { outcome: z.enum(['effective', 'ineffective']), opinion: z.string() }),
  happened('ReminderClosed', { reason: z.string() }),
  happened('ReminderRescinded', { reason: z.string() }),
  /** An interview was opened because of it; `interview` is its id. */
  happened('ReminderEscalated', { interview: z.string() }),
  /** That interview came to nothing: rejected, cancelled, withdrawn or annulled. */
  happened('EscalationEnded', { interview: z.string(), state: z.string() }),
  happened('ReminderDisputed', { grounds: z.string(), reviewers: z.optional(reviewers) }),
  reviewerNamed,
  disputeAnswered,
  ...assistingEvents,
  ...decliningEvents,
]);
export type ReminderEvent = z.infer<typeof reminderEvent>;
