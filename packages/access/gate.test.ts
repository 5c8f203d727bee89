import fc from 'fast-check';
import type { Caller } from './caller.ts';
import { bestSight, type Gate, sightOf } from './gate.ts';
import type { Assignee } from './party.ts';

/** The parts of a gate that only confidential matters have: who got a copy, and whom the thing is about. */

const caller = (id: string, unit: string, ...roles: Caller['roles'][number][]): Caller => ({
  id,
  name: id,
  unit,
  roles,
});
const officer = caller('discipline-officer', 'discipline', 'discipline');
const head = caller('discipline-head', 'discipline', 'discipline', 'decider');
const director = caller('housing-director', 'housing', 'official');
const liaison = caller('housing-liaison', 'housing', 'unit');
const auditor = caller('audit-officer', 'audit', 'audit');
const auditDriver = caller('audit-driver', 'audit', 'official');
const stranger = caller('ecology-liaison', 'ecology', 'unit');
const standingIn = (one: Caller, official: string): Caller => ({
  ...one,
  onBehalfOf: { id: official, name: official },
});

/** A matter about the housing director, handled by discipline, copied to its own unit, to discipline and to audit. */
const gate: Gate = {
  file: ['unit:discipline', 'decider:discipline'],
  own: ['unit:housing', 'person:housing-director'],
  copy: ['unit:housing', 'unit:discipline', 'unit:audit'],
  parties: ['housing-director'],
};
const sights = (of: Gate, ...callers: readonly Caller[]) => callers.map((one) => sightOf(of, one));

describe('a copy', () => {
  test('shows those who answer for the body that they got one, and shows it to nobody else of it', () => {
    expect(sights(gate, auditor, auditDriver, stranger)).toEqual(['copy', undefined, undefined]);
  });

  test('takes nothing from those who see more', () => {
    expect(sights(gate, officer, head, liaison, director)).toEqual(['file', 'file', 'own', 'own']);
  });

  test('is no part of a gate that has none', () => {
    expect(sightOf({ file: [], own: [] }, auditor)).toBeUndefined();
    expect(sightOf({ file: [], own: [], copy: undefined }, auditor)).toBeUndefined();
    expect(sightOf({ file: [], own: [], copy: [] }, auditor)).toBeUndefined();
  });
});

describe('a part', () => {
  /** Ecology assists the housing bureau, and audit had the matter before. */
  const assisted: Gate = { file: ['unit:discipline'], own: ['unit:housing'], part: ['unit:ecology', 'unit:audit'] };

  test('shows those who answer for the unit, and its head, that they have one, and nobody else of it', () => {
    const ecologyHead = caller('ecology-head', 'ecology', 'unit-head');
    const ecologyDirector = caller('ecology-director', 'ecology', 'official');
    expect(sights(assisted, stranger, ecologyHead, auditor)).toEqual(['part', 'part', 'part']);
    expect(sights(assisted, ecologyDirector, auditDriver)).toEqual([undefined, undefined]);
  });

  test('takes nothing from those who see more, and is more than a copy', () => {
    const all: Gate = { ...assisted, part: ['unit:housing', 'unit:discipline', 'unit:audit'], copy: ['unit:audit'] };
    expect(sights(all, liaison, officer, auditor)).toEqual(['own', 'file', 'part']);
  });
});

describe('a party', () => {
  /** The same about the head of the organ that handles it. */
  const about: Gate = { ...gate, own: ['unit:organization', 'person:discipline-head'], parties: ['discipline-head'] };

  test('sees its own part alone, whatever office it holds in the organ', () => {
    expect(sights(about, head, officer)).toEqual(['own', 'file']);
  });

  test('sees it by no role either: neither as one who decides nor as one who is named for it', () => {
    expect(sightOf({ ...about, file: ['role:decider', 'person:discipline-head'] }, head)).toBe('own');
  });

  test('sees no more through a stand-in, nor does somebody who stands in for it', () => {
    expect(sightOf(about, standingIn(officer, 'discipline-head'))).not.toBe('file');
    expect(sightOf(about, standingIn(head, 'organization-head'))).toBe('own');
    // Whoever stands in for somebody else is no party by that.
    expect(sightOf(about, standingIn(officer, 'organization-head'))).toBe('file');
  });

  test('is shown its own part where its office would see the file, so that it is told why it may not act', () => {
    expect(sightOf({ ...about, own: [], copy: [] }, head)).toBe('own');
    // Without such an office it sees what anybody else in its place would.
    expect(sightOf({ ...about, file: [], own: [] }, head)).toBe('copy');
    expect(sightOf({ ...about, file: [], own: [], copy: [] }, head)).toBeUndefined();
  });

  test('of another matter, or of a gate without parties, sees the file by its office', () => {
    expect(sights(gate, head)).toEqual(['file']);
    expect(sightOf({ file: about.file, own: about.own }, head)).toBe('file');
    expect(sightOf({ ...about, parties: [] }, head)).toBe('file');
  });

  test('is a person and no unit or role of that name', () => {
    expect(sightOf({ ...gate, parties: ['discipline'] }, officer)).toBe('file');
  });

  test('never sees the file, however the gate is made up', () => {
    const assignee = fc.constantFrom<Assignee>(
      'unit:discipline',
      'role:decider',
      'person:discipline-head',
      'unit:audit',
    );
    const list = fc.array(assignee, { maxLength: 3 });
    fc.assert(
      fc.property(fc.record({ file: list, own: list, copy: list }), (drawn) => {
        const asParty = sightOf({ ...drawn, parties: ['somebody', 'discipline-head'] }, head);
        const otherwise = sightOf(drawn, head);
        expect(asParty).toBe(otherwise === 'file' ? 'own' : otherwise);
      }),
    );
  });
});

test('of several hats the one that sees most is worn', () => {
  expect(bestSight(['copy', undefined, 'own'])).toBe('own');
  expect(bestSight(['own', 'file', 'copy'])).toBe('file');
  expect(bestSight([undefined, 'copy'])).toBe('copy');
  expect(bestSight(['copy', 'part'])).toBe('part');
  expect(bestSight(['part', 'own'])).toBe('own');
  expect(bestSight([undefined])).toBeUndefined();
  expect(bestSight([])).toBeUndefined();
});

describe('a row of release 0.1.0, whose gate let every decider see the file', () => {
  const old: Gate = { ...gate, file: ['unit:discipline', 'role:decider'] };
  const decider = (unit: string, ...roles: Caller['roles'][number][]) => caller('x', unit, 'decider', ...roles);

  test('lets no decider of another organ in, also before it is written anew', () => {
    expect(sights(old, decider('organization', 'organization'), decider('ecology'))).toEqual([undefined, undefined]);
    // What was copied to a body it still sees.
    expect(sights(old, decider('audit', 'audit'))).toEqual(['copy']);
    expect(sights(old, head)).toEqual(['file']);
  });
});
