import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { matters, people, rules } from '../constructs/kinds-read.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** An official's file, the standing of officials and units, and the register of reward projects. */
export function records(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'records',
      alarmImpact:
        'An official’s file cannot be opened, nobody learns what may be held against whom, and no reward project is opened or closed.',
      access: {
        readsCommits: [...matters, 'ladder', 'standing', 'reward-project', ...people, ...rules],
        views: 'reads',
      },
      entries: { http: { putsCommits: ['reward-project'] } },
    },
    around,
  );
}
