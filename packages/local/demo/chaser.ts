import { historyForm } from '@dandang/api/answers.ts';
import type { ApiClient } from '../api-client.ts';
import { moveTo, nextDay, today } from './clock.ts';
import { ok } from './display.ts';
import { type Mail, sayMails } from './new-mails.ts';
import type { Town } from './town.ts';

/** Chasers go out on working days: with the longest holidays, within a fortnight. */
const mostDays = 14;

/**
 * Moves the clock on, day by day, until a matter's record says that it was chased 催办. Shows the chaser sheets of that day: a
 * sheet, which may be about several matters, bears no number.
 */
export async function waitForChaser(
  town: Town,
  newMails: () => Promise<Mail[]>,
  reader: ApiClient,
  path: string,
): Promise<void> {
  const chased = async (): Promise<boolean> => {
    const { items } = ok(await reader.get(`${path}/history`), historyForm);
    return items.some(({ events }) => events.some(({ type }) => type === 'Chased'));
  };
  for (let days = 0; !(await chased()); days += 1) {
    if (days === mostDays) throw new Error(`nobody was chased within ${mostDays} days`);
    await moveTo(town, nextDay(await today(town)));
  }
  sayMails((await newMails()).filter(({ subject }) => /催办/.test(subject)));
}
