import type { VerifyToken } from '@dandang/access/token.ts';
import type { Acceptance, CommandAcceptance } from '@dandang/accept/context.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import type { Log } from '@dandang/accept/log.ts';

/** Everything that an HTTP function touches. It is passed in, never imported, so that a test can pass plain parts. */
export interface HttpSurroundings extends Acceptance {
  readonly views: ViewStore;
  readonly verifyToken: VerifyToken;
  readonly log: Log;
}

/** The same for a measure, whose commands may name attachments. */
export interface MeasureSurroundings extends HttpSurroundings, CommandAcceptance {
  readonly views: ViewStore;
}
