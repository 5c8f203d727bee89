import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import type { ArrivedAttachments } from './attachment-objects.ts';
import type { Reference } from './reference.ts';
import type { Pause } from './transact.ts';

/** What accepting a command touches: the commits, what decisions look up, the clock, and a source of fresh ids. */
export interface Acceptance {
  readonly commits: CommitStore;
  /** Views advise only; a decision that binds reads commits. */
  readonly views: Pick<ViewStore, 'list'>;
  readonly reference: Reference;
  readonly now: () => Instant;
  readonly freshId: () => string;
  /** What is waited for before a file is decided on again; a short while where nothing is said. */
  readonly pause?: Pause;
}

/** The same for what persons ask for: only they name attachments. */
export interface CommandAcceptance extends Acceptance {
  readonly attachments: ArrivedAttachments;
}
