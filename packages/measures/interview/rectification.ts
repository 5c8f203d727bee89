import { theSubject, theUnit } from '@dandang/access/party.ts';
import { civilDate } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { type Decision, nothingNeeded } from '@dandang/casework/command.ts';
import { isOpen } from '@dandang/casework/deadline.ts';
import { ended, met, reopened, started } from '@dandang/casework/deadline-events.ts';
import { freeText, shortText } from '@dandang/casework/input.ts';
import { isRefusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import type { InterviewEvent } from './events.ts';
import { progressReport } from './holding-letters.ts';
import { byHandlingOffice, command, ofHeld, partiesOf } from './parties.ts';

/* Putting right what the interview named: the plan 整改方案, reports at the rhythm agreed on, and the review 复核. */

const measuresInput = z.array(
  z.strictObject({ problem: freeText, action: freeText, responsible: shortText, dueOn: civilDate }),
);

export const rectificationCommands = {
  'file-plan': command(['held'], {
    title: '报送整改方案',
    by: [theSubject, theUnit],
    input: z.strictObject({ measures: measuresInput, attachments: attachmentIds }),
    awaited: () => true,
    needs: (_interview, { attachments }) => ({ ...nothingNeeded, attachments }),
    decide: (matter, { measures, attachments }, context): Decision<InterviewEvent> => {
      const { today } = context;
      if (measures.length === 0) return refuse('empty-plan');
      const passed = measures.find((one) => one.dueOn < today);
      if (passed !== undefined) return refuse('date-passed', { detail: passed.dueOn });
      const files = attached(attachments, context, context.by);
      if (isRefusal(files)) return files;
      return [
        { type: 'PlanFiled', data: { measures, ...withAttachments(files) } },
        ...met(matter, 'rectification-plan', today),
      ];
    },
  }),
  'accept-plan': command(['plan-filed'], {
    title: '同意整改方案',
    ...byHandlingOffice,
    input: z.strictObject({ reportEvery: z.optional(term) }),
    awaited: () => true,
    decide: (_interview, { reportEvery }, context): Decision<InterviewEvent> => {
      const every = reportEvery ?? context.policy.settings['interview.reportEvery'].value ?? undefined;
      const clock = started('progress-report', every, context);
      if (isRefusal(clock)) return clock;
      return [{ type: 'PlanAccepted', data: every === undefined ? {} : { reportEvery: every } }, ...clock];
    },
  }),
  'return-plan': command(['plan-filed'], {
    title: '退回整改方案',
    ...byHandlingOffice,
    input: z.strictObject({ reason: freeText, within: z.optional(term) }),
    decide: (matter, { reason, within }, context): Decision<InterviewEvent> => {
      // Without a new term the old day stands.
      if (within === undefined)
        return [{ type: 'PlanReturned', data: { reason } }, ...reopened(matter, 'rectification-plan')];
      const clock = started('rectification-plan', within, context);
      return isRefusal(clock) ? clock : [{ type: 'PlanReturned', data: { reason, within } }, ...clock];
    },
  }),
  report: ofHeld(['rectifying'], {
    title: '书面报告进展',
    by: [theSubject, theUnit],
    input: z.strictObject({
      text: freeText,
      progress: z.number().check(z.int(), z.minimum(0), z.maximum(100)),
      attachments: attachmentIds,
    }),
    awaited: (matter) => matter.deadlines.some((one) => one.name === 'progress-report' && isOpen(one)),
    needs: (matter, { attachments }) => ({ ...partiesOf(matter), attachments }),
    letters: (matter, input, context) => [progressReport(matter, input, context)],
    decide: (matter, { text, progress, attachments }, context, issued): Decision<InterviewEvent> => {
      const files = attached(attachments, context, context.by);
      if (isRefusal(files)) return files;
      const { reportEvery } = matter.details;
      const clock = started('progress-report', reportEvery, context);
      if (isRefusal(clock)) return clock;
      return [
        { type: 'ProgressReported', data: { text, progress, ...withAttachments(files) } },
        ...issued,
        ...(reportEvery === undefined ? [] : met(matter, 'progress-report', context.today)),
        ...clock,
      ];
    },
  }),
  complete: command(['rectifying'], {
    title: '报告整改完成',
    by: [theSubject, theUnit],
    input: z.strictObject({ text: freeText }),
    awaited: () => true,
    decide: (matter, { text }) => [{ type: 'RectificationCompleted', data: { text } }, ...ended(matter)],
  }),
  review: command(['completed'], {
    title: '复核',
    ...byHandlingOffice,
    input: z.strictObject({ outcome: z.enum(['passed', 'failed']), opinion: freeText }),
    awaited: () => true,
    decide: (matter, input, context): Decision<InterviewEvent> => {
      // What goes back is reported on again at the same rhythm.
      const clock = input.outcome === 'passed' ? [] : started('progress-report', matter.details.reportEvery, context);
      return isRefusal(clock) ? clock : [{ type: 'RectificationReviewed', data: input }, ...clock];
    },
  }),
};
