import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { type Commit, firstPreviousHash, newestAlgorithm, seal, unseal } from '@dandang/casework/commit.ts';
import type { CommitStore, StoredCommit } from './commit-store.ts';

/** A file as it lies in the store, oldest commit first, with what the next commit must link to. */
export interface FileOnRecord {
  readonly key: string;
  readonly commits: readonly Commit[];
  readonly version: number;
  readonly hash: string;
}

/** What a new commit says; its place in the chain comes from the file. */
export type NewCommit = Omit<Commit, 'matter' | 'version' | 'alg' | 'previousHash'>;

/**
 * A file of which only the newest commit is known, or that it has none: enough to append behind it. Its `commits` are
 * left out, so it must not be folded.
 */
export const fileEndingWith = (
  key: string,
  newest: Pick<StoredCommit, 'version' | 'hash'> | undefined,
): FileOnRecord => ({
  key,
  commits: [],
  version: newest?.version ?? 0,
  hash: newest?.hash ?? firstPreviousHash,
});

const onRecord = (key: string, stored: readonly StoredCommit[]): FileOnRecord => ({
  ...fileEndingWith(key, stored.at(-1)),
  commits: stored.map(unseal),
});

/** Reads a whole file: one strongly consistent Query. A file that does not exist has version 0 and no commits. */
export async function readFile(store: Pick<CommitStore, 'read' | 'parsed'>, key: string): Promise<FileOnRecord> {
  if (store.parsed === undefined) return onRecord(key, await store.read(key));
  const { commits, hash } = await store.parsed(key);
  return { key, commits, version: commits.at(-1)?.version ?? 0, hash: hash ?? firstPreviousHash };
}

/**
 * Appends one commit behind what was read: one conditional Put. `version-taken` when somebody else was faster; then the
 * file must be read and decided on again. Throws `CommitTooLarge`.
 */
export async function appendToFile(
  store: Pick<CommitStore, 'append'>,
  file: FileOnRecord,
  content: NewCommit,
): Promise<FileOnRecord | 'version-taken'> {
  const place = { matter: file.key, version: file.version + 1 };
  const commit: Commit = { ...place, ...content, alg: newestAlgorithm, previousHash: file.hash };
  const sealed = seal(commit);
  const outcome = await store.append({ ...sealed, day: chinaDate(commit.at) });
  if (outcome === 'version-taken') return 'version-taken';
  return { key: file.key, commits: [...file.commits, commit], version: commit.version, hash: sealed.hash };
}
