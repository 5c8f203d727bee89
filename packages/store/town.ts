import type { Commit } from '@dandang/casework/commit.ts';
import type { CommitStore } from './commit-store.ts';
import type { ViewRow, ViewStore } from './view-store.ts';

/**
 * What was taken could not be kept, and nobody may rely on it: not those who wrote it, nor those who may have read it. The
 * cause names nothing of what it was.
 */
export class NotKept extends Error {
  override readonly name = 'NotKept';
  /** The disk has no room. */
  readonly full: boolean;

  constructor(full: boolean, cause?: unknown) {
    super(full ? 'the disk is full: nothing was kept' : 'what was taken could not be kept', { cause });
    this.full = full;
  }
}

/** What lies on the disk is not what was written there, and must not be served as truth. The message names no content. */
export class DataDamaged extends Error {
  override readonly name: string = 'DataDamaged';
}

/**
 * The rows that the views must hold of a file and that have changed since `known`, a version as of which they hold it (0:
 * nothing). Pure; it throws for a file that cannot be folded. Asks for the file only where a view shows it.
 */
export type Alongside = (key: string, file: () => readonly Commit[], known: number) => readonly ViewRow[];

/** A commit in the order in which the town accepted them. */
export interface AcceptedCommit {
  /** Grows with every commit; has gaps. */
  readonly seq: number;
  readonly file: string;
  readonly version: number;
}

/** A file that somebody could not handle, from a version on. */
export interface AsideFile {
  readonly consumer: string;
  readonly file: string;
  readonly version: number;
}

/** Runs work, and gives its outcome when all of it is on the disk (`Town.door`). */
export type Door = <T>(work: () => Promise<T>, again?: 'again') => Promise<T>;

/** Both stores of one machine, and what holds beside them there and needs nothing like it in the cloud. */
export interface Town {
  readonly commits: CommitStore;
  readonly views: ViewStore;
  /** Resolves when everything that was taken until now is on the disk; rejects as `door` does. */
  readonly durable: () => Promise<void>;
  /**
   * Runs work whose outcome somebody outside will hear of, and gives it when everything that it wrote and read is on the
   * disk. Rejects with NotKept where something that was taken meanwhile could not be kept, or where the work was refused to
   * write, whatever it made of that; from then on it can write nothing more. With `again`, work that has written nothing is
   * run once more instead.
   */
  readonly door: Door;
  /** At most `limit` commits behind a sequence number. */
  readonly acceptedAfter: (seq: number, limit: number) => readonly AcceptedCommit[];
  /** The sequence number of the newest commit, 0 where there is none. */
  readonly lastAccepted: () => number;
  /** Calls whenever a commit was taken, in the same turn. */
  readonly onAccepted: (listener: () => void) => void;
  /** Up to which commit everything was announced and copied, as was said last. */
  readonly handledThrough: () => number;
  /** Says so; it reaches the disk with the next group. */
  readonly setHandledThrough: (seq: number) => void;
  /** Whether a commit that is there lies at the mark or before it. */
  readonly isHandled: (file: string, version: number) => boolean;
  readonly aside: {
    readonly all: () => readonly AsideFile[];
    readonly put: (one: AsideFile) => void;
    readonly remove: (one: Pick<AsideFile, 'consumer' | 'file'>) => void;
  };
  /** Writes all rows of a file, whatever the views hold of it. Throws where it cannot be folded. */
  readonly project: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
}
