import * as sdk from '@smithy/core/serde';
import fc from 'fast-check';
import * as ours from './built-in-dates.ts';

/** Whole seconds of the years that four digits can say, above the first hundred, which JavaScript reads as of the 1900s. */
const moments = fc
  .date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
const offsets = fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 13 }), fc.constantFrom('00', '30', '45'));

test('a moment is written as the SDK writes it', () => {
  fc.assert(
    fc.property(moments, (date) => {
      expect(ours.dateToUtcString(date)).toBe(sdk.dateToUtcString(date));
    }),
  );
});

test('what the SDK reads as a moment is read as the same one: of HTTP, of RFC 3339, with an offset, in seconds', () => {
  fc.assert(
    fc.property(moments, offsets, (date, [sign, hours, minutes]) => {
      const http = date.toUTCString();
      const plain = date.toISOString().replace('.000Z', 'Z');
      const offset = plain.replace('Z', `${sign}${String(hours).padStart(2, '0')}:${minutes}`);
      const seconds = date.getTime() / 1000;
      expect(ours.parseRfc7231DateTime(http)).toEqual(sdk.parseRfc7231DateTime(http));
      expect(ours.parseRfc3339DateTime(plain)).toEqual(sdk.parseRfc3339DateTime(plain));
      expect(ours.parseRfc3339DateTimeWithOffset(plain)).toEqual(sdk.parseRfc3339DateTimeWithOffset(plain));
      expect(ours.parseRfc3339DateTimeWithOffset(offset)).toEqual(sdk.parseRfc3339DateTimeWithOffset(offset));
      expect(ours.parseEpochTimestamp(seconds)).toEqual(sdk.parseEpochTimestamp(seconds));
      expect(ours.parseEpochTimestamp(String(seconds))).toEqual(sdk.parseEpochTimestamp(String(seconds)));
    }),
  );
});

test('a part of a second counts in milliseconds', () => {
  expect(ours.parseRfc3339DateTime('2026-11-30T08:00:00.25Z')?.getTime()).toBe(Date.UTC(2026, 10, 30, 8, 0, 0, 250));
  expect(ours.parseEpochTimestamp(1.5)?.getTime()).toBe(1500);
});

test.each([
  'parseRfc3339DateTime',
  'parseRfc3339DateTimeWithOffset',
  'parseRfc7231DateTime',
  'parseEpochTimestamp',
] as const)('%s refuses what is no moment, as the SDK does, and reads nothing where there is nothing', (read) => {
  const wrong = [
    '',
    'soon',
    true,
    Number.NaN,
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:30:00Z',
    '2026-01-01T08:61:00Z',
    '2026-01-01 00:00:00',
    'Mon, 30 Feb 2026 08:00:00 GMT',
    'Mon, 30 Nov 2026 25:00:00 GMT',
    'Mon, 30 Nov 2026 08:00:00',
  ];
  for (const value of wrong) {
    expect(() => sdk[read](value)).toThrow();
    expect(() => ours[read](value)).toThrow(TypeError);
  }
  expect([ours[read](undefined), ours[read](null)]).toEqual([undefined, undefined]);
});
