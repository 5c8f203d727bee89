import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** An official's file. */
export function records(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'records',
      alarmImpact: 'An official’s file cannot be opened.',
      access: { readsCommits: 'files', views: 'reads' },
      entries: { http: {} },
    },
    around,
  );
}
