import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import type { Context, FileRef } from '@dandang/casework/command.ts';
import { signedOn } from '@dandang/casework/delivered.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { Assignee } from '@dandang/access/party.ts';

/* When somebody has received a letter 收到: on the day on which it was signed for, as the file of its delivery says. */

/** Whether a term is over today. What has a last day that cannot be counted yet stays open, … */
const isOver = (from: CivilDate, within: Term, { calendar, today }: Pick<Context, 'calendar' | 'today'>): boolean => {
  const until = calendar.due(from, within);
  return !('refused' in until) && today > until.latest;
};
/** … and so does what runs from the receipt of a letter that nobody has signed for. */
export const isTooLate = (
  received: CivilDate | undefined,
  within: Term,
  context: Pick<Context, 'calendar' | 'today'>,
): boolean => received !== undefined && isOver(received, within, context);

/** The last letter of these types: one that was corrected is received anew. */
export const lastLetter = <L extends IssuedLetter>(letters: readonly L[], types: readonly string[]): L | undefined =>
  letters.findLast(({ type }) => types.includes(type));

/** The files that say who has received a letter. */
export const receiptFiles = (letter: IssuedLetter | undefined): FileRef[] =>
  (letter?.deliveries ?? []).map(({ id }) => ({ kind: 'delivery', id }));

/** The day on which one of its recipients received a letter; undefined while that one has not signed for it. */
export function receivedOn(
  letter: IssuedLetter | undefined,
  by: Assignee,
  { file }: Pick<Context, 'file'>,
): CivilDate | undefined {
  const planned = letter?.deliveries.find(
    ({ recipient: { kind, id } }) => (kind === 'unit' ? `unit:${id}` : `person:${id}`) === by,
  );
  return planned === undefined ? undefined : signedOn(file({ kind: 'delivery', id: planned.id }));
}
