import { moveTo, nextDay, today } from './clock.ts';
import type { MatterAnswer } from './command.ts';
import { type Mail, sayMails } from './new-mails.ts';
import type { Town } from './town.ts';

/** Chasers go out on working days: with the longest holidays, within a fortnight. */
const mostDays = 14;

/**
 * Moves the clock on, day by day, until the new mails hold a chaser 催办 of the matter whose documents these are, or tell of
 * what is overdue 逾期; shows them. Mails of other matters are not looked at: the subject bears the document's number.
 */
export async function waitForChaser(
  town: Town,
  newMails: () => Promise<Mail[]>,
  documents: MatterAnswer['documents'],
): Promise<void> {
  const numbers = documents.flatMap(({ number }) => number ?? []);
  const chasers = async () =>
    (await newMails()).filter(
      ({ subject }) => /催办|逾期/.test(subject) && numbers.some((number) => subject.includes(number)),
    );
  let found = await chasers();
  for (let days = 0; found.length === 0 && days < mostDays; days += 1) {
    await moveTo(town, nextDay(await today(town)));
    found = await chasers();
  }
  if (found.length === 0) throw new Error(`nobody was chased within ${mostDays} days`);
  sayMails(found);
}
