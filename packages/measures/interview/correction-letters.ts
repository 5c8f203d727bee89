import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { byWhen, common, numbered, paragraph, recipientsOf, typed } from '../official-letter.ts';
import { addressedTo } from '../recipients.ts';
import { absentNames } from './attendance.ts';
import type { Holding } from './events.ts';
import { interviewRecord } from './holding-letters.ts';
import type { HeldInterview } from './interview-matter.ts';
import { aboutInterview, formatTime, handlingOffice, letter, noticeNumber, office } from './letters.ts';
import { interviewWording } from './wording.ts';

/* What a corrected record issues: the record anew, and a notice to whoever was told what it said before. */

/** How many corrections there are with this one. */
const running = ({ details }: HeldInterview): number => details.corrections.length + 1;

/** The record as it is now, kept beside the one before; it is sent to nobody. */
export const correctedRecord = (interview: HeldInterview, held: Holding, context: Context): IssuedLetter =>
  interviewRecord(interview, held, context, running(interview));

/** 更正通知: what is different now, so far as the letters said it. Of who was absent it says only who. */
export function correctionNotice(
  interview: HeldInterview,
  {
    held,
    reason,
    due,
    told,
  }: {
    readonly held: Holding;
    readonly reason: string;
    /** By when the rectification plan is due now, where that has moved. */
    readonly due: Counted | undefined;
    /** The letters that said what was recorded. */
    readonly told: readonly IssuedLetter[];
  },
  context: Context,
): IssuedLetter {
  const { held: before } = interview.details;
  const absent = absentNames(held.absent ?? []);
  const requirements = JSON.stringify(held.requirements) !== JSON.stringify(before.requirements);
  const say = speaking(interviewWording, 'record-correction', context.policy);
  return letter(context, {
    slot: `record-correction/${running(interview)}`,
    type: 'record-correction',
    from: office(context),
    regarding: noticeNumber(interview),
    ...addressedTo(recipientsOf(told, context.directory), 'notice'),
    body: [
      paragraph(say('opening', { about: aboutInterview(interview) })),
      ...(held.heldAt === before.heldAt
        ? []
        : [paragraph(say('time', { at: formatTime(held.heldAt), before: formatTime(before.heldAt) }))]),
      ...(absent === absentNames(before.absent ?? [])
        ? []
        : [paragraph(absent === '' ? say('present') : say('absent', { names: absent }))]),
      ...(requirements ? [paragraph(say('requirements')), ...numbered(held.requirements)] : []),
      ...(due === undefined
        ? []
        : [paragraph(say('plan', { by: byWhen(due, '约谈之日'), office: handlingOffice(interview, context).name }))]),
      paragraph(say('reason')),
      typed(reason),
      paragraph(common(context)('notified')),
    ],
  });
}
