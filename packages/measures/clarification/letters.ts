import type { Context } from '@dandang/casework/command.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { basisOf, common, officialLetter, paragraph, recipientsOf, sections, typed } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Clarification } from './clarification-matter.ts';
import type { ClarificationDraft } from './events.ts';
import { clarificationWording } from './wording.ts';

/** What each document of this measure is called on paper. */
export const typeNames = { 'clarification-statement': '澄清函', 'clarification-rescission': '撤销通知' } as const;

/**
 * 澄清函: to the official and the unit, with copies to the bodies named. It says what was found of the report,
 * never who reported and under which reference.
 */
export function statement(draft: ClarificationDraft, context: Context): IssuedLetter {
  const { official, unit, organ, report, finding, form, copies } = draft;
  const { directory, numberOf, policy } = context;
  const say = speaking(clarificationWording, 'clarification-statement', policy);
  const addressees = [
    unitRecipient(unit.id, unit.name, directory),
    officialRecipient(official.id, official.name, directory),
  ];
  const bodies = copies.filter(({ id }) => id !== unit.id).map(({ id, name }) => unitRecipient(id, name, directory));
  return officialLetter(context, typeNames['clarification-statement'], {
    slot: 'clarification-statement',
    type: 'clarification-statement',
    from: organ,
    number: numberOf('clarification-statement'),
    title: say('title', { official: official.name }),
    body: [
      paragraph(say('opening', { basis: basisOf(context, 'clarification'), official: official.name })),
      ...sections([say('allegation'), typed(report.allegation)], [say('finding'), typed(finding)]),
      paragraph(say(form)),
    ],
    to: [
      ...addressees.map((recipient) => ({ recipient, as: 'addressee' as const })),
      ...bodies.map((recipient) => ({ recipient, as: 'copy' as const })),
    ],
  });
}

const statements = ({ letters }: Clarification) => letters.filter((one) => one.type === 'clarification-statement');

/** 撤销通知, to exactly those who got the statement. Why it is withdrawn is on file alone: a notice must not hint at new leads. */
export function rescission(matter: Clarification, context: Context): IssuedLetter {
  const number = statements(matter)[0]?.number ?? '';
  const say = speaking(clarificationWording, 'clarification-rescission', context.policy);
  return officialLetter(context, typeNames['clarification-rescission'], {
    slot: 'clarification-rescission',
    type: 'clarification-rescission',
    from: { id: matter.organ?.id ?? '', name: matter.organ?.name ?? '' },
    number: context.numberOf('clarification-rescission'),
    title: say('title', { number }),
    body: [paragraph(say('body', { number })), paragraph(common(context)('notified'))],
    ...addressedTo(recipientsOf(statements(matter), context.directory), 'notice'),
  });
}
