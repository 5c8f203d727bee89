import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import type { Ring } from './ring.ts';

/** The files that were written on a China date, each with the versions of that day, lowest first: as the stream would ring. */
export async function filesOn(commits: Pick<CommitStore, 'keysOn'>, day: CivilDate): Promise<Ring[]> {
  const files = new Map<string, number[]>();
  for await (const { matter, version } of commits.keysOn(day)) {
    const versions = files.get(matter);
    if (versions === undefined) files.set(matter, [version]);
    else versions.push(version);
  }
  return [...files].map(([file, versions]) => ({ file, versions: versions.sort((a, b) => a - b) }));
}
