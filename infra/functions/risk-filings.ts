import { riskFiling } from '@dandang/measures/risk-filing/risk-filing.ts';
import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 事前报备: its requests, and what the clock means for its last day. */
export function riskFilings(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'risk-filings',
      alarmImpact: 'Risks cannot be filed, accepted, supervised or concluded.',
      deadLettersImpact: 'The last day of a risk filing is over, and its file does not say so.',
      access: { readsCommits: 'files', views: 'reads' },
      entries: {
        http: { putsCommits: [riskFiling.kind, 'attachment'], attachments: 'looks' },
        bus: { putsCommits: [riskFiling.kind] },
      },
    },
    around,
  );
  made.hears(['DeadlineReached'], { prefix: `${riskFiling.kind}/` });
  return made;
}
