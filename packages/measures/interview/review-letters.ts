import type { Context } from '@dandang/casework/command.ts';
import type { Counted, Deadline } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { byWhen, heading, paragraph, remedy } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Reviewed } from './events.ts';
import type { HeldDetails, Interview } from './interview-matter.ts';
import { handlingOffice, letter, noticeNumber, owedText } from './letters.ts';

/* What a review 复核 found, on paper. */

const numbered = (texts: readonly string[]): Block[] => texts.map((text, index) => paragraph(`${index + 1}. ${text}`));

/** What was to be put right: as the interview required it, or the last review that failed. */
const requiredBefore = ({ held, reviews }: HeldDetails): readonly string[] =>
  reviews.findLast(({ requirements, revoked }) => requirements !== undefined && revoked === undefined)?.requirements ??
  held.requirements;

function conclusion(
  { outcome, requirements = [] }: Reviewed,
  due: Counted | undefined,
  { policy: { interview: policy } }: Context,
): Block[] {
  switch (outcome) {
    case 'passed':
      return [paragraph('整改到位，予以销号。')];
    case 'failed':
      return [
        paragraph('整改未到位，须按以下要求继续整改：'),
        ...numbered(requirements),
        ...(due === undefined ? [] : [paragraph(`请于${byWhen(due)}完成整改并报告。`)]),
      ];
    case 'unresolved':
      // What follows is said in the policy's words, or not at all.
      return [
        paragraph('约谈后工作成效仍不明显。'),
        ...(policy.onFailure === undefined ? [] : [paragraph(`${policy.onFailure.name}。`)]),
      ];
  }
}

/** Whom a review's conclusion goes to: the unit and the subjects. */
const concludedTo = ({ unit, subjects }: Interview, { directory }: Context): Recipient[] => [
  unitRecipient(unit.id, unit.name, directory),
  ...subjects.map((one) => officialRecipient(one.id, one.name, directory)),
];

/** 复核意见, to the unit and the subjects: what was required, what was found, what follows, and how to dispute it. */
export function reviewConclusion(
  interview: Interview & { readonly details: HeldDetails },
  review: {
    readonly reviewed: Reviewed;
    readonly overdue: readonly Deadline[];
    readonly due: Counted | undefined;
  },
  context: Context,
): IssuedLetter {
  const { policy } = context;
  const { reviewed, overdue, due } = review;
  const number = noticeNumber(interview);
  const office = handlingOffice(interview, context).name;
  const together = (reviewed.together ?? []).map(({ name }) => name).join('、');
  return letter(context, {
    slot: `review-conclusion/${interview.details.reviews.length + 1}`,
    type: 'review-conclusion',
    issuer: office,
    regarding: number,
    title: '复核意见',
    ...addressedTo(concludedTo(interview, context), 'addressee'),
    body: [
      paragraph(
        `${number === undefined ? '' : `${number}约谈通知书所涉`}约谈提出的整改要求，${together === '' ? '经' : `经会同${together}`}复核，意见如下。`,
      ),
      heading('一、整改要求'),
      ...numbered(requiredBefore(interview.details)),
      heading('二、复核情况'),
      ...overdue.map((one) => paragraph(`应于${byWhen(one)}${owedText(one.name)}，已逾期。`)),
      paragraph(reviewed.opinion),
      heading('三、复核结论'),
      ...conclusion(reviewed, due, context),
      remedy('本复核意见', office, policy.interview.disputeWithin.value),
    ],
  });
}

/** A review was taken back: 复核意见撤销通知 to exactly those whom its conclusion went to. */
export function reviewRevokedNotice(
  interview: Interview,
  { review, reason }: { readonly review: number; readonly reason: string },
  context: Context,
): IssuedLetter {
  const number = noticeNumber(interview);
  return letter(context, {
    slot: `review-revoked/${review}`,
    type: 'review-revoked',
    issuer: handlingOffice(interview, context).name,
    regarding: number,
    title: '复核意见撤销通知',
    ...addressedTo(concludedTo(interview, context), 'notice'),
    body: [
      paragraph(
        `对${number === undefined ? '' : `${number}约谈通知书所涉`}约谈整改情况的复核意见现予撤销，有关事项恢复到复核之前。`,
      ),
      paragraph(`撤销理由：${reason}`),
    ],
  });
}
