import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { filesOn } from '@dandang/accept/files-on-day.ts';
import type { Ring } from '@dandang/accept/ring.ts';

export interface ReplaySurroundings {
  readonly commits: Pick<CommitStore, 'keysOn'>;
  /** Each gets every ring: the queues of `views` and of `publish`, or of one of them. */
  readonly ring: readonly ((ring: Ring) => Promise<void>)[];
}

/**
 * Rings again for everything that was accepted on some days: what the stream did is done once more, by the same code.
 * Views that are right stay as they are, and commits that have their receipt are not announced again. Gives the number
 * of files that were rung for.
 */
export async function replay({ commits, ring }: ReplaySurroundings, days: readonly CivilDate[]): Promise<number> {
  let rung = 0;
  for (const day of days) {
    for (const file of await filesOn(commits, day)) {
      for (const put of ring) await put(file);
      rung += 1;
    }
  }
  return rung;
}
