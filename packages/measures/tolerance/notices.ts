import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import { isOpen } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import { byWhen, paragraph } from '../official-letter.ts';
import { addressedTo, asRecipient } from '../recipients.ts';
import { decisionLetters, letter, officialAndUnit, organOf } from './letters.ts';
import { unsigned } from './signatures.ts';
import type { Tolerance } from './tolerance-matter.ts';

/* Chasers and notices of a tolerance matter. */

const owedActs: Readonly<Record<string, string>> = {
  acceptance: '决定是否受理',
  investigation: '完成核查并提出处理意见',
  decision: '作出决定',
  service: '签收',
  correction: '完成纠错并报告',
  'review-decision': '作出复核决定',
};

/** Whom a notice about a deadline concerns: who signs, who corrects, or the organ that has to act. */
function owing(tolerance: Tolerance, name: string | undefined, context: Context): Recipient[] {
  if (name === 'service')
    return unsigned(tolerance, context).map((one) => asRecipient(one.recipient, context.directory));
  return name === undefined || name.startsWith('correction-')
    ? officialAndUnit(tolerance, context)
    : [organOf(tolerance, context)];
}

/** The deadline that an urging means, which names none: a correction where one runs, else whatever does. */
function pressing({ deadlines }: Tolerance): string | undefined {
  const running = deadlines.filter((one) => isOpen(one) && one.name !== 'impact-period').map(({ name }) => name);
  return running.find((name) => name.startsWith('correction-')) ?? running[0];
}

/** Chasers and notices. They name the document and no findings. */
export function toleranceNotice(
  tolerance: Tolerance,
  { what, slot, deadline, message }: NoticeOccasion,
  context: Context,
): IssuedLetter | undefined {
  const regarding = decisionLetters(tolerance).at(-1)?.number;
  const about = regarding === undefined ? '容错申请' : `${regarding}容错处理决定书`;
  const owed = owedActs[deadline?.name.replace(/-\d+$/, '') ?? ''] ?? '办理';
  const when = deadline === undefined ? '' : byWhen(deadline);
  const today = formatChinese(context.today);
  const texts: Record<NoticeOccasion['what'], string> = {
    chaser: `关于${about}，应于${when}${owed}，截至${today}尚未完成。请抓紧办理。`,
    urging: `请抓紧办理${about}所列事项。`,
    'overdue-notice': `关于${about}，应于${when}${owed}，截至${today}尚未完成，已逾期。`,
    'recount-notice': `因工作日安排调整，${about}所涉${owed}的时限现为${when}。`,
    'extension-answer': `关于${about}所涉${owed}的延期申请，答复如下。`,
  };
  const organ = organOf(tolerance, context);
  const bound = owing(tolerance, deadline?.name ?? pressing(tolerance), context);
  // All have signed, and the matter has not heard of the last one yet.
  if (bound.length === 0) return undefined;
  const recipients = {
    chaser: bound,
    urging: bound,
    // Where the organ itself is late it has just been chased: it need not be told twice.
    'overdue-notice': bound.some((one) => one.kind === 'unit' && one.id === organ.id) ? [] : [organ],
    'recount-notice': bound,
    'extension-answer': bound,
  }[what];
  if (recipients.length === 0) return undefined;
  return letter(tolerance, context, {
    slot,
    type: what,
    regarding,
    body: [
      paragraph(texts[what]),
      ...(message === undefined ? [] : [paragraph(message)]),
      ...(what === 'extension-answer' ? [paragraph(`时限为${when}。`)] : []),
    ],
    ...addressedTo(recipients, 'notice'),
  });
}
