import type { Context } from '@dandang/casework/command.ts';
import type { Counted, Deadline } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { basisOf, byWhen, common, numbered, paragraph, remedy, sections, typed } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Reviewed } from './events.ts';
import type { HeldDetails, Interview } from './interview-matter.ts';
import { aboutInterview, handlingOffice, letter, noticeNumber, owedUnder } from './letters.ts';
import { interviewWording } from './wording.ts';

/* What a review 复核 found, on paper. */

/** What was to be put right: as the interview required it, or the last review that failed. */
const requiredBefore = ({ held, reviews }: HeldDetails): readonly string[] =>
  reviews.findLast(({ requirements, revoked }) => requirements !== undefined && revoked === undefined)?.requirements ??
  held.requirements;

function conclusion(
  { outcome, requirements = [] }: Reviewed,
  due: Counted | undefined,
  office: string,
  { policy }: Context,
): Block[] {
  const say = speaking(interviewWording, 'review-conclusion', policy);
  switch (outcome) {
    case 'passed':
      return [paragraph(say('passed'))];
    case 'failed':
      return [
        paragraph(say('failed')),
        ...numbered(requirements),
        ...(due === undefined ? [] : [paragraph(say('complete', { by: byWhen(due, '印发之日'), office }))]),
      ];
    case 'unresolved': {
      // What follows is said in the policy's words, or not at all.
      const { onFailure } = policy.interview;
      return [
        paragraph(say('unresolved')),
        ...(onFailure === undefined ? [] : [typed(say('rule', { rule: onFailure.name }))]),
      ];
    }
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
  const from = handlingOffice(interview, context);
  const say = speaking(interviewWording, 'review-conclusion', policy);
  const together = (reviewed.together ?? []).map(({ name }) => name).join('、');
  const opening = { basis: basisOf(context, 'interview'), office: from.name, about: aboutInterview(interview) };
  return letter(context, {
    slot: `review-conclusion/${interview.details.reviews.length + 1}`,
    type: 'review-conclusion',
    from,
    regarding: noticeNumber(interview),
    ...addressedTo(concludedTo(interview, context), 'addressee'),
    body: [
      paragraph(together === '' ? say('opening', opening) : say('together', { ...opening, together })),
      ...sections(
        [say('required'), ...numbered(requiredBefore(interview.details))],
        [
          say('found'),
          ...overdue.map((one) => paragraph(say('overdue', { by: byWhen(one), task: owedUnder(one.name).task }))),
          typed(reviewed.opinion),
        ],
        [say('concluded'), ...conclusion(reviewed, due, from.name, context)],
      ),
      remedy('本复核意见', from.name, policy.interview.disputeWithin.value, context),
      paragraph(common(context)('notified')),
    ],
  });
}

/** A review was taken back: 复核意见撤销通知 to exactly those whom its conclusion went to. */
export function reviewRevokedNotice(
  interview: Interview,
  { review, reason }: { readonly review: number; readonly reason: string },
  context: Context,
): IssuedLetter {
  const say = speaking(interviewWording, 'review-revoked', context.policy);
  return letter(context, {
    slot: `review-revoked/${review}`,
    type: 'review-revoked',
    from: handlingOffice(interview, context),
    regarding: noticeNumber(interview),
    ...addressedTo(concludedTo(interview, context), 'notice'),
    body: [
      paragraph(say('body', { about: aboutInterview(interview) })),
      paragraph(say('reason')),
      typed(reason),
      paragraph(common(context)('notified')),
    ],
  });
}
