import fc from 'fast-check';
import { buildCalendar, publishedCalendar, publishedYearsOnFile, type Calendar } from './calendar.ts';
import { arrangeYear, type CalendarYear } from './calendar-year.ts';
import { addDays, chinaDate, dateOfDay, dayNumber, endOfDay, msOf, weekday, type CivilDate } from './civil-date.ts';
import cases from './fixtures/deadline-cases.json' with { type: 'json' };
import facts from './fixtures/days-2020-2027.json' with { type: 'json' };
import { announced2020 } from './notices/2020.ts';
import type { DueDate, Term } from './term.ts';

const published = [2020, 2021, 2022, 2023, 2024, 2025, 2026] as const;
const full = (year: number, date: string): CivilDate => (date.length === 5 ? `${year}-${date}` : date);

/** The facts, read without anything of the package: a day is worked if made up, or Monday to Friday and not listed. */
const factsOff = new Set(
  published.flatMap((year) =>
    Object.values(facts.years[year].daysOff)
      .flat()
      .map((date) => full(year, date)),
  ),
);
const factsWorked = new Set(
  published.flatMap((year) => facts.years[year].makeupWorkDays.map((date) => full(year, date))),
);
const worked = (date: CivilDate): boolean => factsWorked.has(date) || (weekday(date) < 6 && !factsOff.has(date));
const allDays = Array.from({ length: 2557 }, (_, at) => addDays('2020-01-01', at));

const working = (amount: number): Term => ({ amount, unit: 'working-day' });
const calendarDays = (amount: number): Term => ({ amount, unit: 'calendar-day' });

function counted(calendar: Calendar, startedOn: CivilDate, term: Term): DueDate {
  const due = calendar.due(startedOn, term);
  if ('refused' in due) throw new Error(`refused: ${startedOn} + ${term.amount} ${term.unit}`);
  return due;
}

const through = (year: number): readonly CalendarYear[] => publishedYearsOnFile.filter((entry) => entry.year <= year);

describe('the table', () => {
  test('every day of 2020 to 2026 is as in the facts', () => {
    expect(allDays.at(-1)).toBe('2026-12-31');
    expect(allDays.filter((date) => publishedCalendar.isWorkingDay(date) !== worked(date))).toEqual([]);
  });

  test.each(published)('%i has the notices, the days off, the law’s days and the make-up days of the facts', (year) => {
    const entry = publishedYearsOnFile.find((candidate) => candidate.year === year);
    const fact = facts.years[year];
    const off = Object.entries(fact.daysOff).flatMap(([name, dates]) =>
      dates.map((date) => ({ date: full(year, date), name })),
    );
    expect(entry?.notices).toEqual(fact.notices);
    expect(entry?.daysOff.map(({ date, name }) => ({ date, name }))).toEqual(off);
    expect(entry?.daysOff.filter(({ statutory }) => statutory).map(({ date }) => date)).toEqual(
      fact.statutory.map((date) => full(year, date)),
    );
    expect(entry?.makeupWorkDays).toEqual(fact.makeupWorkDays.map((date) => full(year, date)));
    expect(publishedCalendar.year(year).workingDays).toBe(fact.workingDays);
  });

  test('the edition names the last published year and counts the imports', () => {
    expect(publishedCalendar).toMatchObject({ edition: '2026#1', publishedThrough: 2026, firmThrough: '2026-12-28' });
    expect(buildCalendar({ years: through(2024), imports: 2 }).edition).toBe('2024#3');
  });

  test('除夕 of 2024 is a working day, since leave was only encouraged', () => {
    expect(publishedCalendar.isWorkingDay('2024-02-09')).toBe(true);
  });
});

describe('worked cases', () => {
  test.each(cases)('$name: $startedOn and $workingDays working days', (fact) => {
    expect(chinaDate(fact.startedAt)).toBe(fact.startedOn);
    const due = counted(publishedCalendar, fact.startedOn, working(fact.workingDays));
    expect(due).toEqual({
      startedOn: fact.startedOn,
      amount: fact.workingDays,
      unit: 'working-day',
      calendar: '2026#1',
      dueOn: fact.dueOn ?? '2026-12-29',
      firm: fact.firm,
      earliest: fact.earliest ?? fact.dueOn,
      latest: fact.latest ?? fact.dueOn,
    });
    if (fact.endsAt !== undefined) expect(msOf(endOfDay(due.dueOn))).toBe(Date.parse(fact.endsAt));
  });

  test.each<[CivilDate, Term, CivilDate, string]>([
    ['2025-09-26', working(5), '2025-10-10', 'make-up Sunday, then eight days off'],
    ['2025-09-30', working(5), '2025-10-14', 'make-up Saturday after the holiday'],
    ['2025-12-30', working(5), '2026-01-07', 'over New Year, with a make-up Sunday'],
    ['2026-02-10', working(5), '2026-02-24', 'make-up Saturday before the holiday'],
    ['2026-02-13', working(5), '2026-02-27', 'nine days off'],
    ['2026-04-30', working(5), '2026-05-11', 'make-up Saturday'],
    ['2026-09-17', working(5), '2026-09-23', 'a make-up Sunday counts'],
    ['2026-09-24', working(5), '2026-10-09', 'two holidays'],
    ['2026-09-30', working(5), '2026-10-13', 'a make-up Saturday counts'],
    ['2026-01-15', calendarDays(30), '2026-02-14', 'ends on a make-up Saturday, which is no day off'],
    ['2026-08-27', calendarDays(30), '2026-09-28', 'rolls past a holiday'],
    ['2026-09-03', calendarDays(30), '2026-10-08', 'rolls past a long holiday'],
    ['2026-09-10', calendarDays(30), '2026-10-10', 'ends on a make-up Saturday, which is no day off'],
    ['2026-01-31', { amount: 1, unit: 'month' }, '2026-02-28', 'the month’s last day, a make-up Saturday'],
    ['2025-08-31', { amount: 1, unit: 'month' }, '2025-09-30', 'no 31 September'],
    ['2026-03-05', { amount: 2, unit: 'month' }, '2026-05-06', 'rolls past Labour Day'],
  ])('%s and %j ends on %s: %s', (startedOn, term, dueOn) => {
    expect(counted(publishedCalendar, startedOn, term)).toMatchObject({
      dueOn,
      firm: true,
      earliest: dueOn,
      latest: dueOn,
    });
  });

  test('a working-day period that ends on a make-up Saturday does not roll', () => {
    expect(counted(publishedCalendar, '2026-10-09', working(1)).dueOn).toBe('2026-10-10');
  });

  test('before the extension of 2020 was announced the same period ended a day earlier', () => {
    const before = buildCalendar({ years: [announced2020] });
    const [was, is] = [before, publishedCalendar].map((calendar) => counted(calendar, '2020-01-23', working(5)).dueOn);
    expect([was, is]).toEqual(['2020-02-05', '2020-02-07']);
  });
});

describe('counting', () => {
  const start = fc.integer({ min: dayNumber('2020-01-01'), max: dayNumber('2026-06-30') }).map(dateOfDay);
  const amount = fc.integer({ min: 1, max: 60 });

  test('agrees with a walk day by day over the facts', () => {
    fc.assert(
      fc.property(start, amount, (startedOn, count) => {
        let date = startedOn;
        for (let left = count; left > 0;) {
          date = addDays(date, 1);
          if (worked(date)) left--;
        }
        expect(counted(publishedCalendar, startedOn, working(count)).dueOn).toBe(date);
        expect(publishedCalendar.countedDays(startedOn, date)).toHaveLength(count);
        expect(publishedCalendar.workingDaysBetween(startedOn, date)).toBe(count);
      }),
    );
  });

  test('rolls to the first day that is no day off', () => {
    fc.assert(
      fc.property(start, amount, (startedOn, count) => {
        let date = addDays(startedOn, count);
        while (!worked(date)) date = addDays(date, 1);
        expect(counted(publishedCalendar, startedOn, calendarDays(count)).dueOn).toBe(date);
      }),
    );
  });

  test('adding and adding again is adding the sum', () => {
    fc.assert(
      fc.property(start, amount, amount, (startedOn, a, b) => {
        const first = counted(publishedCalendar, startedOn, working(a)).dueOn;
        expect(counted(publishedCalendar, first, working(b)).dueOn).toBe(
          counted(publishedCalendar, startedOn, working(a + b)).dueOn,
        );
      }),
    );
  });

  test('a later start never ends sooner, a longer term never either', () => {
    const unit = fc.constantFrom('working-day' as const, 'calendar-day' as const, 'month' as const);
    const term = fc.record({ amount: fc.integer({ min: 1, max: 12 }), unit });
    fc.assert(
      fc.property(start, term, (startedOn, of) => {
        const { dueOn } = counted(publishedCalendar, startedOn, of);
        expect(counted(publishedCalendar, addDays(startedOn, 1), of).dueOn >= dueOn).toBe(true);
        expect(counted(publishedCalendar, startedOn, { ...of, amount: of.amount + 1 }).dueOn >= dueOn).toBe(true);
        expect(dueOn > startedOn).toBe(true);
      }),
    );
  });

  test('working days between lie after the first day and end with the last', () => {
    expect(publishedCalendar.workingDaysBetween('2026-09-24', '2026-10-09')).toBe(5);
    expect(publishedCalendar.countedDays('2026-09-24', '2026-10-09')).toEqual([
      '2026-09-28',
      '2026-09-29',
      '2026-09-30',
      '2026-10-08',
      '2026-10-09',
    ]);
    expect(publishedCalendar.workingDaysBetween('2026-10-09', '2026-10-09')).toBe(0);
    expect(publishedCalendar.workingDaysBetween('2026-10-12', '2026-10-09')).toBe(0);
  });

  test('the next working day is never the day itself', () => {
    expect(publishedCalendar.nextWorkingDay('2026-10-09')).toBe('2026-10-10');
    expect(publishedCalendar.nextWorkingDay('2026-10-10')).toBe('2026-10-12');
    expect(publishedCalendar.nextWorkingDay('2026-02-14')).toBe('2026-02-24');
  });

  test('an amount that is no whole number from 1 to 1000 is an error of the caller', () => {
    for (const wrong of [0, -1, 1.5, 1001, Number.NaN]) {
      expect(() => publishedCalendar.due('2026-03-02', working(wrong))).toThrow(RangeError);
    }
    expect(() => publishedCalendar.due('2026-02-30', working(5))).toThrow(RangeError);
  });
});

describe('the day on which attention is due', () => {
  test('two working days before a Friday is Wednesday, over a holiday much earlier', () => {
    expect(publishedCalendar.attentionDay('2026-03-13', 2)).toBe('2026-03-11');
    expect(publishedCalendar.attentionDay('2026-10-08', 2)).toBe('2026-09-29');
  });

  test('with none left it is the due day, or the last working day before one that is off', () => {
    expect(publishedCalendar.attentionDay('2026-03-13', 0)).toBe('2026-03-13');
    expect(publishedCalendar.attentionDay('2026-03-15', 0)).toBe('2026-03-13');
  });

  test('it is the first day with that many or fewer left', () => {
    const day = fc.integer({ min: dayNumber('2021-01-01'), max: dayNumber('2026-12-28') }).map(dateOfDay);
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 20 }), (dueOn, left) => {
        const attention = publishedCalendar.attentionDay(dueOn, left);
        expect(publishedCalendar.workingDaysBetween(attention, dueOn)).toBeLessThanOrEqual(left);
        expect(publishedCalendar.workingDaysBetween(addDays(attention, -1), dueOn)).toBeGreaterThan(left);
      }),
    );
  });

  test('it is never before the calendar', () => {
    expect(publishedCalendar.attentionDay('2020-01-03', 20)).toBe('2020-01-01');
  });
});

describe('next year, while its notice is missing', () => {
  test('a date up to 28 December is firm, the next is not', () => {
    expect(counted(publishedCalendar, '2026-12-21', working(5))).toMatchObject({ dueOn: '2026-12-28', firm: true });
    expect(counted(publishedCalendar, '2026-12-21', working(6))).toMatchObject({ dueOn: '2026-12-29', firm: false });
    expect(counted(publishedCalendar, '2026-11-28', calendarDays(30))).toMatchObject({
      dueOn: '2026-12-28',
      firm: true,
    });
    expect(counted(publishedCalendar, '2026-11-29', calendarDays(30)).firm).toBe(false);
  });

  test('far from a festival the range is one day, but the date stays provisional', () => {
    expect(counted(publishedCalendar, '2027-03-08', working(5))).toMatchObject({
      dueOn: '2027-03-15',
      firm: false,
      earliest: '2027-03-15',
      latest: '2027-03-15',
    });
  });

  test.each([
    ['2027-03-26', '2027-03-27', 'Saturday nine days before 清明'],
    ['2027-06-19', '2027-06-20', 'Sunday eleven days after 端午'],
  ])('after %s, %s may be worked: %s', (startedOn, earliest) => {
    expect(counted(publishedCalendar, startedOn, working(1)).earliest).toBe(earliest);
  });

  test('a weekend further from a festival is off', () => {
    expect(counted(publishedCalendar, '2027-03-19', working(1))).toMatchObject({
      earliest: '2027-03-22',
      latest: '2027-03-22',
    });
    expect(counted(publishedCalendar, '2027-06-25', working(1))).toMatchObject({
      earliest: '2027-06-28',
      latest: '2027-06-28',
    });
  });

  test('calendar days and months have a range where their end may be off', () => {
    expect(counted(publishedCalendar, '2027-04-01', { amount: 1, unit: 'month' })).toMatchObject({
      dueOn: '2027-05-03',
      earliest: '2027-05-03',
      latest: '2027-05-10',
    });
  });

  test('the law’s days are never worked, whatever the notice says', () => {
    const due = counted(publishedCalendar, '2026-12-31', working(1));
    expect(due).toMatchObject({ dueOn: '2027-01-04', earliest: '2027-01-02', latest: '2027-01-08' });
    expect(publishedCalendar.isWorkingDay('2027-10-01')).toBe(false);
  });

  test('the expected day lies in the range, and the range grows with the term', () => {
    const start = fc.integer({ min: dayNumber('2026-12-01'), max: dayNumber('2027-10-31') }).map(dateOfDay);
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 20 }), (startedOn, count) => {
        const due = counted(publishedCalendar, startedOn, working(count));
        const longer = counted(publishedCalendar, startedOn, working(count + 1));
        expect(due.earliest <= due.dueOn && due.dueOn <= due.latest).toBe(true);
        expect(due.earliest < longer.earliest && due.latest < longer.latest).toBe(true);
        expect(due.earliest > startedOn).toBe(true);
      }),
    );
  });

  test('beyond the year after the last published one it refuses and names the last', () => {
    const refusal = { refused: 'no-calendar', publishedThrough: 2026 };
    expect(publishedCalendar.due('2027-12-20', working(30))).toEqual(refusal);
    expect(publishedCalendar.due('2028-01-01', working(1))).toEqual(refusal);
    expect(publishedCalendar.due('2026-06-01', { amount: 24, unit: 'month' })).toEqual(refusal);
    expect(publishedCalendar.due('9999-12-31', { amount: 1000, unit: 'month' })).toEqual(refusal);
  });

  test('it refuses as well where only the latest day lies beyond', () => {
    expect(publishedCalendar.due('2027-12-28', working(1))).toEqual({ refused: 'no-calendar', publishedThrough: 2026 });
  });

  test('before the first published year it refuses, and single days are an error', () => {
    expect(publishedCalendar.due('2019-12-30', working(1))).toEqual({ refused: 'no-calendar', publishedThrough: 2026 });
    expect(counted(publishedCalendar, '2019-12-31', working(1)).dueOn).toBe('2020-01-02');
    for (const date of ['2019-12-31', '2028-01-01']) {
      expect(() => publishedCalendar.isWorkingDay(date)).toThrow('published 2020 to 2026');
      expect(() => publishedCalendar.nextWorkingDay(date)).toThrow(RangeError);
    }
    expect(() => publishedCalendar.nextWorkingDay('2027-12-31')).toThrow(RangeError);
  });

  test('replayed over 2021 to 2026, the date that came true lay in the range', () => {
    const missed: string[] = [];
    let asked = 0;
    for (const year of published.slice(0, -1)) {
      const then = buildCalendar({ years: through(year) });
      for (let start = `${year}-11-25`; start < `${year + 1}-11-25`; start = addDays(start, 1)) {
        for (const count of [1, 3, 5, 10, 15, 20]) {
          const due = then.due(start, working(count));
          const truth = counted(publishedCalendar, start, working(count)).dueOn;
          if ('refused' in due || truth > '2026-12-28') continue;
          asked++;
          const right = due.firm ? due.dueOn === truth : due.earliest <= truth && truth <= due.latest;
          if (!right) missed.push(`${start} + ${count}: ${due.earliest}–${due.latest}, truly ${truth}`);
        }
      }
    }
    expect(asked).toBeGreaterThan(12_000);
    expect(missed).toEqual([]);
  });
});

describe('building a calendar', () => {
  const year2027 = arrangeYear(
    2027,
    [{ docNo: '国办发明电〔2026〕1号', date: '2026-11-25' }],
    [{ name: '元旦', off: ['2026-12-31', '2027-01-02'], work: ['2027-01-03'] }],
  );

  test('an imported year makes its dates firm, and the one after it provisional', () => {
    const calendar = buildCalendar({ years: [...publishedYearsOnFile, year2027], imports: 1 });
    expect(calendar.edition).toBe('2027#2');
    expect(counted(calendar, '2026-12-30', working(1))).toMatchObject({
      dueOn: '2027-01-03',
      firm: true,
      calendar: '2027#2',
    });
    expect(counted(calendar, '2027-12-28', working(2))).toMatchObject({ dueOn: '2027-12-30', firm: false });
  });

  test('of two tables for one year the later holds', () => {
    const again = { ...year2027, daysOff: [], makeupWorkDays: [] };
    const corrected = { ...year2027, makeupWorkDays: ['2027-01-09'] };
    const calendar = buildCalendar({ years: [...publishedYearsOnFile, year2027, corrected], imports: 2 });
    expect(calendar.isWorkingDay('2027-01-03')).toBe(false);
    expect(calendar.isWorkingDay('2027-01-09')).toBe(true);
    expect(buildCalendar({ years: [...publishedYearsOnFile, again] }).publishedThrough).toBe(2026);
  });

  test('a year after a gap is not yet published', () => {
    const years = [...through(2024), ...publishedYearsOnFile.filter(({ year }) => year === 2026)];
    expect(buildCalendar({ years }).publishedThrough).toBe(2024);
  });

  test('an empty table is no calendar', () => {
    expect(() => buildCalendar({ years: [] })).toThrow(RangeError);
    expect(() => buildCalendar({ years: [{ ...year2027, daysOff: [] }] })).toThrow(RangeError);
  });

  test('without the law’s days of next year nothing is expected of it', () => {
    const calendar = buildCalendar({ years: publishedYearsOnFile, statutory: [] });
    expect(counted(calendar, '2026-12-21', working(5)).firm).toBe(true);
    expect(calendar.due('2026-12-22', working(5))).toEqual({ refused: 'no-calendar', publishedThrough: 2026 });
  });

  test('a city’s extra days off are left out, and shown with their name', () => {
    const extraDaysOff = [
      { date: '2026-04-20', name: '三月三', citation: '广西壮族自治区少数民族习惯节日放假办法' },
      { date: '2027-04-09', name: '三月三', citation: '广西壮族自治区少数民族习惯节日放假办法' },
    ];
    const calendar = buildCalendar({ years: publishedYearsOnFile, extraDaysOff });
    expect(counted(calendar, '2026-04-17', working(1)).dueOn).toBe('2026-04-21');
    expect(calendar.year(2026).days.find(({ date }) => date === '2026-04-20')).toMatchObject({
      kind: 'local',
      name: '三月三',
      working: false,
    });
    expect(counted(calendar, '2027-04-08', working(1)).earliest > '2027-04-09').toBe(true);
  });
});

describe('a year as it is shown', () => {
  test('a published year has every day, its notices and its number of working days', () => {
    const view = publishedCalendar.year(2026);
    const on = (date: CivilDate) => view.days.find((day) => day.date === date);
    expect(view).toMatchObject({ year: 2026, status: 'published', workingDays: 248 });
    expect(view.notices.map(({ docNo }) => docNo)).toEqual(['国办发明电〔2025〕7号']);
    expect(view.days).toHaveLength(365);
    expect(on('2026-10-01')).toEqual({
      date: '2026-10-01',
      weekday: 4,
      working: false,
      kind: 'statutory',
      firm: true,
      name: '国庆节',
    });
    expect(on('2026-10-05')).toMatchObject({ working: false, kind: 'off', name: '国庆节' });
    expect(on('2026-10-10')).toEqual({ date: '2026-10-10', weekday: 6, working: true, kind: 'makeup', firm: true });
    expect(on('2026-10-11')).toMatchObject({ working: false, kind: 'weekend' });
    expect(on('2026-12-29')).toMatchObject({ working: true, kind: 'workday', firm: false });
  });

  test('a year whose last days are listed by the next notice names that notice too', () => {
    const view = publishedCalendar.year(2022);
    expect(view.notices.map(({ docNo }) => docNo)).toEqual(['国办发明电〔2021〕11号', '国办发明电〔2022〕16号']);
    expect(view.days.at(-1)).toMatchObject({ date: '2022-12-31', kind: 'off', name: '元旦' });
  });

  test('the unpublished year shows what is expected of it, the law’s days by name', () => {
    const view = publishedCalendar.year(2027);
    expect(view).toMatchObject({ year: 2027, status: 'unpublished', notices: [] });
    expect(view.workingDays).toBeUndefined();
    expect(
      view.days.filter(({ kind }) => kind === 'statutory').map(({ date, name }) => `${date.slice(5)} ${name ?? ''}`),
    ).toEqual(facts.years[2027].statutory);
    expect(view.days.some(({ firm }) => firm)).toBe(false);
  });

  test('of other years nothing is shown', () => {
    expect(publishedCalendar.year(2028)).toEqual({ year: 2028, status: 'unpublished', notices: [], days: [] });
    expect(publishedCalendar.year(2019).days).toEqual([]);
  });
});
