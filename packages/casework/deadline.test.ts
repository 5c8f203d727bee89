import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import { addDays, type CivilDate, weekday } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import fc from 'fast-check';
import { count, type Counted, type Deadline, lightOn, nextAct, recount } from './deadline.ts';
import { isRefusal } from './refusal.ts';

const by = { calendar: publishedCalendar, yellowWorkingDays: 2 };
const counted = (startedOn: CivilDate, term: Term, extended = 0): Counted => {
  const result = count(startedOn, term, extended, by);
  if (isRefusal(result)) throw new Error(result.refused);
  return result;
};
const fiveDays: Term = { amount: 5, unit: 'working-day' };

const deadline: Deadline = {
  ...counted('2026-03-02', fiveDays),
  name: 'reply',
  setAt: '2026-03-02T09:00:00.000+08:00',
  metAt: null,
  late: false,
  ended: false,
  nearSaidOn: null,
  missedSaidOn: null,
  nextChaseOn: null,
  chases: 0,
  chasedOut: false,
  sheets: [],
  request: null,
  answer: null,
};

const anyDay = fc.integer({ min: 0, max: 2400 }).map((days) => addDays('2020-06-01', days));
const anyTerm: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constantFrom('working-day', 'calendar-day') }),
  fc.record({ amount: fc.integer({ min: 1, max: 3 }), unit: fc.constant('month' as const) }),
);

describe('counting a deadline', () => {
  test.each<[CivilDate, Term, number, CivilDate]>([
    // The day of the act does not count (民法典 art. 201).
    ['2026-03-02', { amount: 1, unit: 'working-day' }, 0, '2026-03-03'],
    ['2026-03-02', fiveDays, 0, '2026-03-09'],
    // 中秋节 2026-09-25 to 27 and 国庆节 10-01 to 07 lie between: 24 → 28, 29, 30, 10-08, 10-09.
    ['2026-09-24', fiveDays, 0, '2026-10-09'],
    // Calendar days that end in a holiday end on the first day after it (民法典 art. 203).
    ['2026-09-21', { amount: 10, unit: 'calendar-day' }, 0, '2026-10-08'],
    ['2026-01-31', { amount: 1, unit: 'month' }, 0, '2026-02-28'],
    // Extensions are working days from the last day.
    ['2026-03-02', fiveDays, 3, '2026-03-12'],
    ['2026-09-21', { amount: 10, unit: 'calendar-day' }, 1, '2026-10-09'],
  ])('from %s with %j and %i more is due on %s', (startedOn, term, extended, dueOn) => {
    expect(counted(startedOn, term, extended)).toMatchObject({
      dueOn,
      firm: true,
      earliest: dueOn,
      latest: dueOn,
      redOn: addDays(dueOn, 1),
    });
  });

  test('keeps what it was counted from, the edition of the calendar included', () => {
    expect(counted('2026-03-02', fiveDays, 3)).toMatchObject({
      basis: { startedOn: '2026-03-02', amount: 5, unit: 'working-day', calendar: '2026#1' },
      extended: 3,
    });
  });

  test('refuses what lies beyond the calendar and says how far it reaches', () => {
    const refusal = count('2026-12-01', { amount: 600, unit: 'working-day' }, 0, by);
    expect(refusal).toEqual({ refused: 'no-calendar', detail: '工作日历已公布至2026年，无法计算更晚的日期' });
    expect(count('2027-12-20', fiveDays, 200, by)).toMatchObject({ refused: 'no-calendar' });
    expect(count('2020-01-02', { amount: 2, unit: 'working-day' }, 1000, by)).not.toHaveProperty('refused');
  });

  test('puts its days in order, and ends on a working day', () => {
    fc.assert(
      fc.property(anyDay, anyTerm, fc.integer({ min: 0, max: 30 }), (startedOn, term, extended) => {
        const { earliest, dueOn, latest, yellowOn, redOn, firm } = counted(startedOn, term, extended);
        expect([earliest, dueOn, latest]).toEqual([earliest, dueOn, latest].sort());
        expect(yellowOn <= earliest && redOn === addDays(latest, 1)).toBe(true);
        expect(firm).toBe(earliest === latest && latest <= publishedCalendar.firmThrough);
        if (firm && (extended > 0 || term.unit === 'working-day'))
          expect(publishedCalendar.isWorkingDay(dueOn)).toBe(true);
      }),
    );
  });

  test('with an extension is never sooner than without, and with a longer one never sooner than with a shorter', () => {
    fc.assert(
      fc.property(anyDay, anyTerm, fc.integer({ min: 0, max: 30 }), (startedOn, term, extended) => {
        const [a, b] = [counted(startedOn, term, extended), counted(startedOn, term, extended + 1)];
        expect(a.dueOn < b.dueOn && a.earliest < b.earliest && a.latest < b.latest).toBe(true);
      }),
    );
  });

  test('of working days goes by days and not by weeks: a make-up Saturday counts', () => {
    // 2026-02-28 is a make-up Saturday.
    const { dueOn } = counted('2026-02-27', { amount: 1, unit: 'working-day' });
    expect([dueOn, weekday(dueOn)]).toEqual(['2026-02-28', 6]);
  });

  test('again by the same calendar gives the same', () => {
    fc.assert(
      fc.property(anyDay, anyTerm, fc.integer({ min: 0, max: 30 }), (startedOn, term, extended) => {
        const first = counted(startedOn, term, extended);
        expect(recount(first, by)).toEqual(first);
      }),
    );
  });
});

describe('the light', () => {
  test('changes once to yellow and once to red as the days go by, and never back', () => {
    fc.assert(
      fc.property(anyDay, anyTerm, (startedOn, term) => {
        const dates = counted(startedOn, term);
        const open = { ...dates, metAt: null, ended: false };
        const lights = Array.from({ length: 130 }, (_, days) => lightOn(open, addDays(startedOn, days)));
        const order = ['green', 'yellow', 'red'];
        expect(lights).toEqual([...lights].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
        expect(lightOn(open, dates.latest)).toBe('yellow');
        expect(lightOn(open, addDays(dates.latest, 1))).toBe('red');
      }),
    );
  });

  test('is grey when met or ended, however late it is', () => {
    expect(lightOn({ ...deadline, metAt: '2026-03-03T09:00:00.000+08:00' }, '2026-04-01')).toBe('grey');
    expect(lightOn({ ...deadline, ended: true }, '2026-04-01')).toBe('grey');
  });
});

describe('what a deadline says next', () => {
  test.each([
    ['that it is near', {}, { what: 'near', on: '2026-03-05' }],
    ['that it was missed', { nearSaidOn: '2026-03-05' }, { what: 'missed', on: '2026-03-10' }],
    [
      'a chaser',
      { nearSaidOn: '2026-03-05', missedSaidOn: '2026-03-10', nextChaseOn: '2026-03-11' },
      { what: 'chase', on: '2026-03-11' },
    ],
    ['nothing when it is met', { metAt: '2026-03-05T09:00:00.000+08:00' }, undefined],
    ['nothing when it ended', { ended: true, missedSaidOn: '2026-03-10', nextChaseOn: '2026-03-11' }, undefined],
  ])('is %s', (_what, change, next) => {
    expect(nextAct({ ...deadline, ...change })).toEqual(next);
  });
});
