import { interviewTownWith, held } from '../../../test/story/interview-town.ts';
import { clerk } from '../../../test/story/town.ts';
import { heldOnFile } from './interview-file.ts';
import { ladderEffect } from './ladder-effect.ts';

/* 机构改革: an interview that goes on with another unit stays one of the unit that was called. */

const world = interviewTownWith({ 'interview.counts': 'units' });
const handed = held(world).and('succeed', clerk, { unit: 'inspection', reason: '职责划入。' });

test('an interview of the old unit is not counted against the new one', () => {
  expect(handed.open.matter.unit.id).toBe('inspection');
  expect(heldOnFile(handed.commits)?.subjects).toEqual({ persons: ['housing-director'], units: ['housing'] });
  const [effect] = handed.open.effects.filter(({ writes }) => writes === ladderEffect.writes);
  const context = { policy: world.policy, file: () => [], policyOf: () => world.policy };
  expect(effect?.files(context)).toEqual(['housing']);
});

test('its plan is the new unit’s to file, by the day that it had', () => {
  const before = held(world).open.matter.deadlines;
  expect(handed.open.matter.deadlines).toEqual(before);
  expect(
    handed.open
      .todos()
      .filter(({ act }) => act === 'file-plan')
      .map(({ assignee }) => assignee),
  ).toContain('unit:inspection');
});
