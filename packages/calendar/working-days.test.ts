import fc from 'fast-check';
import { daySet, workingDays } from './working-days.ts';

/** Any run of up to 400 days, each worked or not. */
const run = fc.record({
  first: fc.integer({ min: -1000, max: 30_000 }),
  works: fc.array(fc.boolean(), { minLength: 1, maxLength: 400 }),
});

describe('rank and select over a run of days', () => {
  test('the n-th working day after a day is the one that a walk day by day finds', () => {
    fc.assert(
      fc.property(
        run,
        fc.integer({ min: -1, max: 420 }),
        fc.integer({ min: 1, max: 30 }),
        ({ first, works }, at, count) => {
          const days = workingDays(first, first + works.length - 1, (day) => works[day - first] === true);
          const start = first + at;
          let left = count;
          let day = start;
          while (left > 0 && day < days.last) if (works[++day - first] === true) left--;
          expect(days.after(start, count)).toBe(at < works.length && left === 0 ? day : undefined);
        },
      ),
    );
  });

  test('counting through a day is the sum of the days before it', () => {
    fc.assert(
      fc.property(run, ({ first, works }) => {
        const days = workingDays(first, first + works.length - 1, (day) => works[day - first] === true);
        let sum = 0;
        for (const [at, worked] of works.entries()) {
          if (worked) sum++;
          expect(days.through(first + at)).toBe(sum);
          expect(days.has(first + at)).toBe(worked);
        }
      }),
    );
  });

  test('nothing is known outside the run', () => {
    const days = workingDays(10, 20, () => true);
    expect(days.after(8, 1)).toBeUndefined();
    expect(days.after(9, 1)).toBe(10);
    expect(days.after(20, 1)).toBeUndefined();
    expect(() => days.through(8)).toThrow(RangeError);
    expect(() => days.through(21)).toThrow(RangeError);
  });

  test('typed dates become day numbers', () => {
    expect([...daySet(['1970-01-02', '1969-12-31'])]).toEqual([1, -1]);
  });
});
