import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { type Commit, unseal, verifyChain } from '@dandang/casework/commit.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type FileRef, parseKey } from '@dandang/store/keys.ts';
import type { Copies } from '@dandang/accept/bus-events.ts';
import type { Ring } from '@dandang/accept/ring.ts';

export interface VerifySurroundings {
  readonly commits: Pick<CommitStore, 'read' | 'keysOn'>;
  readonly copies: Pick<Copies, 'get'>;
  /** Every file that has copies. It finds what a table whose items were removed no longer names. */
  readonly copied: AsyncIterable<Ring>;
  /** Throws where a file cannot be folded. */
  readonly fold: (file: FileRef, commits: readonly Commit[]) => void;
  /** The days whose commits are looked at although they may have no copy. */
  readonly days: readonly CivilDate[];
}

/**
 * An intact chain that cannot be folded says what no rule of this release can read; everything about it stands still.
 * `no-copy` alone may be only late: the copy of a commit follows within seconds, and tonight at the latest.
 */
export interface Discrepancy {
  readonly file: string;
  readonly version: number;
  readonly what: 'chain' | 'cannot-be-folded' | 'gone-from-table' | 'other-bytes' | 'no-copy';
}

export interface Verified {
  readonly files: number;
  readonly commits: number;
  readonly discrepancies: readonly Discrepancy[];
}

function folds(fold: () => void): boolean {
  try {
    fold();
    return true;
  } catch {
    return false;
  }
}

async function verifyFile(
  { commits, copies, fold }: Pick<VerifySurroundings, 'commits' | 'copies' | 'fold'>,
  file: string,
  copiedVersions: readonly number[],
): Promise<{ commits: number; discrepancies: Discrepancy[] }> {
  const stored = await commits.read(file);
  const discrepancies: Discrepancy[] = [];
  const chain = verifyChain(file, stored);
  if (!chain.intact) discrepancies.push({ file, version: chain.version, what: 'chain' });
  else if (!folds(() => fold(parseKey(file), stored.map(unseal))))
    discrepancies.push({ file, version: stored.at(-1)?.version ?? 0, what: 'cannot-be-folded' });
  const there = new Set(stored.map(({ version }) => version));
  for (const version of copiedVersions)
    if (!there.has(version)) discrepancies.push({ file, version, what: 'gone-from-table' });
  for (const { version, commit } of stored) {
    const copy = await copies.get(file, version);
    if (copy === undefined) discrepancies.push({ file, version, what: 'no-copy' });
    else if (copy !== commit) discrepancies.push({ file, version, what: 'other-bytes' });
  }
  return { commits: stored.length, discrepancies };
}

/**
 * Compares chain, table and copy of every file (`docs/architecture.md`, rule 3). A chain that somebody computed anew is
 * intact in itself: only the copies, which nobody can replace, tell.
 */
export async function verify(deps: VerifySurroundings): Promise<Verified> {
  const seen = new Set<string>();
  const discrepancies: Discrepancy[] = [];
  let commits = 0;
  const look = async (file: string, versions: readonly number[]): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const found = await verifyFile(deps, file, versions);
    commits += found.commits;
    discrepancies.push(...found.discrepancies);
  };
  for await (const { file, versions } of deps.copied) await look(file, versions);
  for (const day of deps.days) for await (const { matter } of deps.commits.keysOn(day)) await look(matter, []);
  return { files: seen.size, commits, discrepancies };
}
