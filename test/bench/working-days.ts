import { type Calendar, publishedCalendar } from '@dandang/calendar/calendar.ts';
import { dateOfDay, dayNumber } from '@dandang/calendar/civil-date.ts';
import chineseDays from 'chinese-days';
import { interleaved, type Paired, timed } from './pairs.ts';

/** Every start is a day of 2024 or 2025, every amount between 1 and 30, so that both know the whole way. */
const first = dayNumber('2024-01-01');
const starts = Array.from({ length: 600 }, (_, n) => dateOfDay(first + n));
const amountOf = (n: number): number => 1 + (n % 30);

/** Microseconds that an addition takes when the starts are gone through `rounds` times. */
async function perAddition(rounds: number, add: (date: string, amount: number) => string): Promise<number> {
  let length = 0;
  const ms = await timed(() => {
    for (let round = 0; round < rounds; round += 1)
      for (const [n, start] of starts.entries()) length += add(start, amountOf(n)).length;
  });
  if (length !== rounds * starts.length * 10) throw new Error('an addition answered no date');
  return (ms * 1000) / (rounds * starts.length);
}

const ours = (date: string, amount: number): string => {
  const due = publishedCalendar.due(date, { amount, unit: 'working-day' });
  if ('refused' in due) throw new Error(`no calendar for ${date}`);
  return due.dueOn;
};

const inBulk = ({ days }: Pick<Calendar, 'days'>): number => {
  let sum = 0;
  for (const [n] of starts.entries()) sum += days.after(first + n, amountOf(n)) ?? 0;
  return sum;
};

/**
 * Working-day additions a second against chinese-days: whole due dates from dates, as decisions count them, and day numbers
 * from day numbers, as a count in bulk does. The ratio is theirs over ours in time: how many times as fast ours is.
 */
export async function workingDayAdditions(
  pairs: number,
): Promise<{ readonly dates: Paired; readonly bulk: Paired; readonly differences: number }> {
  const differences = starts.filter(
    (start, n) => ours(start, amountOf(n)) !== chineseDays.findWorkday(amountOf(n), start),
  ).length;
  const theirs = () => perAddition(1, (date, amount) => chineseDays.findWorkday(amount, date));
  const bulk = async (): Promise<number> => {
    let sum = 0;
    const ms = await timed(() => {
      for (let round = 0; round < 500; round += 1) sum += inBulk(publishedCalendar);
    });
    if (sum === 0) throw new Error('nothing was added');
    return (ms * 1000) / (500 * starts.length);
  };
  const dates = () => perAddition(50, ours);
  await interleaved(3, theirs, dates);
  return { dates: await interleaved(pairs, theirs, dates), bulk: await interleaved(pairs, theirs, bulk), differences };
}
