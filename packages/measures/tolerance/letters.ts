import { formatTerm, type Term } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import { officialLetter, paragraph, recipientsOf, type Written } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Tolerance } from './tolerance-matter.ts';

/* What all letters of a tolerance matter have in common, and those that are short. */

/** What each document of this measure is called on paper. */
export const typeNames = {
  'tolerance-decision': '容错处理决定书',
  'tolerance-rescission': '撤销通知',
  'tolerance-review': '复核决定书',
  'tolerance-declined': '容错申请不予受理通知',
  chaser: '催办通知',
  urging: '催办通知',
  'overdue-notice': '逾期情况通知',
  'recount-notice': '时限调整通知',
  'extension-answer': '延期答复',
  'extension-letter': '复函',
} as const;
export type ToleranceDocument = keyof typeof typeNames;

export const letter = (
  tolerance: Tolerance,
  context: Context,
  written: Omit<Written<ToleranceDocument>, 'issuer' | 'slot' | 'title'> & { readonly slot?: string },
): IssuedLetter =>
  officialLetter(context, typeNames[written.type], {
    slot: written.type,
    issuer: tolerance.organ?.name ?? '',
    title: typeNames[written.type],
    ...written,
  });

export const organOf = ({ organ }: Tolerance, { directory }: Context): Recipient =>
  unitRecipient(organ?.id ?? '', organ?.name ?? '', directory);

/** The official and the unit: those whose matter it is. */
export const officialAndUnit = ({ unit, subjects }: Tolerance, { directory }: Context): Recipient[] => [
  ...subjects.map((one) => officialRecipient(one.id, one.name, directory)),
  unitRecipient(unit.id, unit.name, directory),
];

export const partyOrganisation = ({ name }: Recipient): string => `${name}党组织`;

export const decisionLetters = ({ letters }: Tolerance) => letters.filter((one) => one.type === 'tolerance-decision');

/** How a decision can be reviewed, and within which term where the deployment has set one. */
export const reviewWays = (within: Term | null): string =>
  `对本决定不服的，可以${within === null ? '' : `自本决定作出之日起${formatTerm(within)}内`}向本机关申请复核。复核由未参与本决定的人员办理，不停止本决定的执行，不因申请复核而加重处理。`;

/** 撤销通知, to exactly those who got the decision. */
export function rescissionLetter(tolerance: Tolerance, reason: string, context: Context): IssuedLetter {
  const issued = decisionLetters(tolerance);
  const recipients = recipientsOf(issued, context.directory);
  const numbers = issued.flatMap((one) => (one.number === undefined ? [] : [one.number])).join('、');
  return letter(tolerance, context, {
    type: 'tolerance-rescission',
    number: context.numberOf('tolerance-rescission'),
    addressees: recipients.map((one) => (one.id === tolerance.unit.id ? partyOrganisation(one) : one.name)),
    body: [
      paragraph(`现撤销${numbers}容错处理决定书，自本通知印发之日起不再执行，不得再作为有关评价和使用的依据。`),
      paragraph(`撤销理由：${reason}`),
    ],
    to: recipients.map((recipient) => ({ recipient, as: 'notice' as const })),
  });
}

/** 复核决定书: what stands after a review that issued no new decision. */
export function reviewLetter(
  tolerance: Tolerance,
  review: { readonly outcome: string; readonly reasons: string },
  slot: string,
  context: Context,
): IssuedLetter {
  const recipients = officialAndUnit(tolerance, context);
  const number = decisionLetters(tolerance).at(-1)?.number;
  const about = number === undefined ? '不予受理的决定' : `${number}容错处理决定书`;
  return letter(tolerance, context, {
    slot,
    type: 'tolerance-review',
    number: context.numberOf(slot),
    body: [
      paragraph(
        review.outcome === 'maintained' ? `经复核，维持${about}。` : '经复核，撤销不予受理的决定，原申请现予受理。',
      ),
      paragraph(`理由：${review.reasons}`),
    ],
    ...addressedTo(recipients, 'addressee'),
  });
}

/** Whoever applied hears why the application was not accepted, and what can be done about it. */
export function declinedLetter(tolerance: Tolerance, reason: string, context: Context): IssuedLetter {
  const recipients = officialAndUnit(tolerance, context);
  return letter(tolerance, context, {
    type: 'tolerance-declined',
    body: [
      paragraph(`关于${tolerance.details.accountability.reference}的容错申请，不予受理。`),
      paragraph(`理由：${reason}`),
      paragraph(reviewWays(context.policy.settings['tolerance.reviewWithin'].value)),
    ],
    ...addressedTo(recipients, 'addressee'),
  });
}
