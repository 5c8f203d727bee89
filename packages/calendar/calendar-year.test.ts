import { publishedYearsOnFile } from './calendar.ts';
import { amend, arrangeYear, calendarYear, datesThrough, type Amendment } from './calendar-year.ts';
import { announced2020, year2020 } from './notices/2020.ts';
import { year2026 } from './notices/2026.ts';

const notice = { docNo: '国办发明电〔2026〕2号', date: '2026-08-01' };

describe('a year of notices', () => {
  test('every year on file survives being stored and read', () => {
    for (const entry of publishedYearsOnFile) {
      expect(calendarYear.parse(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
    }
  });

  test.each([
    ['a date that does not exist', { ...year2026, makeupWorkDays: ['2026-02-30'] }],
    ['a notice without a number', { ...year2026, notices: [{ docNo: '', date: '2025-11-04' }] }],
    ['a day off without a name', { ...year2026, daysOff: [{ date: '2026-01-01', name: '', statutory: true }] }],
    ['a year that is a text', { ...year2026, year: '2026' }],
  ])('%s is not read', (_what, stored) => expect(calendarYear.safeParse(stored).success).toBe(false));

  test('days off by law are marked, days off in exchange are not', () => {
    const year = arrangeYear(2026, [notice], [{ name: '元旦', off: ['2026-01-01', '2026-01-03'] }]);
    expect(year.daysOff.map(({ statutory }) => statutory)).toEqual([true, false, false]);
  });

  test('a span that ends before it begins has no dates', () => {
    expect(datesThrough('2026-01-03', '2026-01-01')).toEqual([]);
    expect(datesThrough('2026-02-28', '2026-03-01')).toEqual(['2026-02-28', '2026-03-01']);
  });
});

describe('an amendment in the middle of the year', () => {
  test('the extension of 2020 adds days off and takes back a make-up day', () => {
    const off = (year: typeof year2020) =>
      year.daysOff.map(({ date }) => date).filter((date) => date.startsWith('2020-01-3') || date.startsWith('2020-02'));
    expect(off(announced2020)).toEqual(['2020-01-30']);
    expect(off(year2020)).toEqual(['2020-01-30', '2020-01-31', '2020-02-01', '2020-02-02']);
    expect(announced2020.makeupWorkDays).toContain('2020-02-01');
    expect(year2020.makeupWorkDays).not.toContain('2020-02-01');
    expect(year2020.notices.map(({ amends }) => amends)).toEqual([undefined, true]);
    expect(year2020.exception?.days).toBe(2);
  });

  const moved: Amendment = {
    year: 2026,
    notice,
    holiday: '中秋节',
    change: { kind: 'replace', off: ['2026-09-24', '2026-09-27'], work: ['2026-10-04'] },
  };

  test('a replaced holiday loses its old days, and what was off may be worked', () => {
    const year = amend(year2026, moved);
    expect(year.daysOff.filter(({ name }) => name === '中秋节').map(({ date }) => date)).toEqual([
      '2026-09-24',
      '2026-09-25',
      '2026-09-26',
      '2026-09-27',
    ]);
    expect(year.daysOff.map(({ date }) => date)).not.toContain('2026-10-04');
    expect(year.makeupWorkDays).toEqual([...year2026.makeupWorkDays, '2026-10-04'].sort());
    expect(year.exception).toBeUndefined();
  });

  test('an amendment of another year, or of a holiday that is not there, is an error', () => {
    expect(() => amend(announced2020, moved)).toThrow(RangeError);
    expect(() => amend(year2026, { ...moved, holiday: '三月三' })).toThrow('三月三');
  });
});
