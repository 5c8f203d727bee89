import { clarification } from '@dandang/measures/clarification/clarification.ts';
import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 澄清: its requests. */
export function clarifications(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'clarifications',
      alarmImpact: 'Clarifications cannot be drafted, approved, issued or read.',
      access: { readsCommits: 'files', putsCommits: [clarification.kind, 'register'], views: 'reads' },
      entries: { http: {} },
    },
    around,
  );
}
