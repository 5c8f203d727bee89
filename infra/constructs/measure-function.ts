import type { Measure } from '@dandang/casework/measure.ts';
import type { Construct } from 'constructs';
import { HouseFunction } from './house-function.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The functions of a measure, read off its declaration: what it may append to and read, what it hears, and what its
 * failure means. All measures share two headings of the runbook, because all are mended alike.
 */
export function measureFunction(scope: Construct, measure: Measure, around: Surroundings): HouseFunction {
  const { collection, footprint, failing } = measure;
  const { puts, putsOnBus, reads, attachments, hears } = footprint;
  const made = new HouseFunction(
    scope,
    {
      name: collection,
      alarmImpact: failing.requests,
      alarmName: `${collection}-requests`,
      headings: { failing: 'measure-requests', deadLetters: 'measure-dead-letters' },
      ...(failing.deadLetters === undefined ? {} : { deadLettersImpact: failing.deadLetters }),
      access: { readsCommits: reads, views: 'reads' },
      entries: {
        http: { putsCommits: puts, ...(attachments ? { attachments: 'looks' } : {}) },
        ...(hears.length === 0 ? {} : { bus: { putsCommits: putsOnBus } }),
      },
    },
    around,
  );
  made.answersUnder(`/api/${collection}`);
  if (hears.length > 0) made.hears(hears);
  return made;
}
