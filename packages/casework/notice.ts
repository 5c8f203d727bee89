import type { Context, Needs } from './command.ts';
import type { Deadline } from './deadline.ts';
import type { IssuedLetter } from './letter-issue.ts';
import type { Matter } from './matter.ts';

/**
 * Why a notice is written without a person's decision on its text. `slot` tells it from every other notice of the
 * matter, so that a repeat cannot send it twice.
 */
export interface NoticeOccasion {
  readonly what: 'chaser' | 'urging' | 'overdue-notice' | 'recount-notice' | 'extension-answer';
  readonly slot: string;
  readonly deadline?: Deadline | undefined;
  readonly message?: string | undefined;
}

/**
 * How a measure writes its notices. A recipient without an address does not stop one: its delivery fails in the open
 * and becomes a to-do, so that no chaser is lost in silence.
 */
export interface Notices<S extends string, D> {
  readonly needs: (matter: Matter<S, D>) => Needs;
  /** Undefined where nobody has to be told. */
  readonly write: (matter: Matter<S, D>, occasion: NoticeOccasion, context: Context) => IssuedLetter | undefined;
}
