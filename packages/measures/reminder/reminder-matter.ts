import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { AttachedFile } from '@dandang/casework/attachment.ts';
import type { Matter } from '@dandang/casework/matter.ts';
import type { Assisted } from '../assisting.ts';
import type { Declinable } from '../declining.ts';
import type { Dispute } from '../dispute.ts';
import type { ReminderDraft } from './events.ts';

export type ReminderState =
  | 'draft'
  | 'awaiting-approval'
  | 'approved'
  | 'issued'
  | 'replied'
  | 'ineffective'
  | 'escalated'
  | 'closed'
  | 'rescinded'
  | 'withdrawn';

/** What a reminder keeps in every state. */
export interface ReminderRecord extends Omit<ReminderDraft, 'unit' | 'officials' | 'assist'>, Assisted, Declinable {
  readonly returned?: { readonly reason: string };
  readonly approval?: { readonly opinion: string; readonly by: string; readonly at: Instant };
  readonly reply?: {
    readonly measures: string;
    readonly note?: string | undefined;
    readonly attachments?: readonly AttachedFile[] | undefined;
    readonly at: Instant;
  };
  readonly review?: { readonly outcome: 'effective' | 'ineffective'; readonly opinion: string };
  /** The interview that it led to. */
  readonly interview?: { readonly id: string; readonly state?: string };
  readonly closed?: { readonly reason: string };
  readonly rescinded?: { readonly reason: string };
  /** `of` is the unit whose it was, where the reminder has gone to another one since. */
  readonly disputes: readonly (Dispute & { readonly of?: string })[];
  /** The ids of those who were in charge before it went to another unit. */
  readonly formerLeaders?: readonly string[];
}

interface Unissued extends ReminderRecord {
  readonly issuedAt?: undefined;
}
export interface IssuedDetails extends ReminderRecord {
  readonly issuedAt: Instant;
}
export type ReminderDetails = Unissued | IssuedDetails;

export const isIssued = (details: ReminderDetails): details is IssuedDetails => details.issuedAt !== undefined;

/** One reminder, folded. */
export type Reminder = Matter<ReminderState, ReminderDetails>;
