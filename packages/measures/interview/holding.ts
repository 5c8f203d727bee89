import { chinaDate, instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import { type AttachedFile, attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import type { Context } from '@dandang/casework/command.ts';
import { count, type Counted } from '@dandang/casework/deadline.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import { refOf } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import type { Holding } from './events.ts';
import { interviewRecord, rectificationNotice } from './holding-letters.ts';
import type { NotifiedInterview } from './interview-matter.ts';
import { ofNotified, organization, organs, partiesOf } from './parties.ts';

/* The interview itself, as the organization department records it. */

const holdInput = z.strictObject({
  heldAt: instant,
  attendees: z.array(idText).check(z.maxLength(100)),
  minutes: freeText,
  requirements: z.array(freeText).check(z.minLength(1), z.maxLength(50)),
  irregular: z.optional(z.strictObject({ reason: freeText })),
  /** The term of the rectification plan, where the policy gives none. */
  planWithin: z.optional(term),
  attachments: attachmentIds,
});
type Recorded = z.infer<typeof holdInput>;

/** What may not be as the rules have it, in the order in which it is refused. */
type Break = 'held-before-notice' | 'missing-attendee' | 'not-invited';

/** Who was there, and what of it breaks a rule. */
function attendance(
  { subjects, details: { plan, notifiedAt, groups } }: NotifiedInterview,
  { heldAt, attendees: named }: Recorded,
  { directory }: Context,
): { readonly attendees: Holding['attendees']; readonly breaks: readonly Break[] } | Refusal {
  const attendees: Holding['attendees'][number][] = [];
  // The notice to a group goes to its unit, which sends its own people.
  const unitsCalled = new Set(groups.map((group) => group.unit));
  const invited = new Set([plan.lead, ...plan.participants, ...subjects].map((one) => one.id));
  const present = new Set<string>();
  for (const id of new Set(named)) {
    const official = directory.official(id);
    if (official === undefined) return refuse('unknown-official', { detail: id });
    attendees.push(refOf(official));
    if (unitsCalled.has(official.unit)) invited.add(id);
    // A subject is there as a subject: it does not stand for the organ that it comes from.
    if (subjects.some((one) => one.id === id)) continue;
    for (const one of official.roles ?? []) present.add(one);
  }
  const breaks: Break[] = [];
  if (msOf(heldAt) < msOf(notifiedAt)) breaks.push('held-before-notice');
  if (organs.some((organ) => !present.has(organ))) breaks.push('missing-attendee');
  if (attendees.some((one) => !invited.has(one.id))) breaks.push('not-invited');
  return { attendees, breaks };
}

/** The interview as it goes on file, what is attached to the record, and by when the rectification plan is due. */
function recorded(
  interview: NotifiedInterview,
  input: Recorded,
  context: Context,
): { readonly facts: Holding; readonly files: readonly AttachedFile[]; readonly due: Counted } | Refusal {
  if (msOf(input.heldAt) > msOf(context.now)) return refuse('held-in-future');
  const there = attendance(interview, input, context);
  if (isRefusal(there)) return there;
  const { attendees, breaks } = there;
  const [broken] = breaks;
  // What breaks a rule is refused with the rule's code, or, where life required it, put on file openly.
  if (broken !== undefined && input.irregular === undefined) return refuse(broken);
  const heldAt = instantAt(msOf(input.heldAt));
  const files = attached(input.attachments, context, context.by);
  if (isRefusal(files)) return files;
  const within = input.planWithin ?? context.policy.interview.planWithin.value;
  if (within === null) return refuse('plan-term-unset');
  const due = count(chinaDate(heldAt), within, 0, context);
  if (isRefusal(due)) return due;
  const facts: Holding = {
    heldAt,
    attendees,
    minutes: input.minutes,
    requirements: input.requirements,
    ...(input.irregular === undefined ? {} : { irregular: { reason: input.irregular.reason, breaks } }),
  };
  return { facts, files, due };
}

export const holdingCommands = {
  hold: ofNotified(['notified'], {
    title: '记录约谈',
    by: [organization],
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
