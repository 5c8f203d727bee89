import type { CivilDate, Instant } from '@dandang/calendar/civil-date.ts';
import type { Matter } from '@dandang/casework/matter.ts';
import type { Filed } from './events.ts';

export type RiskFilingState =
  'filed' | 'returned' | 'declined' | 'active' | 'concluded' | 'revoked' | 'expired' | 'withdrawn';

export interface RiskFilingDetails extends Filed {
  readonly filer: 'official' | 'unit';
  readonly returned?: { readonly reason: string };
  readonly declined?: { readonly reason: string };
  readonly acceptedAt?: Instant;
  readonly validUntil?: CivilDate | undefined;
  readonly supervision: readonly { readonly finding: string; readonly by: string; readonly at: Instant }[];
  readonly conclusion?: { readonly result: string; readonly at: Instant };
  readonly revoked?: { readonly reason: string; readonly at: Instant };
}

/** One risk filing, folded. */
export type RiskFiling = Matter<RiskFilingState, RiskFilingDetails>;
