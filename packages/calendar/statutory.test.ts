import { addDays, dayNumber } from './civil-date.ts';
import days from './fixtures/days-2020-2027.json' with { type: 'json' };
import { statutoryCount, statutoryDays } from './statutory.ts';

// The moon's festivals are compared with two almanacs in libraries.test.ts.
describe('the days off by law', () => {
  test('2027 has the thirteen days on file', () => {
    const expected = days.years[2027].statutory.map((line) => line.split(' '));
    expect(statutoryDays(2027)?.map(({ date, name }) => [date.slice(5), name])).toEqual(expected);
    expect(expected).toHaveLength(statutoryCount(2027));
  });

  test('除夕 and 2 May are off by law from 2025 on', () => {
    const dates = (year: number) => statutoryDays(year)?.map(({ date }) => date) ?? [];
    expect(dates(2024)).not.toContain('2024-02-09');
    expect(dates(2024)).not.toContain('2024-05-02');
    expect(dates(2025)).toEqual(expect.arrayContaining(['2025-01-28', '2025-05-02']));
    expect([2024, 2025].map(statutoryCount)).toEqual([11, 13]);
  });

  test('a date with two festivals is listed once, under both names', () => {
    expect(statutoryDays(2031)?.filter(({ date }) => date === '2031-10-01')).toEqual([
      { date: '2031-10-01', name: '中秋节、国庆节' },
    ]);
  });

  test('no year is made up where the moon’s festivals are not on file', () => {
    expect(statutoryDays(2018)).toBeUndefined();
    expect(statutoryDays(2037)).toBeUndefined();
  });

  test('all known days are in order and at most once', () => {
    const dates = Array.from({ length: 18 }, (_, at) => statutoryDays(2019 + at) ?? [])
      .flat()
      .map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(dates.every((date) => addDays(date, 0) === date && dayNumber(date) > 0)).toBe(true);
  });
});
