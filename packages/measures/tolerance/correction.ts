import { theOrgan } from '@dandang/access/party.ts';
import { term } from '@dandang/calendar/term.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { type Decision, nothingNeeded } from '@dandang/casework/command.ts';
import { count } from '@dandang/casework/deadline.ts';
import { met, reopened } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { nameOf } from './deciding.ts';
import type { ToleranceEvent } from './events.ts';
import { command, concerned } from './parties.ts';
import type { Correction, Tolerance } from './tolerance-matter.ts';

/* The correction 纠错 that a decision orders: reported, struck off 审核销号 or returned, reopened where it was sham. */

/** `correction-2` or 2; left out it means all that can be meant. */
const whichCorrection = z.optional(
  z.union([z.int().check(z.gte(1), z.lte(1000)), z.string().check(z.regex(/^correction-[1-9]\d{0,3}$/))]),
);

/** The corrections that a command means among those in these states. Refuses with `unknown-deadline` where there is none. */
function meant(
  { details }: Tolerance,
  named: z.infer<typeof whichCorrection>,
  states: readonly Correction['state'][],
): readonly Correction[] | Refusal {
  const wanted = typeof named === 'number' ? nameOf({ number: named }) : named;
  const found = details.corrections.filter(
    (one) => states.includes(one.state) && (wanted === undefined || nameOf(one) === wanted),
  );
  return found.length > 0 ? found : refuse('unknown-deadline', wanted === undefined ? {} : { detail: wanted });
}

const toFile: readonly Correction['state'][] = ['ordered', 'returned', 'reopened'];
const hasCorrection = ({ details }: Tolerance, states: readonly Correction['state'][]): boolean =>
  details.corrections.some((one) => states.includes(one.state));

export const correctionCommands = {
  'file-correction': command(['correcting'], {
    title: '报告纠错情况',
    signed: true,
    by: [concerned],
    input: z.strictObject({ correction: whichCorrection, report: freeText, attachments: attachmentIds }),
    available: (matter) => hasCorrection(matter, toFile),
    awaited: (matter) => hasCorrection(matter, toFile),
    needs: (_matter, { attachments }) => ({ ...nothingNeeded, attachments }),
    decide: (matter, { correction, report, attachments }, context): Decision<ToleranceEvent> => {
      const reported = meant(matter, correction, toFile);
      if (isRefusal(reported)) return reported;
      const files = attached(attachments, context, context.by);
      if (isRefusal(files)) return files;
      return reported.flatMap((one): (ToleranceEvent | CommonEvent)[] => {
        const deadline = met(matter, nameOf(one), context.today);
        const late = deadline.some((event) => event.type === 'DeadlineMet' && event.data.late);
        const data = { correction: one.number, report, late, ...withAttachments(files) };
        return [{ type: 'CorrectionFiled', data }, ...deadline];
      });
    },
  }),
  'accept-correction': command(['correcting'], {
    title: '审核销号',
    by: [theOrgan],
    input: z.strictObject({ correction: whichCorrection }),
    available: (matter) => hasCorrection(matter, ['filed']),
    awaited: (matter) => hasCorrection(matter, ['filed']),
    decide: (matter, { correction }): Decision<ToleranceEvent> => {
      const filed = meant(matter, correction, ['filed']);
      if (isRefusal(filed)) return filed;
      return filed.map(({ number }) => ({ type: 'CorrectionAccepted', data: { correction: number } }));
    },
  }),
  'return-correction': command(['correcting'], {
    title: '退回纠错',
    by: [theOrgan],
    input: z.strictObject({ correction: whichCorrection, reason: freeText }),
    available: (matter) => hasCorrection(matter, ['filed']),
    decide: (matter, { correction, reason }): Decision<ToleranceEvent> => {
      const filed = meant(matter, correction, ['filed']);
      if (isRefusal(filed)) return filed;
      return filed.flatMap((one): (ToleranceEvent | CommonEvent)[] => [
        { type: 'CorrectionReturned', data: { correction: one.number, reason } },
        ...reopened(matter, nameOf(one)),
      ]);
    },
  }),
  // Yichang, “对纠错工作有哪些规定”: 加强跟踪监督检查，对整改不到位、虚假整改的追究责任.
  'reopen-correction': command(['closed'], {
    title: '重启纠错',
    by: [theOrgan],
    input: z.strictObject({ finding: freeText, correction: whichCorrection, within: z.optional(term) }),
    decide: (matter, { finding, correction, within }, context): Decision<ToleranceEvent> => {
      const accepted = meant(matter, correction, ['accepted']);
      if (isRefusal(accepted)) return accepted;
      const counted = within === undefined ? undefined : count(context.today, within, 0, context);
      if (isRefusal(counted)) return counted;
      return [
        { type: 'CorrectionReopened', data: { corrections: accepted.map(({ number }) => number), finding } },
        ...accepted.flatMap((one): CommonEvent[] =>
          counted === undefined
            ? reopened(matter, nameOf(one))
            : [{ type: 'DeadlineSet', data: { deadline: nameOf(one), counted } }],
        ),
      ];
    },
  }),
};
