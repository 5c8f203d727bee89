import { readFileSync } from 'node:fs';
import { readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Copies } from '@dandang/accept/bus-events.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import { restore, type Restored } from '@dandang/operate/restore.ts';
import type { Town } from '@dandang/store/town.ts';

/**
 * The copies of release 0.1.0: one file a commit, under the file's key. They are read without letting go of the turn, so
 * that all commits of a file are one transaction.
 */
function copiesOfEachCommit(folder: string): Pick<Copies, 'get'> {
  return {
    get: (file, version) => Promise.resolve(readFileSync(copyOfOneCommit(folder, file, version), 'utf8')),
  };
}

const copyName = /^(\d{8})\.json$/;

/** Where such a copy lies. */
export const copyOfOneCommit = (folder: string, file: string, version: number): string =>
  join(folder, ...file.split('/').map(encodeURIComponent), `${String(version).padStart(8, '0')}.json`);

/** Every file that has such copies, and its versions. */
export async function* filesWithCopies(folder: string, above: readonly string[] = []): AsyncGenerator<Ring> {
  const entries = await readdir(join(folder, ...above), { withFileTypes: true });
  const versions = entries.flatMap(({ name }) => copyName.exec(name)?.[1] ?? []).map(Number);
  if (versions.length > 0)
    yield { file: above.map(decodeURIComponent).join('/'), versions: versions.sort((a, b) => a - b) };
  for (const one of entries) if (one.isDirectory()) yield* filesWithCopies(folder, [...above, one.name]);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Fills a town from the copies of release 0.1.0, where its store still lies in the folder, and renames that store. What was
 * answered had its copy, and what has one was announced, so all of it counts as handled. Killed in the middle it begins
 * anew and finds what it did. Gives what it took over; throws where a copy says something else than the town holds.
 */
export async function takeOverRelease010(folder: string, town: Town): Promise<Restored | undefined> {
  const store = join(folder, 'store');
  if (!(await isThere(store))) return undefined;
  const copies = join(folder, 'copies');
  const copied = (await isThere(copies)) ? filesWithCopies(copies) : noFiles();
  const taken = await restore({ commits: town.commits, copies: copiesOfEachCommit(copies), copied });
  const [first] = taken.conflicts;
  if (first !== undefined) throw new Error(`the copy of ${first.file} ${first.version} is not what the town holds`);
  town.setHandledThrough(town.lastAccepted());
  await town.durable();
  await rename(store, join(folder, 'store-of-release-0.1.0'));
  return taken;
}

// eslint-disable-next-line @typescript-eslint/require-await -- an iterable like the other
async function* noFiles(): AsyncGenerator<Ring> {
  yield* [];
}
