import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { people, rules } from '../constructs/kinds-read.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 待办 and the open deadlines of all measures. */
export function worklist(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'worklist',
      alarmImpact: 'Nobody sees what waits for them or which deadlines run.',
      access: { readsCommits: [...people, ...rules], views: 'reads' },
      entries: { http: {} },
    },
    around,
  );
}
