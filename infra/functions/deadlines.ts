import { chaserKind } from '@dandang/casework/chaser-kind.ts';
import { measures } from '@dandang/measures/registry.ts';
import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** What a chaser sheet is made of: the matters, what was delivered, who is who, the working days, the deployment's marking. */
const sheetReads = [...measures.map(({ kind }) => kind), 'delivery', 'unit', 'official', 'settings', 'calendar'];

/** What runs by the clock: lights after midnight, chaser sheets and held mails in working hours. */
export function deadlines(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'deadlines',
      alarmImpact: 'Nobody is warned of a deadline and nobody is chased until the next run, which catches up.',
      deadLettersImpact: 'A sweep failed three times. The next one looks back a week and catches up.',
      access: { views: 'reads' },
      entries: {
        lights: { readsCommits: ['schedule'], putsCommits: ['schedule'], publishes: true },
        mails: {
          readsCommits: ['schedule', chaserKind, ...sheetReads],
          putsCommits: ['schedule', chaserKind],
          sends: ['send'],
        },
      },
      byTheClock: { lights: 'lights', mails: 'mails' },
      timeout: 600,
    },
    around,
  );
}
