import type { Context } from '@dandang/casework/command.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { heading, officialLetter, paragraph, recipientsOf } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Clarification } from './clarification-matter.ts';
import type { ClarificationDraft } from './events.ts';

/** What each document of this measure is called on paper. */
export const typeNames = { 'clarification-statement': '澄清函', 'clarification-rescission': '撤销通知' } as const;

/**
 * How the finding is made known, in the words of the central discipline organ's opinion of 2020
 * (《关于做好失实检举控告澄清工作的意见》): beside the other three it is always written as well.
 */
const announcements: Readonly<Record<ClarificationDraft['form'], string>> = {
  written: '以本函书面澄清。',
  'in-person': '以本函书面澄清，并当面澄清。',
  meeting: '以本函书面澄清，并在会议上澄清。',
  bulletin: '以本函书面澄清，并以通报形式澄清。',
};

/**
 * 澄清函: to the official and the unit, with copies to the bodies named. It says what was found of the report,
 * never who reported and under which reference.
 */
export function statement(draft: ClarificationDraft, context: Context): IssuedLetter {
  const { official, unit, organ, report, finding, form, copies } = draft;
  const { directory, numberOf } = context;
  const addressees = [
    officialRecipient(official.id, official.name, directory),
    unitRecipient(unit.id, unit.name, directory),
  ];
  const bodies = copies.filter(({ id }) => id !== unit.id).map(({ id, name }) => unitRecipient(id, name, directory));
  return officialLetter(context, typeNames['clarification-statement'], {
    slot: 'clarification-statement',
    type: 'clarification-statement',
    issuer: organ.name,
    number: numberOf('clarification-statement'),
    title: `关于${official.name}有关问题的澄清函`,
    addressees: addressees.map((one) => one.name),
    body: [
      heading('一、反映的问题'),
      paragraph(report.allegation),
      heading('二、核查结果'),
      paragraph(finding),
      heading('三、澄清方式'),
      paragraph(announcements[form]),
    ],
    copies: bodies.map((one) => one.name),
    to: [
      ...addressees.map((recipient) => ({ recipient, as: 'addressee' as const })),
      ...bodies.map((recipient) => ({ recipient, as: 'copy' as const })),
    ],
  });
}

const statements = ({ letters }: Clarification) => letters.filter((one) => one.type === 'clarification-statement');

/** 撤销通知, to exactly those who got the statement. */
export function rescission(matter: Clarification, reason: string, context: Context): IssuedLetter {
  const number = statements(matter)[0]?.number ?? '';
  return officialLetter(context, typeNames['clarification-rescission'], {
    slot: 'clarification-rescission',
    type: 'clarification-rescission',
    issuer: matter.organ?.name ?? '',
    number: context.numberOf('clarification-rescission'),
    title: `关于撤销${number}澄清函的通知`,
    body: [paragraph(`现撤销${number}澄清函。`), paragraph(`撤销理由：${reason}`)],
    ...addressedTo(recipientsOf(statements(matter), context.directory), 'notice'),
  });
}
