import { theSubject, theUnit } from '@dandang/access/party.ts';
import { civilDate } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { type Decision, nothingNeeded } from '@dandang/casework/command.ts';
import { isOpen } from '@dandang/casework/deadline.ts';
import { ended, met, reopened, started } from '@dandang/casework/deadline-events.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import type { InterviewEvent } from './events.ts';
import { progressReport } from './holding-letters.ts';
import { isDuty, measureName, measuresWatched, openMeasures, watchedMeasures } from './duties.ts';
import { byHandlingOffice, command, ofHeld, partiesOf } from './parties.ts';
import { refuse } from './refusals.ts';

/* Putting right what the interview named: the plan 整改方案, its measures, and reports at the rhythm agreed on. */

const measuresInput = z.array(
  z.strictObject({ problem: freeText, action: freeText, responsible: shortText, dueOn: civilDate }),
);

export const rectificationCommands = {
  'file-plan': command(['held'], {
    title: '报送整改方案',
    signed: true,
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
    decide: (interview, { reportEvery }, context): Decision<InterviewEvent> => {
      const every = reportEvery ?? context.policy.settings['interview.reportEvery'].value ?? undefined;
      const clock = started('progress-report', every, context);
      if (isRefusal(clock)) return clock;
      return [
        { type: 'PlanAccepted', data: every === undefined ? {} : { reportEvery: every } },
        ...clock,
        ...measuresWatched(interview, context),
      ];
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
    signed: true,
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
  'report-measure': command(['rectifying'], {
    title: '报告整改措施落实情况',
    by: [theSubject, theUnit],
    input: z.strictObject({
      measure: z.union([idText, z.number().check(z.int(), z.minimum(1))]),
      done: z.boolean(),
      text: freeText,
      attachments: attachmentIds,
    }),
    // A plan that was accepted before its measures were watched has none to report on.
    available: (matter) => watchedMeasures(matter).length > 0,
    awaited: (matter) => openMeasures(matter).length > 0,
    needs: (_interview, { attachments }) => ({ ...nothingNeeded, attachments }),
    decide: (matter, { measure, done, text, attachments }, context): Decision<InterviewEvent> => {
      const name = typeof measure === 'number' ? measureName(measure - 1) : measure;
      if (!watchedMeasures(matter).includes(name)) return refuse('unknown-deadline');
      const files = attached(attachments, context, context.by);
      if (isRefusal(files)) return files;
      const reported = { measure: name, done, text, ...withAttachments(files) };
      return [{ type: 'MeasureReported', data: reported }, ...(done ? met(matter, name, context.today) : [])];
    },
  }),
  complete: command(['rectifying'], {
    title: '报告整改完成',
    signed: true,
    by: [theSubject, theUnit],
    input: z.strictObject({ text: freeText }),
    awaited: () => true,
    blocked: (matter) => {
      const open = openMeasures(matter);
      return open.length > 0 ? refuse('measures-open', { detail: open.join('、') }) : undefined;
    },
    decide: (matter, { text }, { today }) => [
      { type: 'RectificationCompleted', data: { text } },
      ...met(matter, 'completion', today),
      ...ended(matter, (name) => isDuty(name) && name !== 'completion'),
    ],
  }),
};
