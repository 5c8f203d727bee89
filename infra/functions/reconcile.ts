import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** The nightly comparison of commits, views, copies and what should have followed, and of the calendar with the season. */
export function reconcile(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'reconcile',
      alarmImpact: 'What the stream or a subscriber of the bus lost is not found until the next night.',
      deadLettersImpact:
        'The nightly comparison failed three times. The next one looks back to the last that finished.',
      access: {
        readsCommits: 'files-and-days',
        putsCommits: ['schedule'],
        views: 'reads',
        publishes: true,
        copies: 'looks',
        sends: ['send', 'views-retry', 'publish-retry'],
      },
      entries: { nightly: {} },
      byTheClock: { nightly: 'reconcile' },
      timeout: 900,
    },
    around,
  );
  made.alarmsOnLog('nightly', {
    heading: 'receipts-missing',
    alarmImpact: 'Commits had no copy or no up-to-date view by night; they were rung for again.',
  });
  made.alarmsOnLog('nightly', {
    heading: 'consequences-missing',
    alarmImpact:
      'A letter had no delivery, a deadline was not said or a decision had no effect; it was announced again.',
  });
  made.alarmsOnLog('nightly', {
    heading: 'calendar-missing',
    alarmImpact: 'The holidays of a year are not imported: deadlines in it are provisional.',
  });
  return made;
}
