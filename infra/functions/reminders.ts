import { interview } from '@dandang/measures/interview/interview.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 提醒函: its requests, and what the clock and a new calendar mean for its deadlines. */
export function reminders(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'reminders',
      alarmImpact: 'Reminders cannot be opened, approved, issued, answered or reviewed.',
      deadLettersImpact: 'A deadline of a reminder turned yellow or red, or moved, and its file does not say so.',
      access: { readsCommits: 'files', putsCommits: [reminder.kind, 'register', 'attachment'], views: 'reads' },
      entries: { http: { attachments: 'looks' }, bus: {} },
    },
    around,
  );
  made.hears(['DeadlineReached', 'CalendarChanged'], { prefix: `${reminder.kind}/` });
  made.hears(['CommitAccepted'], { prefix: `${interview.kind}/` });
  return made;
}
