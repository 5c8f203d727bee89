import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** What both consumers of the stream log when somebody reached past the service. */
export const tampered = {
  heading: 'commit-tampered',
  alarmImpact: 'A commit on file was changed or removed in the table: somebody reached past the service.',
} as const;

/** Announces every commit on the bus and stores its copy under Object Lock. */
export function publish(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'publish',
      alarmImpact: 'What was decided has no effect yet: no mails, no reactions, no copies.',
      deadLettersImpact: 'A batch of the stream was given up: its commits are announced tonight at the latest.',
      access: { readsCommits: 'files', publishes: true, copies: 'stores' },
      entries: { stream: { sends: ['publish-retry'] }, retry: {} },
      timeout: 60,
    },
    around,
  );
  made.readsStream('stream');
  made.takesFrom('publish-retry', 'retry');
  // A copy that something else lies in place of is met by whoever stores it, the second time too.
  for (const entry of ['stream', 'retry']) made.alarmsOnLog(entry, tampered);
  return made;
}
