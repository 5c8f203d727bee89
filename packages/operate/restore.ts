import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { hashOf, unseal } from '@dandang/casework/commit.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import type { Copies } from '@dandang/accept/bus-events.ts';
import type { Ring } from '@dandang/accept/ring.ts';

export interface RestoreSurroundings {
  /** The table that is filled; what it holds already stays. */
  readonly commits: Pick<CommitStore, 'append'>;
  readonly copies: Pick<Copies, 'get'>;
  /** Every file that has copies. */
  readonly copied: AsyncIterable<Ring>;
}

export interface Restored {
  readonly files: number;
  readonly commits: number;
  /** Versions that the table held with other bytes, whose copy is gone, or that a newer release hashed: for a person to look at. */
  readonly conflicts: readonly { readonly file: string; readonly version: number }[];
}

/**
 * Fills a table from the copies under Object Lock, the last source when the table itself is lost: each object is the exact
 * JSON of one commit, so every commit comes back byte for byte, with its hash. It can be stopped and run again. Afterwards
 * `verify` compares, and `rebuild-views` makes the rest.
 */
export async function restore({ commits, copies, copied }: RestoreSurroundings): Promise<Restored> {
  let [files, count] = [0, 0];
  const conflicts: { file: string; version: number }[] = [];
  for await (const { file, versions } of copied) {
    files += 1;
    for (const version of [...versions].sort((a, b) => a - b)) {
      const commit = await copies.get(file, version);
      if (commit === undefined) {
        conflicts.push({ file, version });
        continue;
      }
      const { at } = unseal({ commit });
      const hash = hashOf(commit);
      if (hash === undefined) {
        conflicts.push({ file, version });
        continue;
      }
      const stored = { matter: file, version, commit, hash, at, day: chinaDate(at) };
      // The same bytes again count as appended; other bytes under the same version do not.
      if ((await commits.append(stored)) === 'appended') count += 1;
      else conflicts.push({ file, version });
    }
  }
  return { files, commits: count, conflicts };
}
