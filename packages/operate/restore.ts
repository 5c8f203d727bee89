import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { type Commit, hashOf, unseal } from '@dandang/casework/commit.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import type { Copies } from '@dandang/accept/bus-events.ts';
import type { Ring } from '@dandang/accept/ring.ts';

export interface RestoreSurroundings {
  /** The table that is filled; what it holds already stays. */
  readonly commits: Pick<CommitStore, 'append'>;
  /** Gives the copy that was put first. */
  readonly copies: Pick<Copies, 'get'>;
  /** Every file that has copies. */
  readonly copied: AsyncIterable<Pick<Ring, 'file' | 'versions'>>;
}

export interface Restored {
  readonly files: number;
  readonly commits: number;
  /**
   * Versions that the table held with other bytes, whose copy is gone or is no copy of them, or that a newer release hashed:
   * for a person to look at.
   */
  readonly conflicts: readonly { readonly file: string; readonly version: number }[];
}

/** The commit that a copy is; undefined for what is none: it must not keep the others from being restored. */
function readCopy(commit: string): Commit | undefined {
  try {
    return unseal({ commit });
  } catch {
    return undefined;
  }
}

/** Appends the commits of one file in their order. Gives how many, and the versions that are for a person to look at. */
async function restoreFile(
  { commits, copies }: Pick<RestoreSurroundings, 'commits' | 'copies'>,
  { file, versions }: Pick<Ring, 'file' | 'versions'>,
): Promise<{ commits: number; conflicts: number[] }> {
  let count = 0;
  const conflicts: number[] = [];
  for (const version of [...versions].sort((a, b) => a - b)) {
    const commit = await copies.get(file, version);
    if (commit === undefined) {
      conflicts.push(version);
      continue;
    }
    const read = readCopy(commit);
    const hash = hashOf(commit);
    if (read?.matter !== file || read.version !== version || hash === undefined) {
      conflicts.push(version);
      continue;
    }
    const { at } = read;
    const stored = { matter: file, version, commit, hash, at, day: chinaDate(at) };
    // The same bytes again count as appended; other bytes under the same version do not.
    if ((await commits.append(stored)) === 'appended') count += 1;
    else conflicts.push(version);
  }
  return { commits: count, conflicts };
}

/**
 * Fills a table from the copies under Object Lock, the last source when the table itself is lost: each object is the exact
 * JSON of one commit, so every commit comes back byte for byte, with its hash. It can be stopped and run again. Afterwards
 * `verify` compares, and `rebuild-views` makes the rest. `atOnce` files are worked on together, one after the other by
 * default.
 */
export async function restore({ commits, copies, copied }: RestoreSurroundings, atOnce = 1): Promise<Restored> {
  let [files, count] = [0, 0];
  const conflicts: { file: string; version: number }[] = [];
  const listed = copied[Symbol.asyncIterator]();
  const work = async (): Promise<void> => {
    for (let next = await listed.next(); next.done !== true; next = await listed.next()) {
      const { file } = next.value;
      files += 1;
      const done = await restoreFile({ commits, copies }, next.value);
      count += done.commits;
      conflicts.push(...done.conflicts.map((version) => ({ file, version })));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { files, commits: count, conflicts };
}
