import { storedGate } from './matter-summary.ts';

const gate = {
  file: ['role:secretary', 'unit:housing'],
  own: ['unit-head:housing', 'decider:housing'],
  copy: ['person:li'],
};

test('a stored gate lets through roles, units, their heads and deciders, and persons', () => {
  expect(storedGate.parse(gate)).toEqual(gate);
});

test.each(['everybody', 'housing', 'office:housing', ' role:secretary', 'role', 7, null])(
  'a stored gate that names %p is damaged',
  (name) => {
    expect(storedGate.safeParse({ ...gate, own: [name] }).success).toBe(false);
  },
);
