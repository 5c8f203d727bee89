import { buildCalendar, publishedCalendar, publishedYearsOnFile } from './calendar.ts';
import { calendarWarning } from './health.ts';

describe('the warning that next year’s notice is missing', () => {
  test.each([
    ['2026-10-31', undefined],
    ['2026-11-01', 'warn'],
    ['2026-12-09', 'warn'],
    ['2026-12-10', 'fail'],
    ['2026-12-31', 'fail'],
    ['2027-01-01', 'fail'],
  ])('on %s it is %s', (today, level) => expect(calendarWarning(publishedCalendar, today)?.level).toBe(level));

  test('it names the year to import', () => {
    expect(calendarWarning(publishedCalendar, '2026-11-22')).toMatchObject({ code: 'next-year-missing', year: 2027 });
    expect(calendarWarning(publishedCalendar, '2027-03-01')).toMatchObject({ code: 'year-missing', year: 2027 });
    expect(calendarWarning(publishedCalendar, '2026-11-22')?.message).toContain('2027年部分节假日安排');
  });

  test('nothing is missing once next year is published', () => {
    const calendar = buildCalendar({ years: publishedYearsOnFile });
    expect(calendarWarning(calendar, '2025-12-31')).toBeUndefined();
    expect(calendarWarning({ publishedThrough: 2027 }, '2026-12-31')).toBeUndefined();
  });
});
