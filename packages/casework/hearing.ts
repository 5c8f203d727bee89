import type { Context, Decision, Needs } from './command.ts';
import type { Commit } from './commit.ts';

/** What may be heard of a file of another kind: which of its events, and whom they concern. */
export interface Heard {
  /** The kind of files. */
  readonly of: string;
  readonly events: readonly string[] | 'any';
  /** The ids of the own matters that a file concerns, as it stands. */
  readonly which: (file: readonly Commit[], id: string) => readonly string[];
  /** What the reaction is told of the file, where its matter alone does not say enough. */
  readonly data?: (file: readonly Commit[], id: string) => unknown;
}

/** What a measure makes of something that happened to a file of another kind. Nothing to say is an empty list. */
export interface Hearing<M, E> extends Heard {
  readonly needs: (matter: M, data: unknown) => Needs;
  readonly decide: (matter: M, data: unknown, context: Context) => Decision<E>;
}
