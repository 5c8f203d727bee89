import { formatTerm } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';
import { comrade, type IssuedLetter, type Recipient } from '@dandang/casework/letter-issue.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { unended } from '@dandang/letters/finished.ts';
import type { Block } from '@dandang/letters/letter.ts';
import {
  basisOf,
  common,
  officialLetter,
  paragraph,
  recipientsOf,
  sections,
  typed,
  type Written,
} from '../official-letter.ts';
import { addressedTo, officialRecipient, printedNames, unitRecipient } from '../recipients.ts';
import { nameOfWhom, type Tolerance } from './tolerance-matter.ts';
import { toleranceWording } from './wording.ts';

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
  'extension-answer': '复函',
  'extension-letter': '时限延长通知',
} as const;
export type ToleranceDocument = keyof typeof typeNames;

export const letter = (
  tolerance: Tolerance,
  context: Context,
  written: Omit<Written<ToleranceDocument>, 'from' | 'slot'> & { readonly slot?: string },
): IssuedLetter =>
  officialLetter(context, typeNames[written.type], {
    slot: written.type,
    from: organOf(tolerance, context),
    ...written,
  });

export const organOf = ({ organ }: Tolerance, { directory }: Context): Recipient =>
  unitRecipient(organ?.id ?? '', organ?.name ?? '', directory);

/** The official and the unit: those whose matter it is. */
export const officialAndUnit = ({ unit, subjects }: Tolerance, { directory }: Context): Recipient[] => [
  ...subjects.map((one) => officialRecipient(one.id, one.name, directory)),
  unitRecipient(unit.id, unit.name, directory),
];

/** Whom it is about, as a sentence speaks of them: an official as a comrade, a group by its name. */
export const whomOf = (tolerance: Tolerance): string =>
  tolerance.subjects.length > 0 ? comrade(nameOfWhom(tolerance)) : nameOfWhom(tolerance);

/** Who asked for something: the unit, or whom the matter is about. */
const applicantOf = (tolerance: Tolerance, who: 'official' | 'unit' | 'ex-officio'): string =>
  who === 'unit' ? tolerance.unit.name : whomOf(tolerance);

/** A unit's Party organisation, as the directory calls it. */
export const partyOrganisation = ({ id, name }: Recipient, { directory }: Context): string =>
  `${name}${directory.unit(id)?.partyOrganisation ?? '党组织'}`;

export const decisionLetters = ({ letters }: Tolerance) => letters.filter((one) => one.type === 'tolerance-decision');

/** How a decision can be reviewed, and within which term from its receipt where the deployment has set one. */
export function reviewWays({ policy }: Context): Block {
  const within = policy.settings['tolerance.reviewWithin'].value;
  const say = speaking(toleranceWording, 'remedy', policy);
  return paragraph(`${within === null ? say('open') : say('within', { term: formatTerm(within) })}${say('how')}`);
}

/** 撤销通知, to exactly those who got the decision. */
export function rescissionLetter(tolerance: Tolerance, reason: string, context: Context): IssuedLetter {
  const issued = decisionLetters(tolerance);
  const recipients = recipientsOf(issued, context.directory);
  const asCopied = (one: Recipient): Recipient =>
    one.kind === 'unit' && one.id === tolerance.unit.id ? { ...one, name: partyOrganisation(one, context) } : one;
  const number = issued.flatMap((one) => (one.number === undefined ? [] : [one.number])).join('、');
  const say = speaking(toleranceWording, 'tolerance-rescission', context.policy);
  return letter(tolerance, context, {
    type: 'tolerance-rescission',
    title: say('title', { number }),
    number: context.numberOf('tolerance-rescission'),
    body: [
      paragraph(say('body', { number, basis: basisOf(context, 'tolerance') })),
      paragraph(say('reason')),
      typed(reason),
      paragraph(common(context)('notified')),
    ],
    addressees: printedNames(recipients.map(asCopied)),
    ...addressedTo(recipients, 'notice'),
  });
}

/** 复核决定书: who asked for what, what was found, and what stands after a review that issued no new decision. */
export function reviewLetter(
  tolerance: Tolerance,
  review: { readonly outcome: string; readonly reasons: string },
  slot: string,
  context: Context,
): IssuedLetter {
  const number = decisionLetters(tolerance).at(-1)?.number;
  const about = number === undefined ? '不予受理的决定' : `${number}容错处理决定书`;
  // On what grounds it was asked for is between whoever asked and the organ.
  const asked = tolerance.details.reviews.at(-1)?.of.startsWith('unit:') === true ? 'unit' : 'official';
  const say = speaking(toleranceWording, 'tolerance-review', context.policy);
  return letter(tolerance, context, {
    slot,
    type: 'tolerance-review',
    title: say('title'),
    number: context.numberOf(slot),
    body: [
      paragraph(
        say('asked', { applicant: applicantOf(tolerance, asked), about, basis: basisOf(context, 'tolerance') }),
      ),
      ...sections(
        [say('found'), typed(review.reasons)],
        [
          say('decision'),
          paragraph(review.outcome === 'maintained' ? say('maintained', { about }) : say('revoked', { about })),
        ],
      ),
    ],
    ...addressedTo(officialAndUnit(tolerance, context), 'addressee'),
  });
}

/** Whoever applied hears why the application was not accepted, and what can be done about it. */
export function declinedLetter(tolerance: Tolerance, reason: string, context: Context): IssuedLetter {
  const say = speaking(toleranceWording, 'tolerance-declined', context.policy);
  return letter(tolerance, context, {
    type: 'tolerance-declined',
    title: say('title'),
    body: [
      paragraph(
        say('body', {
          applicant: applicantOf(tolerance, tolerance.details.initiator),
          reference: unended(tolerance.details.accountability.reference),
          basis: basisOf(context, 'tolerance'),
        }),
      ),
      typed(reason),
      reviewWays(context),
      paragraph(common(context)('notified')),
    ],
    ...addressedTo(officialAndUnit(tolerance, context), 'addressee'),
  });
}
