import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';
import { tampered } from './publish.ts';

/** The read models: the only writer of the views table. */
export function views(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'views',
      alarmImpact: 'Lists, to-dos and deadlines show an old state.',
      deadLettersImpact: 'A batch of the stream was given up: its matters look older than they are until tonight.',
      access: { readsCommits: 'files', views: 'writes' },
      entries: { stream: { sends: ['views-retry'] }, retry: {} },
      timeout: 60,
    },
    around,
  );
  made.readsStream('stream');
  made.takesFrom('views-retry', 'retry');
  made.alarmsOnLog('stream', tampered);
  return made;
}
