import fc from 'fast-check';
import {
  addDays,
  addMonths,
  chinaDate,
  civilDate,
  dateOfDay,
  dayNumber,
  daysBetween,
  endOfDay,
  formatChinese,
  instant,
  instantAt,
  isCivilDate,
  isInstant,
  msOf,
  startOfDay,
  weekday,
  yearOf,
} from './civil-date.ts';

const HOUR = 3_600_000;
const anyDay = fc.integer({ min: dayNumber('1000-01-01'), max: dayNumber('9999-12-31') });
const anyMs = fc.integer({ min: Date.UTC(1993, 0, 1), max: Date.UTC(2100, 0, 1) });

describe('instants and dates in China', () => {
  test('a date changes at 16:00 UTC', () => {
    expect(chinaDate('2026-03-05T15:59:59.999Z')).toBe('2026-03-05');
    expect(chinaDate('2026-03-05T16:00:00Z')).toBe('2026-03-06');
    expect(chinaDate('2026-03-05T23:30:00-05:00')).toBe('2026-03-06');
    expect(chinaDate('2026-03-06T00:00:00+08:00')).toBe('2026-03-06');
  });

  test('the China date is that of the zone Asia/Shanghai in every hour of 2020 to 2027', () => {
    const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
    const different: string[] = [];
    for (let ms = Date.UTC(2020, 0, 1); ms < Date.UTC(2028, 0, 1); ms += HOUR) {
      if (chinaDate(instantAt(ms)) !== shanghai.format(ms)) different.push(instantAt(ms));
    }
    expect(different).toEqual([]);
  });

  test('an instant is written with +08:00 and milliseconds, and read back', () => {
    expect(instantAt(Date.UTC(2026, 10, 2, 1, 30))).toBe('2026-11-02T09:30:00.000+08:00');
    fc.assert(fc.property(anyMs, (ms) => msOf(instantAt(ms)) === ms));
  });

  test('instants as we write them sort as they follow each other', () => {
    fc.assert(fc.property(anyMs, anyMs, (a, b) => a < b === instantAt(a) < instantAt(b)));
  });

  test.each(['2026-10-10', '2026-10-10T08:00:00', '2026-02-30T08:00:00Z', '2026-10-10T25:00:00Z', 'yesterday', ''])(
    '%j is no instant',
    (text) => {
      expect(isInstant(text)).toBe(false);
      expect(instant.safeParse(text).success).toBe(false);
      expect(() => msOf(text)).toThrow(RangeError);
      expect(() => chinaDate(text)).toThrow(RangeError);
    },
  );

  test('a day begins at 00:00 and ends a millisecond before 24:00 in China', () => {
    expect(startOfDay('2026-03-09')).toBe('2026-03-09T00:00:00.000+08:00');
    expect(endOfDay('2026-03-09')).toBe('2026-03-09T23:59:59.999+08:00');
    expect(msOf(endOfDay('2026-03-09'))).toBe(Date.parse('2026-03-09T15:59:59.999Z'));
  });

  test('every instant lies between the start and the end of its day', () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        const date = chinaDate(instantAt(ms));
        return msOf(startOfDay(date)) <= ms && ms <= msOf(endOfDay(date));
      }),
    );
  });
});

describe('civil dates', () => {
  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '2026-04-31', '2100-02-29', '0999-12-31'])(
    '%s does not exist',
    (text) => {
      expect(isCivilDate(text)).toBe(false);
      expect(civilDate.safeParse(text).success).toBe(false);
      expect(() => dayNumber(text)).toThrow(RangeError);
    },
  );

  test.each(['2026-1-1', '2026/01/01', '20260101', '2026-01-01T00:00:00Z', '２０２６-01-01', 20260101, null])(
    '%j is not written as a date',
    (value) => expect(isCivilDate(value)).toBe(false),
  );

  test('29 February exists in leap years only', () => {
    expect(['2024-02-29', '2000-02-29', '2028-02-29'].every(isCivilDate)).toBe(true);
  });

  test('dates and day numbers are each other’s inverse, and agree with the runtime’s calendar in UTC', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = dateOfDay(day);
        expect(dayNumber(date)).toBe(day);
        expect(Date.UTC(yearOf(date), Number(date.slice(5, 7)) - 1, Number(date.slice(8)))).toBe(day * 24 * HOUR);
        expect(weekday(date) % 7).toBe(new Date(day * 24 * HOUR).getUTCDay());
      }),
    );
  });

  test('days are added over months, years and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-09-03', '2026-10-03')).toBe(30);
    expect(daysBetween('2026-10-03', '2026-09-03')).toBe(-30);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-08-31', 3, '2026-11-30'],
    ['2026-11-15', 3, '2027-02-15'],
    ['2026-12-31', 12, '2027-12-31'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s and %i months is %s', (date, months, expected) => expect(addMonths(date, months)).toBe(expected));

  test('Monday is 1 and Sunday is 7', () => {
    expect(weekday('1970-01-01')).toBe(4);
    expect(weekday('1969-12-29')).toBe(1);
    expect(weekday('2026-10-10')).toBe(6);
    expect(weekday('2026-09-20')).toBe(7);
  });

  test('a document writes the date without leading zeros', () => {
    expect(formatChinese('2026-11-02')).toBe('2026年11月2日');
    expect(formatChinese('2026-03-09')).toBe('2026年3月9日');
  });
});
