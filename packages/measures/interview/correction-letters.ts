import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { byWhen, paragraph, recipientsOf } from '../official-letter.ts';
import { addressedTo } from '../recipients.ts';
import { absentNames } from './attendance.ts';
import type { Holding } from './events.ts';
import { interviewRecord } from './holding-letters.ts';
import type { HeldInterview } from './interview-matter.ts';
import { formatTime, letter, noticeNumber, office, typeNames } from './letters.ts';

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
  const number = noticeNumber(interview);
  const absent = absentNames(held.absent ?? []);
  const requirements = JSON.stringify(held.requirements) !== JSON.stringify(before.requirements);
  const about = `${number === undefined ? '有关' : number}约谈通知书所涉约谈的记录现予更正。`;
  return letter(context, {
    slot: `record-correction/${running(interview)}`,
    type: 'record-correction',
    issuer: office(context),
    regarding: number,
    title: typeNames['record-correction'],
    ...addressedTo(recipientsOf(told, context.directory), 'notice'),
    body: [
      paragraph(about),
      paragraph(`更正原因：${reason}`),
      ...(held.heldAt === before.heldAt
        ? []
        : [paragraph(`约谈时间更正为${formatTime(held.heldAt)}（原记录为${formatTime(before.heldAt)}）。`)]),
      ...(absent === absentNames(before.absent ?? [])
        ? []
        : [paragraph(absent === '' ? '约谈对象均到场。' : `未到场的约谈对象：${absent}。`)]),
      ...(requirements
        ? [paragraph('整改要求更正为：'), ...held.requirements.map((text, index) => paragraph(`${index + 1}. ${text}`))]
        : []),
      ...(due === undefined ? [] : [paragraph(`整改方案请于${byWhen(due)}报送。`)]),
    ],
  });
}
