import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** What runs by the clock: lights after midnight, chasers and held mails in working hours. */
export function deadlines(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'deadlines',
      alarmImpact: 'Nobody is warned of a deadline and nobody is chased until the next run, which catches up.',
      deadLettersImpact: 'A sweep failed three times. The next one looks back a week and catches up.',
      access: { readsCommits: ['schedule'], putsCommits: ['schedule'], views: 'reads' },
      entries: { lights: { publishes: true }, mails: { publishes: true, sends: ['send'] } },
      byTheClock: { lights: 'lights', mails: 'mails' },
      timeout: 600,
    },
    around,
  );
}
