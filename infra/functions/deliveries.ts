import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { people, rules } from '../constructs/kinds-read.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 送达: how letters stand, 签收, bounces, sending again. */
export function deliveries(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'deliveries',
      alarmImpact: 'Nobody can sign for a letter or see whether it arrived.',
      access: {
        readsCommits: ['delivery', 'attachment', ...people, ...rules],
        putsCommits: ['delivery', 'attachment'],
        views: 'reads',
      },
      entries: { http: { attachments: 'looks' } },
    },
    around,
  );
}
