import { moveTo, nextDay, today } from './clock.ts';
import type { MatterAnswer } from './command.ts';
import { type Mail, sayMails } from './new-mails.ts';
import type { Town } from './town.ts';

/** Chasers go out on working days: with the longest holidays, within a fortnight. */
const mostDays = 14;

/**
 * Moves the clock on, day by day, until the new mails tell the office that the matter whose documents these are is overdue
 * 逾期: so it was chased 催办. Shows them, with the chaser sheets of that day. Mails of other matters are not looked at: the subject
 * bears the document's number; a sheet, which may be about several, bears none.
 */
export async function waitForChaser(
  town: Town,
  newMails: () => Promise<Mail[]>,
  documents: MatterAnswer['documents'],
): Promise<void> {
  const numbers = documents.flatMap(({ number }) => number ?? []);
  const chasers = async () => {
    const mails = await newMails();
    const told = mails.some(
      ({ subject }) => /逾期/.test(subject) && numbers.some((number) => subject.includes(number)),
    );
    const isAbout = (subject: string): boolean =>
      /催办/.test(subject) || (/逾期/.test(subject) && numbers.some((number) => subject.includes(number)));
    return told ? mails.filter(({ subject }) => isAbout(subject)) : [];
  };
  let found = await chasers();
  for (let days = 0; found.length === 0 && days < mostDays; days += 1) {
    await moveTo(town, nextDay(await today(town)));
    found = await chasers();
  }
  if (found.length === 0) throw new Error(`nobody was chased within ${mostDays} days`);
  sayMails(found);
}
