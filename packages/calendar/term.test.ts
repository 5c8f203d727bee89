import { publishedCalendar } from './calendar.ts';
import { dueDate, formatDue, formatTerm, term, type DueDate } from './term.ts';

const firm: DueDate = {
  startedOn: '2026-03-02',
  amount: 5,
  unit: 'working-day',
  calendar: '2026#1',
  dueOn: '2026-03-09',
  firm: true,
  earliest: '2026-03-09',
  latest: '2026-03-09',
};

describe('terms', () => {
  test.each(['working-day', 'calendar-day', 'month'])('%s is a unit', (unit) => {
    expect(term.parse({ amount: 5, unit })).toEqual({ amount: 5, unit });
  });

  test.each([
    { amount: 5 },
    { amount: 5, unit: 'day' },
    { amount: 0, unit: 'month' },
    { amount: 1.5, unit: 'month' },
    { amount: 1001, unit: 'month' },
    { amount: '5', unit: 'month' },
  ])('%j is no term', (input) => expect(term.safeParse(input).success).toBe(false));

  test('are said in Chinese with their unit', () => {
    expect(formatTerm({ amount: 5, unit: 'working-day' })).toBe('5个工作日');
    expect(formatTerm({ amount: 30, unit: 'calendar-day' })).toBe('30日');
    expect(formatTerm({ amount: 3, unit: 'month' })).toBe('3个月');
  });
});

describe('due dates', () => {
  test('are stored as they are counted', () => {
    expect(publishedCalendar.due('2026-03-02', { amount: 5, unit: 'working-day' })).toEqual(firm);
    expect(dueDate.parse(JSON.parse(JSON.stringify(firm)))).toEqual(firm);
    expect(dueDate.safeParse({ ...firm, latest: '2026-03-32' }).success).toBe(false);
  });

  test('a letter prints a firm date, and the rule instead of a provisional one', () => {
    expect(formatDue(firm)).toBe('2026年3月9日');
    expect(formatDue({ ...firm, firm: false, latest: '2026-03-11' })).toBe('5个工作日');
  });
});
