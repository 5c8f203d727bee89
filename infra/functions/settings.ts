import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { people, rules } from '../constructs/kinds-read.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** Health, the API's description, the policy, the calendar; and telling the owners of deadlines that it changed. */
export function settings(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'settings',
      alarmImpact: 'The policy and the calendar cannot be read or changed, and health is not answered.',
      deadLettersImpact: 'A calendar was imported, and deadlines were not counted again.',
      access: { views: 'reads' },
      entries: {
        http: { readsCommits: [...people, ...rules], putsCommits: ['settings', 'calendar'] },
        bus: { readsCommits: ['settings', 'calendar'], publishes: true },
      },
    },
    around,
  );
  made.hears([{ types: ['CommitAccepted'], of: 'calendar' }]);
  return made;
}
