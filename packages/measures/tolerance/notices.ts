import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Deadline } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import { byWhen, paragraph } from '../official-letter.ts';
import { addressedTo, asRecipient } from '../recipients.ts';
import { decisionLetters, letter, officialAndUnit, organOf } from './letters.ts';
import { unsigned } from './signatures.ts';
import type { Tolerance } from './tolerance-matter.ts';

/* Notices of a tolerance matter, and what a chaser sheet says of one. */

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

/** Which decision it is about; no findings. */
function about(tolerance: Tolerance): { readonly regarding: string | undefined; readonly name: string } {
  const regarding = decisionLetters(tolerance).at(-1)?.number;
  return { regarding, name: regarding === undefined ? '容错申请' : `${regarding}容错处理决定书` };
}

const owedUnder = (name: string | undefined): string => owedActs[name?.replace(/-\d+$/, '') ?? ''] ?? '办理';

/** A correction that is owed, as a chaser sheet says it: it names the decision and no findings. */
export const owedCorrection = (tolerance: Tolerance, deadline: Deadline): string =>
  `${about(tolerance).name}：请于${byWhen(deadline)}${owedUnder(deadline.name)}`;

/** Notices. They name the document and no findings. */
export function toleranceNotice(
  tolerance: Tolerance,
  { what, slot, deadline, message }: NoticeOccasion,
  context: Context,
): IssuedLetter | undefined {
  const { regarding, name } = about(tolerance);
  const owed = owedUnder(deadline?.name);
  const when = deadline === undefined ? '' : byWhen(deadline);
  const today = formatChinese(context.today);
  const texts: Record<NoticeOccasion['what'], string> = {
    'overdue-notice': `关于${name}，应于${when}${owed}，截至${today}尚未完成，已逾期。`,
    'recount-notice': `因工作日安排调整，${name}所涉${owed}的时限现为${when}。`,
    'extension-answer': `关于${name}所涉${owed}的延期申请，答复如下。`,
    'extension-letter': `${name}所涉${owed}的时限现为${when}。`,
  };
  const bound = owing(tolerance, deadline?.name, context);
  // All have signed, and the matter has not heard of the last one yet.
  if (bound.length === 0) return undefined;
  const recipients = {
    'overdue-notice': [organOf(tolerance, context)],
    'recount-notice': bound,
    'extension-answer': bound,
    'extension-letter': bound,
  }[what];
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
