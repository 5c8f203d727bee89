import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { type Commit, unseal, verifyChain } from '@dandang/casework/commit.ts';
import type { CommitStore, StoredCommit } from '@dandang/store/commit-store.ts';
import { type FileRef, parseKey } from '@dandang/store/keys.ts';
import { DataDamaged } from '@dandang/store/town.ts';
import type { Copies } from '@dandang/accept/bus-events.ts';
import type { Ring } from '@dandang/accept/ring.ts';

/** A file as its copies tell it. Where copies have no versions, nothing is replaced or hidden. */
export interface CopiedFile extends Pick<Ring, 'file' | 'versions'> {
  /** Versions over whose copy other bytes were put later. */
  readonly replaced?: readonly number[];
  /** Versions whose copy was hidden behind a delete marker, or was to be before it came. */
  readonly hidden?: readonly number[];
}

export interface VerifySurroundings {
  /** Gives what lies there as it is, whatever its hash; throws DataDamaged where nothing can be read. */
  readonly commits: Pick<CommitStore, 'read'>;
  /** Gives the copy that was put first. */
  readonly copies: Pick<Copies, 'get'>;
  /** Every file that has copies. It finds what a table whose items were removed no longer names. */
  readonly copied: AsyncIterable<CopiedFile>;
  /** Files that the table itself names, looked at although they may have no copy; each may come again. */
  readonly named: AsyncIterable<string>;
  /** Throws where a file cannot be folded. */
  readonly fold: (file: FileRef, commits: readonly Commit[]) => void;
  /** Whether the copy of a commit may still be on its way; where nobody can say, a missing copy is a discrepancy. */
  readonly onItsWay?: (file: string, version: number) => boolean;
  /** Called with what was read of each file, for whoever looks at more than the file. */
  readonly alsoLookAt?: (file: string, commits: readonly StoredCommit[]) => Promise<readonly Discrepancy[]>;
}

/**
 * An intact chain that cannot be folded says what no rule of this release can read; everything about it stands still.
 * `no-copy` alone may be only late: the copy of a commit follows within seconds, and tonight at the latest. `unreadable`:
 * the store itself cannot read the file (version 0), or what it lies in. `copy-replaced` and `copy-hidden`: something was
 * put over a copy, or a delete marker before it, which nothing of ours can do; the copy itself is still there. The
 * attachments' are one machine's.
 */
export interface Discrepancy {
  readonly file: string;
  readonly version: number;
  readonly what:
    | 'chain'
    | 'cannot-be-folded'
    | 'gone-from-table'
    | 'other-bytes'
    | 'no-copy'
    | 'copy-replaced'
    | 'copy-hidden'
    | 'unreadable'
    | 'attachment-gone'
    | 'attachment-other-bytes';
}

export interface Verified {
  readonly files: number;
  readonly commits: number;
  /** Copies that may still be on their way. */
  readonly onTheirWay: number;
  readonly discrepancies: readonly Discrepancy[];
}

/** The form in which every discrepancy is printed: three columns. */
export const discrepancyLine = ({ file, version, what }: Discrepancy): string => `${what}\t${file}\t${version}`;

function folds(fold: () => void): boolean {
  try {
    fold();
    return true;
  } catch {
    return false;
  }
}

async function readAsItIs({ read }: Pick<CommitStore, 'read'>, file: string): Promise<StoredCommit[] | 'unreadable'> {
  try {
    return await read(file);
  } catch (error) {
    if (error instanceof DataDamaged) return 'unreadable';
    throw error;
  }
}

type FileSurroundings = Pick<VerifySurroundings, 'commits' | 'copies' | 'fold' | 'onItsWay' | 'alsoLookAt'>;

async function verifyFile(
  { commits, copies, fold, onItsWay, alsoLookAt }: FileSurroundings,
  { file, versions, replaced = [], hidden = [] }: CopiedFile,
): Promise<{ commits: number; onTheirWay: number; discrepancies: Discrepancy[] }> {
  const ofCopies = [
    ...replaced.map((version): Discrepancy => ({ file, version, what: 'copy-replaced' })),
    ...hidden.map((version): Discrepancy => ({ file, version, what: 'copy-hidden' })),
  ];
  const stored = await readAsItIs(commits, file);
  if (stored === 'unreadable')
    return { commits: 0, onTheirWay: 0, discrepancies: [{ file, version: 0, what: 'unreadable' }, ...ofCopies] };
  const discrepancies: Discrepancy[] = [];
  const chain = verifyChain(file, stored);
  if (!chain.intact) discrepancies.push({ file, version: chain.version, what: 'chain' });
  else if (!folds(() => fold(parseKey(file), stored.map(unseal))))
    discrepancies.push({ file, version: stored.at(-1)?.version ?? 0, what: 'cannot-be-folded' });
  const there = new Set(stored.map(({ version }) => version));
  for (const version of versions)
    if (!there.has(version)) discrepancies.push({ file, version, what: 'gone-from-table' });
  let onTheirWay = 0;
  for (const { version, commit } of stored) {
    const copy = await copies.get(file, version);
    if (copy === undefined && onItsWay?.(file, version) === true) onTheirWay += 1;
    else if (copy === undefined) discrepancies.push({ file, version, what: 'no-copy' });
    else if (copy !== commit) discrepancies.push({ file, version, what: 'other-bytes' });
  }
  discrepancies.push(...ofCopies, ...((await alsoLookAt?.(file, stored)) ?? []));
  return { commits: stored.length, onTheirWay, discrepancies };
}

/**
 * Compares chain, table and copy of every file (`docs/architecture.md`, rule 3). A chain that somebody computed anew is
 * intact in itself: only the copies tell, of which nobody can take away the first.
 */
export async function verify(deps: VerifySurroundings): Promise<Verified> {
  const seen = new Set<string>();
  const discrepancies: Discrepancy[] = [];
  let [commits, onTheirWay] = [0, 0];
  const look = async (copied: CopiedFile): Promise<void> => {
    if (seen.has(copied.file)) return;
    seen.add(copied.file);
    const found = await verifyFile(deps, copied);
    commits += found.commits;
    onTheirWay += found.onTheirWay;
    discrepancies.push(...found.discrepancies);
  };
  for await (const copied of deps.copied) await look(copied);
  for await (const file of deps.named) await look({ file, versions: [] });
  return { files: seen.size, commits, onTheirWay, discrepancies };
}

/** The files that a table names by the days of their commits. */
export async function* filesOfDays(
  commits: Pick<CommitStore, 'keysOn'>,
  days: readonly CivilDate[],
): AsyncGenerator<string> {
  for (const day of days) for await (const { matter } of commits.keysOn(day)) yield matter;
}
