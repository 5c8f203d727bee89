import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { common, paragraph, recipientsOf, typed } from '../official-letter.ts';
import { addressedTo, unitRecipient } from '../recipients.ts';
import { leadNotices } from './assist-letters.ts';
import { letter, numberOfLetter, type Pair, pairInForce, reminderPair } from './letters.ts';
import type { Reminder } from './reminder-matter.ts';
import { reminderWording } from './wording.ts';

/* What is written where a unit says that a reminder is not its own 退件. */

/** That it stays with the unit. */
export function declineAnswer(matter: Reminder, reason: string, context: Context): IssuedLetter {
  const { unit } = matter;
  const number = numberOfLetter(matter);
  const say = speaking(reminderWording, 'decline-answer', context.policy);
  return letter(matter, context, {
    slot: `decline-answer/${matter.version + 1}`,
    type: 'decline-answer',
    regarding: number,
    body: [
      paragraph(say('body', { number: number ?? '' })),
      paragraph(say('reason')),
      typed(reason),
      paragraph(common(context)('answered')),
    ],
    ...addressedTo([unitRecipient(unit.id, unit.name, context.directory)], 'notice'),
  });
}

/** How many units it was taken from before: what tells the letters of one change from those of another. */
const nth = ({ formerly = [] }: Reminder): number => formerly.length + 2;

const pairNames = (matter: Reminder) => ({ tip: `work-tip/${nth(matter)}`, letter: `reminder-letter/${nth(matter)}` });

/** Where the leader stays in charge, its new tip says what became of the old one; else each letter has a notice of its own. */
const withdrawn = (matter: Reminder, sameLeader: boolean) =>
  pairInForce(matter)
    .map((issued) => ({ issued, name: withdrawalName(matter, issued) }))
    .filter(({ issued }) => !sameLeader || issued.type === 'reminder-letter');
const withdrawalName = (matter: Reminder, { type }: IssuedLetter): string =>
  `reminder-withdrawal/${nth(matter)}${type === 'work-tip' ? '/tip' : ''}`;

/** The names of the numbered letters of a change; `leader` is in charge from now on. */
export const reassignmentNumbers = (matter: Reminder, leader: string): string[] => {
  const { tip, letter: reminded } = pairNames(matter);
  return [...withdrawn(matter, matter.details.leader.id === leader).map(({ name }) => name), tip, reminded];
};

/**
 * 撤回通知: what the unit before was sent no longer holds, to exactly its recipients; a pair of its own, with its own numbers,
 * for the unit that it goes to and the leader who is in charge of that one. The assisting units hear who leads now. `to` is
 * the reminder as it is then.
 */
export function reassignmentLetters(matter: Reminder, to: Reminder, reply: Counted, context: Context): IssuedLetter[] {
  const sameLeader = matter.details.leader.id === to.details.leader.id;
  const formerTip = sameLeader ? pairInForce(matter).find(({ type }) => type === 'work-tip')?.number : undefined;
  const pair: Pair = { names: pairNames(matter), formerTip };
  const say = speaking(reminderWording, 'reminder-withdrawal', context.policy);
  return [
    ...withdrawn(matter, sameLeader).map(({ name, issued }) => {
      const number = issued.number ?? '';
      return letter(matter, context, {
        slot: name,
        type: 'reminder-withdrawal',
        title: say('title', { number }),
        number: context.numberOf(name),
        body: [
          paragraph(
            issued.type === 'work-tip' ? say('tip', { number, unit: matter.unit.name }) : say('letter', { number }),
          ),
          paragraph(common(context)('notified')),
        ],
        ...addressedTo(recipientsOf([issued], context.directory), 'notice'),
      });
    }),
    ...reminderPair(to, reply, context, pair),
    ...leadNotices(to, context),
  ];
}
