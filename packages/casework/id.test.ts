import fc from 'fast-check';
import { derivedId } from './id.ts';

const parts = fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 });

describe('a derived id', () => {
  test('follows from its parts', () => {
    expect(derivedId('letter', 'reminder/m1', 'work-tip')).toBe(derivedId('letter', 'reminder/m1', 'work-tip'));
  });

  test('has 26 characters, none of which is taken for another', () => {
    fc.assert(
      fc.property(parts, (of) => {
        expect(derivedId(...of)).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
      }),
    );
  });

  test('is another one for other parts, also where they read the same in a row', () => {
    expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'));
    expect(derivedId('a', '')).not.toBe(derivedId('a'));
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(derivedId(...a) === derivedId(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
