import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** An official's file, and the standing of officials and units. */
export function records(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'records',
      alarmImpact: 'An official’s file cannot be opened, and nobody learns what may be held against whom.',
      access: { readsCommits: 'files', views: 'reads' },
      entries: { http: {} },
    },
    around,
  );
}
