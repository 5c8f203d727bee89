import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { openBeside } from '@dandang/store/sqlite/beside.ts';
import { reserveName } from '@dandang/store/sqlite/reserve.ts';
import { journalsIn } from '../copies-journal.ts';
import { isMissing, isThere, syncFolder, unfinished, writeDurably } from '../durable-file.ts';
import { readUnfinishedRestore } from '../unfinished-restore.ts';
import { type BackupManifest, damagedPrefix, manifestName, townName } from './backup-manifest.ts';
import { Refused } from './refused.ts';
import { type ZipWriter, zipWriter } from './zip-writer.ts';

export interface BackupSettings {
  readonly folder: string;
  /** The zip file; there is none yet, and it lies outside of the folder. */
  readonly target: string;
  readonly now: () => Instant;
  /** Ends it; nothing is left then. */
  readonly signal: AbortSignal;
}

const lastBackupName = 'last-backup.json';

/** What the data folder keeps of its newest backup, in `last-backup.json`. */
export interface LastBackup {
  readonly at: Instant;
  /** Of the zip file, in bytes. */
  readonly size: number;
  readonly sha256: string;
}

export interface BackedUp extends LastBackup {
  readonly files: number;
  readonly commits: number;
}

function noneWhereMissing(error: unknown): [] {
  if (isMissing(error)) return [];
  throw error;
}

/** Every file under a folder that belongs into a backup, by its path with slashes. */
async function* filesUnder(folder: string, above: readonly string[] = []): AsyncGenerator<string> {
  const entries = await readdir(join(folder, ...above), { withFileTypes: true }).catch(noneWhereMissing);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = [...above, entry.name];
    if (leftOut(path.join('/'))) continue;
    if (entry.isDirectory()) yield* filesUnder(folder, path);
    else if (entry.isFile()) yield path.join('/');
  }
}

/**
 * What a backup leaves out, by the first part of its path: the data file, of which it holds a snapshot, what stands for a
 * running process, what is not finished, what was put out of the way, and the reserve for a full disk.
 */
const leftOut = (path: string): boolean =>
  /^(town\.sqlite|running\.sqlite)(-|$)|^(store|store-of-release-0\.1\.0|restoring)(\/|$)/.test(path) ||
  path.startsWith(damagedPrefix) ||
  path === lastBackupName ||
  path === reserveName ||
  path.endsWith(unfinished);

/** What is compressed already would only cost time. */
const compressible = (path: string): boolean => !path.startsWith('attachments/');

async function refuseWhereItCannotBe({ folder, target }: BackupSettings): Promise<void> {
  if (await isThere(target)) throw new Refused(2, `${target} is there already: name a file that is not.`);
  const inside = relative(resolve(folder), resolve(target));
  if (inside !== '..' && !inside.startsWith(`..${sep}`))
    throw new Refused(2, `${target} lies in the data folder itself: name a file elsewhere, best on another disk.`);
  if (!(await isThere(join(folder, townName))))
    throw new Refused(2, `There is no data in ${folder}: name the data folder with --data.`);
  if ((await readUnfinishedRestore(folder)) !== undefined)
    throw new Refused(1, `A restore of ${folder} did not end: end it with npm run restore before it is backed up.`);
}

/**
 * Writes a backup of a data folder into one zip file, beside a running service or without one. It is as of the moment in
 * which the snapshot of the commits is made: what must not be newer than it (the clock, the mark, the copies) is read
 * before, what it speaks of (attachments) behind it. The file has its name only when all of it is on the disk.
 */
export async function backup(settings: BackupSettings): Promise<BackedUp> {
  await refuseWhereItCannotBe(settings);
  const { folder, target, signal, now } = settings;
  // A folder that nobody else may look into, beside the target: on the disk that it will lie on.
  const under = join(dirname(target), `${basename(target)}.${randomUUID()}${unfinished}`);
  await mkdir(under, { mode: 0o700 });
  try {
    const at = now();
    const partial = join(under, 'backup.zip');
    const zip = zipWriter(partial, signal);
    const { files, commits } = await fill(zip, folder, join(under, townName), at);
    const { size, sha256 } = await zip.end();
    signal.throwIfAborted();
    if (await isThere(target)) throw new Refused(2, `${target} came to be there meanwhile: name another file.`);
    await rename(partial, target);
    await syncFolder(dirname(target));
    const last: LastBackup = { at, size, sha256 };
    await writeDurably(join(folder, lastBackupName), JSON.stringify(last));
    return { ...last, files: files.length, commits };
  } finally {
    await rm(under, { recursive: true, force: true });
  }
}

async function fill(
  zip: ZipWriter,
  folder: string,
  snapshot: string,
  at: Instant,
): Promise<Pick<BackupManifest, 'files' | 'commits'>> {
  const files: BackupManifest['files'] = [];
  /** Adds a file as long as it is now, or was; one that has gone meanwhile belonged to nobody. */
  const add = async (path: string, from = join(folder, path), atMost = Infinity): Promise<void> => {
    const handle = await open(from, 'r').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (handle === undefined) return;
    try {
      const size = Math.min((await handle.stat()).size, atMost);
      const content =
        size === 0
          ? Readable.from([])
          : handle.createReadStream({ start: 0, end: size - 1, autoClose: false, highWaterMark: 1 << 20 });
      files.push({ path, ...(await zip.add({ path, size, compress: compressible(path) }, content)) });
    } finally {
      await handle.close();
    }
  };

  const town = openBeside(join(folder, townName));
  try {
    for await (const path of filesUnder(folder)) if (!path.includes('/')) await add(path);
    const mark = town.handledThrough();
    const journals = (await journalsIn(join(folder, 'copies'))).map((name) => `copies/${name}`);
    const lengths = await Promise.all(journals.map(async (path) => (await stat(join(folder, path))).size));
    const commits = town.snapshotInto(snapshot, mark);
    await add(townName, snapshot);
    for (const [index, path] of journals.entries()) await add(path, join(folder, path), lengths[index]);
    // What came of an attachment is said only after its bytes are there.
    for await (const path of filesUnder(folder, ['arrivals'])) await add(path);
    for await (const path of filesUnder(folder, ['attachments'])) await add(path);
    for await (const path of filesUnder(folder))
      if (path.includes('/') && !/^(arrivals|attachments)\/|^copies\/[^/]+\.jsonl$/.test(path)) await add(path);
    const manifest: BackupManifest = { format: 1, at, commits, files };
    const text = Buffer.from(JSON.stringify(manifest));
    await zip.add({ path: manifestName, size: text.length, compress: true }, Readable.from([text]));
    return { files, commits };
  } finally {
    town.close();
  }
}
