import { theUnit } from '@dandang/access/party.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { type Decision, type FileRef, nothingNeeded } from '@dandang/casework/command.ts';
import { lightOn } from '@dandang/casework/deadline.ts';
import { isDelivered } from '@dandang/casework/delivered.ts';
import { ended, met } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { Hearing } from '@dandang/casework/hearing.ts';
import { findDeadline } from '@dandang/casework/matter.ts';
import { isRefusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { isAssistDeadline } from '../assisting.ts';
import { originOf } from '../interview/interview-origin.ts';
import { lastLetter, receiptFiles } from '../receipt.ts';
import type { ReminderEvent } from './events.ts';
import { byDraftingOffice, command } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';

/* The unit's answer, what the office makes of it, and the interview that it may lead to. */

/** It is on file that the reply was missed. */
const missed = (matter: Reminder): boolean => (findDeadline(matter, 'reply')?.missedSaidOn ?? null) !== null;

const isOverdue = (matter: Reminder, today: CivilDate): boolean => {
  const reply = findDeadline(matter, 'reply');
  return reply !== undefined && lightOn(reply, today) === 'red';
};

/** The delivery of the reminder letter to the unit. */
const letterDelivery = ({ letters }: Reminder): FileRef[] => receiptFiles(lastLetter(letters, ['reminder-letter']));

export const answeringCommands = {
  reply: command(['issued'], {
    title: '答复',
    signed: true,
    by: [theUnit],
    input: z.strictObject({ measures: freeText, note: z.optional(freeText), attachments: attachmentIds }),
    awaited: () => true,
    needs: (_matter, { attachments }) => ({ ...nothingNeeded, attachments }),
    decide: (matter, { measures, note, attachments }, context): Decision<ReminderEvent> => {
      const files = attached(attachments, context, context.by);
      if (isRefusal(files)) return files;
      const reply = { measures, ...(note === undefined ? {} : { note }), ...withAttachments(files) };
      // The lead answers for the whole: with its answer nothing more is asked of those who assist.
      const assisted = ended(matter, isAssistDeadline);
      return [{ type: 'ReplyFiled', data: reply }, ...met(matter, 'reply', context.today), ...assisted];
    },
  }),
  review: command(['replied', 'issued'], {
    title: '评估成效',
    ...byDraftingOffice,
    input: z.strictObject({ outcome: z.enum(['effective', 'ineffective']), opinion: freeText }),
    available: (matter, today) => matter.state === 'replied' || isOverdue(matter, today),
    awaited: (matter) => matter.state === 'replied' || missed(matter),
    needs: (matter) => ({ ...nothingNeeded, files: letterDelivery(matter) }),
    decide: (matter, input, { file }): Decision<ReminderEvent> => {
      // What is not answered is judged by the day that the letter set: whoever did not get it owes nothing yet.
      const late = matter.state === 'issued' ? letterDelivery(matter) : [];
      const [missing] = late.filter((ref) => !isDelivered(file(ref)));
      if (missing !== undefined) return refuse('not-delivered', { detail: missing.id });
      return [{ type: 'ReplyReviewed', data: input }, ...ended(matter)];
    },
  }),
  close: command(['ineffective'], {
    title: '办结',
    ...byDraftingOffice,
    input: z.strictObject({ reason: freeText }),
    awaited: () => true,
    decide: (_matter, { reason }) => [{ type: 'ReminderClosed', data: { reason } }],
  }),
};

/** What another matter's function says of an interview. */
const interviewChange = z.object({ interview: z.string(), state: z.string() });
const cameToNothing: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'withdrawn', 'annulled']);

/** An interview that names this reminder as its origin was opened or came to nothing. */
export const interviewChanged: Hearing<Reminder, ReminderEvent> = {
  of: 'interview',
  events: 'any',
  which: (file) => [originOf(file)].flatMap((origin) => (origin?.kind === 'reminder' ? [origin.id] : [])),
  data: (file, interview) => ({ interview, state: originOf(file)?.cameTo ?? 'running' }),
  needs: () => nothingNeeded,
  decide: (matter, data) => {
    const parsed = interviewChange.safeParse(data);
    if (!parsed.success) return [];
    const { interview, state } = parsed.data;
    const over = cameToNothing.has(state);
    if (matter.state === 'ineffective' && !over && matter.details.interview?.id !== interview)
      return [{ type: 'ReminderEscalated', data: { interview } }];
    if (matter.state === 'escalated' && over && matter.details.interview?.id === interview)
      return [{ type: 'EscalationEnded', data: { interview, state } }];
    return [];
  },
};
