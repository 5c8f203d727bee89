import type { Context } from '@dandang/casework/command.ts';
import type { Deadline } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import { noticeBody } from '../notices.ts';
import { byWhen } from '../official-letter.ts';
import { addressedTo, asRecipient } from '../recipients.ts';
import { decisionLetters, letter, officialAndUnit } from './letters.ts';
import { unsigned } from './signatures.ts';
import type { Tolerance } from './tolerance-matter.ts';

/* Notices of a tolerance matter, and what a chaser sheet says of one. */

/** What is owed under a deadline: to do, and what its term is called. */
const owedActs: Readonly<Record<string, { readonly task: string; readonly term: string }>> = {
  service: { task: '签收', term: '签收时限' },
  correction: { task: '完成纠错并报告', term: '纠错时限' },
};
const owedUnder = (name: string) => owedActs[name.replace(/-\d+$/, '')] ?? { task: '办理', term: '办理时限' };

/** Whom a notice about a deadline concerns: who signs, or who corrects. What the organ has to do it sees in its list. */
function owing(tolerance: Tolerance, name: string, context: Context): Recipient[] {
  if (name === 'service')
    return unsigned(tolerance, context).map((one) => asRecipient(one.recipient, context.directory));
  return name.startsWith('correction-') ? officialAndUnit(tolerance, context) : [];
}

/** Which decision it is about; no findings. */
function about(tolerance: Tolerance): { readonly regarding: string | undefined; readonly name: string } {
  const regarding = decisionLetters(tolerance).at(-1)?.number;
  return { regarding, name: regarding === undefined ? '容错申请' : `${regarding}容错处理决定书` };
}

/** A correction that is owed, as a chaser sheet says it: it names the decision and no findings. */
export const owedCorrection = (tolerance: Tolerance, deadline: Deadline): string =>
  `${about(tolerance).name}：应${byWhen(deadline)}${owedUnder(deadline.name).task}`;

/** Notices. They name the document and no findings. */
export function toleranceNotice(
  tolerance: Tolerance,
  occasion: NoticeOccasion,
  context: Context,
): IssuedLetter | undefined {
  const { regarding, name } = about(tolerance);
  const bound = owing(tolerance, occasion.deadline.name, context);
  // All have signed, and the matter has not heard of the last one yet; or it is the organ's own to do.
  if (bound.length === 0) return undefined;
  return letter(tolerance, context, {
    slot: occasion.slot,
    type: occasion.what,
    regarding,
    body: noticeBody(occasion, { about: name, term: owedUnder(occasion.deadline.name).term }, context),
    ...addressedTo(bound, 'notice'),
  });
}
