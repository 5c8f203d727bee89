import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { matters, people, rules } from '../constructs/kinds-read.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** An official's file, and the standing of officials and units. */
export function records(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'records',
      alarmImpact: 'An official’s file cannot be opened, and nobody learns what may be held against whom.',
      access: { readsCommits: [...matters, 'ladder', 'standing', ...people, ...rules], views: 'reads' },
      entries: { http: {} },
    },
    around,
  );
}
