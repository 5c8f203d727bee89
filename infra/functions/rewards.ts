import { reward } from '@dandang/measures/reward/reward.ts';
import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 及时奖励: its requests, and what the clock and a new calendar mean for its public notices. */
export function rewards(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'rewards',
      alarmImpact: 'Rewards cannot be nominated, assessed, publicised, objected to or granted.',
      deadLettersImpact: 'A public notice ran out or its last day moved, and its file does not say so.',
      access: { readsCommits: 'files', views: 'reads' },
      entries: {
        http: { putsCommits: [reward.kind, 'register', 'attachment'], attachments: 'looks' },
        bus: { putsCommits: [reward.kind] },
      },
    },
    around,
  );
  made.hears(['DeadlineReached', 'CalendarChanged'], { prefix: `${reward.kind}/` });
  return made;
}
