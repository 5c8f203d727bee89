import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Matter } from '@dandang/casework/matter.ts';
import type { ClarificationDraft } from './events.ts';

export type ClarificationState = 'drafted' | 'approved' | 'issued' | 'rescinded' | 'withdrawn';

export interface ClarificationDetails extends Omit<ClarificationDraft, 'official' | 'unit' | 'organ'> {
  /** While a draft that came back has not been revised. */
  readonly returned?: { readonly reason: string };
  readonly approval?: { readonly opinion: string; readonly by: string; readonly at: Instant };
  readonly issuedAt?: Instant;
  readonly rescinded?: { readonly reason: string; readonly at: Instant };
}

/** One clarification, folded. */
export type Clarification = Matter<ClarificationState, ClarificationDetails>;
