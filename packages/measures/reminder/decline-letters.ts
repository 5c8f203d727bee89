import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { paragraph, recipientsOf } from '../official-letter.ts';
import { addressedTo, unitRecipient } from '../recipients.ts';
import { leadNotices } from './assist-letters.ts';
import { letter, numberOfLetter, type Pair, pairInForce, reminderPair } from './letters.ts';
import type { Reminder } from './reminder-matter.ts';

/* What is written where a unit says that a reminder is not its own 退件. */

/** That it stays with the unit. */
export function declineAnswer(matter: Reminder, reason: string, context: Context): IssuedLetter {
  const { unit, details } = matter;
  const number = numberOfLetter(matter);
  return letter(matter, context, {
    slot: `decline-answer/${matter.version + 1}`,
    type: 'decline-answer',
    regarding: number,
    title: `关于对${details.subject}的提醒函退件的答复`,
    body: [
      paragraph(`贵单位对${number ?? ''}提醒函提出的退件不予同意，请按原时限办理并答复。`),
      paragraph(`理由：${reason}`),
    ],
    ...addressedTo([unitRecipient(unit.id, unit.name, context.directory)], 'notice'),
  });
}

/** How many units it was taken from before: what tells the letters of one change from those of another. */
const nth = ({ formerly = [] }: Reminder): number => formerly.length + 2;

const names = (matter: Reminder): { readonly tip: string; readonly letter: string; readonly withdrawal: string } => ({
  tip: `work-tip/${nth(matter)}`,
  letter: `reminder-letter/${nth(matter)}`,
  withdrawal: `reminder-withdrawal/${nth(matter)}`,
});

/** The names of the numbered letters of a change. */
export const reassignmentNumbers = (matter: Reminder): string[] => {
  const { tip, letter: reminded, withdrawal } = names(matter);
  return [withdrawal, tip, reminded];
};

/**
 * 撤回通知: what the unit before was sent no longer holds, to exactly its recipients; a pair of its own, with its own numbers,
 * for the unit that it goes to and the leader who is in charge of that one. Where it is the same leader, the new tip says that
 * the old one no longer holds; else the one before is told so by the same notice. The assisting units hear who leads now.
 * `to` is the reminder as it is then.
 */
export function reassignmentLetters(matter: Reminder, to: Reminder, reply: Counted, context: Context): IssuedLetter[] {
  const { tip, letter: reminded, withdrawal } = names(matter);
  const sameLeader = matter.details.leader.id === to.details.leader.id;
  const withdrawn = pairInForce(matter).filter(({ type }) => !sameLeader || type === 'reminder-letter');
  const numbers = withdrawn.flatMap(({ number }) => number ?? []).join('、');
  const formerTip = sameLeader ? pairInForce(matter).find(({ type }) => type === 'work-tip')?.number : undefined;
  const pair: Pair = { names: { tip, letter: reminded }, formerTip };
  return [
    letter(matter, context, {
      slot: withdrawal,
      type: 'reminder-withdrawal',
      title: `关于撤回${numbers}的通知`,
      number: context.numberOf(withdrawal),
      body: [
        paragraph(`${matter.unit.name}提出该事项不属于其办理，经研究予以同意，另行交办。`),
        paragraph(`现撤回${numbers}，原文书自本通知印发之日起不再执行。`),
      ],
      ...addressedTo(recipientsOf(withdrawn, context.directory), 'notice'),
    }),
    ...reminderPair(to, reply, context, pair),
    ...leadNotices(to, context),
  ];
}
