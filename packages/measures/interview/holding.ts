import { chinaDate, instant } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import { type AttachedFile, attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import type { Context } from '@dandang/casework/command.ts';
import { count, type Counted } from '@dandang/casework/deadline.ts';
import { isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import type { Holding } from './events.ts';
import { interviewRecord, rectificationNotice } from './holding-letters.ts';
import type { NotifiedInterview } from './interview-matter.ts';
import { ofNotified, partiesOf, procedural, whoRecords } from './parties.ts';
import { type Entered, recordInput, recordOf } from './record.ts';
import { refuse } from './refusals.ts';

/* The interview itself, as it is recorded by who keeps the record. */

const holdInput = z.strictObject({
  heldAt: instant,
  attendees: recordInput.attendees,
  absent: z.optional(recordInput.absent),
  minutes: recordInput.minutes,
  requirements: recordInput.requirements,
  irregular: z.optional(recordInput.irregular),
  /** The term of the rectification plan, where the policy gives none. */
  planWithin: z.optional(term),
  attachments: attachmentIds,
});
type HoldInput = z.infer<typeof holdInput>;

/** The term of the rectification plan: the policy's, or, where it gives none, what was entered. */
function planTerm({ planWithin }: HoldInput, { policy }: Context) {
  const laidDown = policy.interview.planWithin.value;
  if (laidDown !== null && planWithin !== undefined)
    return malformedAt('planWithin', '制度已经规定整改方案期限', 'the policy lays down the term');
  return laidDown ?? planWithin ?? refuse('plan-term-unset');
}

/** The interview as it goes on file, what is attached to the record, and by when the rectification plan is due. */
function recorded(
  interview: NotifiedInterview,
  input: HoldInput,
  context: Context,
): { readonly facts: Holding; readonly files: readonly AttachedFile[]; readonly due: Counted } | Refusal {
  const within = planTerm(input, context);
  if (isRefusal(within) && within.refused === 'malformed') return within;
  const entered: Entered = { ...input, absent: input.absent ?? [] };
  const facts = recordOf(interview, entered, context);
  if (isRefusal(facts)) return facts;
  const files = attached(input.attachments, context, context.by);
  if (isRefusal(files)) return files;
  if (isRefusal(within)) return within;
  const due = count(chinaDate(facts.heldAt), within, 0, context);
  return isRefusal(due) ? due : { facts, files, due };
}

export const holdingCommands = {
  hold: ofNotified(['notified'], {
    title: '记录约谈',
    by: procedural,
    byNow: whoRecords,
    input: holdInput,
    awaited: () => true,
    needs: (matter, { attendees, attachments }) => {
      const parties = partiesOf(matter);
      return { ...parties, officials: [...parties.officials, ...attendees], attachments };
    },
    letters: (matter, input, context) => {
      const record = recorded(matter, input, context);
      if (isRefusal(record)) return record;
      const { facts, due } = record;
      return [interviewRecord(matter, facts, context), rectificationNotice(matter, facts, due, context)];
    },
    decide: (matter, input, context, issued) => {
      const record = recorded(matter, input, context);
      if (isRefusal(record)) return record;
      const { facts, files, due } = record;
      return [
        { type: 'InterviewHeld', data: { ...facts, ...withAttachments(files) } },
        { type: 'DeadlineSet', data: { deadline: 'rectification-plan', counted: due } },
        ...issued,
      ];
    },
  }),
};
