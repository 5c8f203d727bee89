import fc from 'fast-check';
import { sourceOf, turnstile } from './rate-limit.ts';

const rate = { perSecond: 2, burst: 5 };

test('after a pause so many may come at once, and then so many a second', () => {
  let now = 0;
  const wait = turnstile(rate, () => now);
  const at = (seconds: number) => {
    now = seconds * 1000;
    return wait('a');
  };
  expect([0, 0, 0, 0, 0, 0].map(at)).toEqual([0, 0, 0, 0, 0, 1]);
  expect([0.5, 0.5].map(at)).toEqual([0, 1]);
  expect([100, 100, 100, 100, 100, 100].map(at)).toEqual([0, 0, 0, 0, 0, 1]);
});

test('one does not wait for another, and a clock that goes back gives nothing and takes nothing', () => {
  let now = 10_000;
  const wait = turnstile({ perSecond: 1, burst: 1 }, () => now);
  expect([wait('a'), wait('b'), wait('a')]).toEqual([0, 0, 1]);
  now = 0;
  expect(wait('a')).toBe(1);
  now = 1000;
  expect(wait('a')).toBe(0);
});

test('whoever waits as long as it is told gets its turn, and over time nobody gets more than its rate', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 60 }), (pauses) => {
      let now = 0;
      let taken = 0;
      const wait = turnstile(rate, () => now);
      for (const pause of pauses) {
        now += pause;
        const seconds = wait('a');
        if (seconds === 0) taken += 1;
        expect(taken).toBeLessThanOrEqual(rate.burst + (now / 1000) * rate.perSecond);
      }
      const seconds = wait('a');
      now += seconds * 1000;
      if (seconds > 0) expect(wait('a')).toBe(0);
    }),
  );
});

test('it remembers so many and no more; who asked longest ago is forgotten first', () => {
  const wait = turnstile({ perSecond: 0.001, burst: 1 }, () => 0, 2);
  expect([wait('a'), wait('b')]).toEqual([0, 0]);
  expect(wait('a')).toBeGreaterThan(0);
  expect(wait('c')).toBe(0);
  expect(wait('a')).toBeGreaterThan(0);
  expect(wait('b')).toBe(0);
});

test.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s: one machine has a whole network of IPv6', (address, source) => {
  expect(sourceOf(address)).toBe(source);
});
