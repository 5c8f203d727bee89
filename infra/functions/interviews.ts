import { interview } from '@dandang/measures/interview/interview.ts';
import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 约谈: its requests, its ladder, and what the clock and a new calendar mean for its deadlines. */
export function interviews(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'interviews',
      alarmImpact: 'Interviews cannot be applied for, planned, notified, recorded or followed up.',
      deadLettersImpact:
        'An interview is missing on the ladder of an official, or a deadline passed without a word on file.',
      access: {
        readsCommits: 'files',
        putsCommits: [interview.kind, 'ladder', 'register', 'attachment'],
        views: 'reads',
      },
      entries: { http: { attachments: 'looks' }, bus: {} },
    },
    around,
  );
  made.hears(['DeadlineReached', 'CalendarChanged', 'CommitAccepted'], { prefix: `${interview.kind}/` });
  made.hears(['CommitAccepted'], { prefix: 'ladder/' });
  return made;
}
