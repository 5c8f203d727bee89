import fc from 'fast-check';
import { documentNumber, parseDocumentNumber } from './number.ts';

describe('发文字号', () => {
  test('has the year in six-angle brackets and a sequence that is never padded', () => {
    expect(documentNumber('演督函', 2026, 1)).toBe('演督函〔2026〕1号');
    expect(documentNumber('演督函', 2026, 120)).toBe('演督函〔2026〕120号');
  });

  test.each([
    ['an empty series', '', 2026, 1],
    ['a series with a space', '演 督', 2026, 1],
    ['a series with a bracket', '演〔督', 2026, 1],
    ['a year of two digits', '演督函', 26, 1],
    ['a sequence of zero', '演督函', 2026, 0],
    ['a sequence that is no integer', '演督函', 2026, 1.5],
  ])('refuses %s', (_what, series, year, sequence) => {
    expect(() => documentNumber(series, year, sequence)).toThrow(RangeError);
  });

  test.each([
    '演督函〔2026〕01号',
    '演督函[2026]1号',
    '演督函（2026）1号',
    '演督函〔26〕1号',
    '〔2026〕1号',
    '演督函〔2026〕1',
    '演督函〔2026〕0号',
    '第演督函〔2026〕1号 ',
  ])('is not read from %s', (text) => {
    expect(parseDocumentNumber(text)).toBeUndefined();
  });

  test('gives back its parts', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[一-龥A-Z]+$/u),
        fc.integer({ min: 1000, max: 9999 }),
        fc.integer({ min: 1 }),
        (series, year, sequence) => {
          expect(parseDocumentNumber(documentNumber(series, year, sequence))).toEqual({ series, year, sequence });
        },
      ),
    );
  });
});
