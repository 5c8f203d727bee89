/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Story } from '../../../test/story/story.ts';
import {
  type Change,
  decidedAs,
  exempting,
  hearing,
  investigating,
  mitigating,
  nothingToCorrect,
  sheet,
  proposal,
  whenApplied,
} from '../../../test/story/tolerance-story.ts';
import { disciplineHead, disciplineOfficer2, toleranceTown } from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector, housingLiaison } from '../../../test/story/town.ts';
import { standingLines } from './standing.ts';
import { toleranceOnFile } from './tolerance-file.ts';

/** A tolerance may be about a group 领导班子、集体 of a unit: its unit speaks for it, and its standing is the unit's. */

const name = '市住房和城乡建设局领导班子';
const about = { initiator: 'unit', official: undefined, group: { unit: 'housing', name } };
const when = (change: Change = {}) => whenApplied(toleranceTown, { ...about, ...change }, housingLiaison);
const ofGroup = (decision: Change): Story =>
  investigatingGroup()
    .and('assess', disciplineOfficer, sheet)
    .and('hear', housingLiaison, hearing)
    .and('propose', disciplineOfficer2, proposal)
    .and('decide', disciplineHead, decision);
function investigatingGroup(): Story {
  return when()
    .story.and('accept', disciplineOfficer)
    .and('investigate', disciplineOfficer, { investigators: ['discipline-officer', 'discipline-officer-2'] });
}
const lines = (story: Story, on: string, whose: 'official' | 'unit') => {
  const known = toleranceOnFile(story.id, story.commits);
  return known === undefined
    ? []
    : standingLines(known, on, whose).map(({ purpose, effect }) => `${purpose} ${effect}`);
};

test('it is applied for by the unit, or by the organ of its own motion, and shown by its name', () => {
  const story = when().then({ state: 'applied', events: ['ToleranceApplied'] });
  expect(story.open.matter.subjects).toEqual([]);
  expect(story.open.headline).toBe(`${name}：老旧小区改造先行开工一事`);
  expect(story.detailsFor(housingLiaison)).toMatchObject({ group: { unit: 'housing', name } });
  whenApplied(toleranceTown, { ...about, initiator: 'ex-officio' }, disciplineOfficer).then({ state: 'applied' });
});

test.each([
  ['neither an official nor a group', { group: undefined }, 'official'],
  ['both', { official: 'housing-director' }, 'official'],
  ['a group that would apply as an official', { initiator: 'official' }, 'initiator'],
] as const)('it is malformed with %s', (_what, change, path) => {
  const attempt = when(change);
  attempt.then({ refused: 'malformed', events: [] });
  expect(attempt.refusal?.errors?.map((error) => error.path)).toEqual([path]);
});

test('a group of another unit is refused', () => {
  when({ group: { unit: 'ecology', name } }).then({ refused: 'unit-mismatch' });
});

test('it is heard by its unit', () => {
  const story = investigatingGroup();
  expect(story.open.todos().filter(({ act }) => act === 'hear')).toMatchObject([{ assignee: 'unit:housing' }]);
  story.when('hear', housingLiaison, hearing).then({ state: 'investigating' });
  story.when('hear', housingDirector, hearing).then({ refused: 'not-found' });
  // An official's own hearing is not its unit's.
  investigating().when('hear', housingLiaison, hearing).then({ refused: 'not-yours' });
});

test('its decision goes to its unit once, and to the other bodies', () => {
  const story = ofGroup({ ...exempting, ...nothingToCorrect });
  const [letter] = story.open.matter.letters;
  expect(letter?.deliveries.map(({ as, recipient }) => `${as}:${recipient.id}`)).toEqual([
    'addressee:housing',
    'copy:organization',
    'copy:inspection',
    'copy:audit',
  ]);
  expect(letter?.content.addressees).toEqual(['市住房和城乡建设局（演示）党组织']);
  expect(JSON.stringify(letter?.content.body)).toContain(`${name}，市住房和城乡建设局（演示）。`);
  expect(letter?.content.copies).not.toContain('市住房和城乡建设局（演示）党组织');
});

test('its standing is the unit’s, for every purpose, and a period that runs is the unit’s too', () => {
  const exempted = ofGroup({ ...exempting, ...nothingToCorrect });
  expect(lines(exempted, '2026-03-02', 'unit')).toHaveLength(9);
  const mitigated = ofGroup({ ...mitigating, ...nothingToCorrect, handling: '通报', impactEndsOn: '2026-06-30' });
  expect(new Set(lines(mitigated, '2026-06-30', 'unit').map((line) => line.split(' ')[1]))).toEqual(
    new Set(['impact-period']),
  );
  // Of an official the unit still has what the article says of units alone.
  expect(lines(decidedAs({ ...exempting, ...nothingToCorrect }), '2026-03-02', 'unit')).toEqual([
    'assessment not-held',
  ]);
});
