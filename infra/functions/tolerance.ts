import { tolerance as measure } from '@dandang/measures/tolerance/tolerance.ts';
import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 容错纠错: its requests, what a decision means for the official's standing and ladder, its clocks, and its signatures. */
export function tolerance(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'tolerance',
      alarmImpact: 'Tolerance cannot be applied for, investigated, decided, corrected or reviewed.',
      deadLettersImpact:
        'An official’s standing or ladder does not show a decision, or a deadline of a tolerance passed without a word on file.',
      access: { readsCommits: 'files', views: 'reads' },
      entries: {
        http: {
          putsCommits: [measure.kind, 'standing', 'ladder', 'register', 'attachment'],
          attachments: 'looks',
        },
        bus: { putsCommits: [measure.kind, 'standing', 'ladder'] },
      },
    },
    around,
  );
  made.hears(['DeadlineReached', 'CalendarChanged', 'CommitAccepted'], { prefix: `${measure.kind}/` });
  made.hears(['CommitAccepted'], { prefix: 'delivery/', said: 'DeliveryAcknowledged' });
  return made;
}
