import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { people, rules } from '../constructs/kinds-read.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** Units, officials, their addresses; and finishing an import whose request died. */
export function directory(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'directory',
      alarmImpact: 'Units, people and addresses cannot be looked up or entered.',
      deadLettersImpact: 'A table of units and people was imported in part only.',
      access: { views: 'reads' },
      entries: {
        http: {
          readsCommits: ['directory-import', ...people, ...rules],
          putsCommits: ['unit', 'official', 'directory-import', 'stand-in'],
        },
        bus: { readsCommits: ['directory-import', 'unit', 'official'], putsCommits: ['unit', 'official'] },
      },
    },
    around,
  );
  made.hears([{ types: ['CommitAccepted'], of: 'directory-import' }]);
  return made;
}
