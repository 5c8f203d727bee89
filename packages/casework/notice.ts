import type { Context, Needs } from './command.ts';
import type { Deadline } from './deadline.ts';
import type { IssuedLetter } from './letter-issue.ts';
import type { Matter } from './matter.ts';

/** Why a notice of a deadline is written. `slot` tells it from every other notice of the matter, so that a repeat cannot send it twice. */
export type NoticeOccasion = { readonly slot: string; readonly deadline: Deadline } & (
  | { readonly what: 'recount-notice' }
  | { readonly what: 'extension-answer'; readonly granted: { readonly workingDays: number } }
  | { readonly what: 'extension-answer'; readonly refused: { readonly reason: string } }
  | { readonly what: 'extension-letter'; readonly workingDays: number; readonly reason: string }
);

/**
 * How a measure writes its notices. A recipient without an address does not stop one: its delivery fails in the open
 * and becomes a to-do, so that no chaser is lost in silence.
 */
export interface Notices<S extends string, D> {
  readonly needs: (matter: Matter<S, D>) => Needs;
  /** Undefined where nobody has to be told. */
  readonly write: (matter: Matter<S, D>, occasion: NoticeOccasion, context: Context) => IssuedLetter | undefined;
  /** What a deadline asks for, as a line of a chaser sheet 催办单 says it, without a full stop; absent where nothing can be chased. */
  readonly owed?: (matter: Matter<S, D>, deadline: Deadline) => string;
}

/**
 * Letters that a matter itself sent under release 0.1.0: now they are lines of a chaser sheet 催办单, and what an office wrote to
 * itself (`overdue-notice`) is a to-do.
 */
export type FormerNotice = 'chaser' | 'urging' | 'overdue-notice';
