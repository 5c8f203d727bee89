import fc from 'fast-check';
import type { UnitEntry } from './directory.ts';
import { bothNames, isInChargeOf, isOrSucceeds, namesIn, successorsOf, unitToday } from './succession.ts';

const entries: Readonly<Record<string, UnitEntry>> = {
  housing: { name: '住建局', mail: 'housing@a.example', succeededBy: 'construction' },
  construction: { name: '建设局', mail: 'construction@a.example', succeededBy: 'planning' },
  planning: { name: '规建局', mail: 'planning@a.example' },
  lost: { name: '失联局', succeededBy: 'nowhere' },
  one: { name: '甲局', succeededBy: 'other' },
  other: { name: '乙局', succeededBy: 'one' },
};
const entryOf = (id: string): UnitEntry | undefined => entries[id];
const directory = { unit: (id: string) => unitToday(id, entryOf), official: () => undefined };

describe('a unit that another took the place of', () => {
  test('goes by both names, and is written to at the last successor’s address', () => {
    expect(directory.unit('housing')).toEqual({
      id: 'housing',
      name: '规建局（原住建局）',
      mail: 'planning@a.example',
      succeededBy: 'construction',
      successors: ['construction', 'planning'],
    });
    expect(directory.unit('planning')).toEqual({ id: 'planning', name: '规建局', mail: 'planning@a.example' });
  });

  test('stands itself where its successor is not in the directory', () => {
    expect(directory.unit('lost')).toEqual({ id: 'lost', name: '失联局', succeededBy: 'nowhere' });
    expect(directory.unit('nowhere')).toBeUndefined();
  });

  test('counts as one with its successors, in either direction, and with nobody else', () => {
    for (const [one, other] of [
      ['housing', 'housing'],
      ['planning', 'housing'],
      ['housing', 'planning'],
    ] as const)
      expect(isOrSucceeds(one, other, directory)).toBe(true);
    expect(isOrSucceeds('lost', 'housing', directory)).toBe(false);
  });

  test('is in the charge of whoever is in charge of its successor', () => {
    expect(isInChargeOf({ inChargeOf: ['planning'] }, 'housing', directory)).toBe(true);
    expect(isInChargeOf({ inChargeOf: ['lost'] }, 'housing', directory)).toBe(false);
  });
});

test('a chain of successors ends, whatever the directory says', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(
    fc.property(fc.dictionary(id, fc.record({ succeededBy: fc.option(id, { nil: undefined }) })), id, (units, from) => {
      const found = successorsOf(from, (one) => units[one]);
      expect(new Set(found).size).toBe(found.length);
      expect(found).not.toContain(from);
      if (found[0] !== undefined) expect(units[from]?.succeededBy).toBe(found[0]);
    }),
  );
  expect(successorsOf('one', entryOf)).toEqual(['other']);
});

test('two names in one are taken apart again', () => {
  expect(namesIn(bothNames('规建局', '住建局'))).toEqual({ now: '规建局', before: '住建局' });
  expect(namesIn('住建局')).toBeUndefined();
});
