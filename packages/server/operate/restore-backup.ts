import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { syncFolder } from '../durable-file.ts';
import { beginRestore, endRestore, readUnfinishedRestore } from '../unfinished-restore.ts';
import { type BackupManifest, backupManifest, manifestName, townName } from './backup-manifest.ts';
import { Refused } from './refused.ts';

/** What keeps other services out of a folder may lie in one that is empty. */
const isOfRunning = (name: string): boolean => /^running\.sqlite(-|$)/.test(name);

async function emptied(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (!isOfRunning(name) && name !== 'restoring.json') await rm(join(folder, name), { recursive: true, force: true });
}

async function openZip(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: true });
  } catch (error) {
    throw new Refused(1, `${file} is no backup that can be read: ${error instanceof Error ? error.message : ''}.`);
  }
}

/** The entries of a backup by their names, each of which is safe to write under a folder. */
async function entriesOf(zip: ZipFile, file: string): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName)) throw new Refused(1, `${file} holds ${entry.fileName} twice.`);
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(1, `${file} is no backup that can be read: ${error instanceof Error ? error.message : ''}.`);
  }
  return entries;
}

async function manifestOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>, file: string): Promise<BackupManifest> {
  const entry = entries.get(manifestName);
  if (entry === undefined) throw new Refused(1, `${file} has no ${manifestName}: it is no backup of this service.`);
  try {
    return backupManifest.parse(JSON.parse(await text(await zip.openReadStreamPromise(entry))));
  } catch {
    throw new Refused(1, `The ${manifestName} of ${file} cannot be read: it is damaged, or of a newer release.`);
  }
}

/** Writes one file of a backup under a folder; gives the SHA-256 of its bytes, or nothing where they cannot be read. */
async function extract(zip: ZipFile, entry: Entry, to: string): Promise<string | undefined> {
  const source = await zip.openReadStreamPromise(entry).catch(() => undefined);
  if (source === undefined) return undefined;
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform: (chunk: Uint8Array, _, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const mode = ((entry.externalFileAttributes >>> 16) & 0o777) | 0o600;
  const written = createWriteStream(to, { flags: 'wx', mode, flush: true });
  try {
    await pipeline(source, hashing, written);
  } catch (error) {
    // What a disk does not take or give stops everything; what the zip file does not say is for the report.
    if (error instanceof Error && 'syscall' in error) throw error;
    return undefined;
  }
  return hash.digest('hex');
}

export interface RestoredBackup {
  readonly at: string;
  readonly files: number;
  readonly commits: number;
}

/**
 * Fills an empty data folder, which is claimed by whoever calls, with what a backup holds. Where the backup is not what its
 * manifest says, every file is named and the folder is empty again. Killed in the middle it leaves a folder on which nothing
 * starts, and may be called again. Throws Refused.
 */
export async function restoreBackup(file: string, folder: string): Promise<RestoredBackup> {
  const begun = await readUnfinishedRestore(folder);
  if (begun?.from !== 'backup' && (await readdir(folder)).some((name) => !isOfRunning(name)))
    throw new Refused(2, `${folder} is not empty: name with --data a folder that is, or is not there yet.`);
  const zip = await openZip(file);
  try {
    const entries = await entriesOf(zip, file);
    const manifest = await manifestOf(zip, entries, file);
    const listed = new Map(manifest.files.map((one) => [one.path, one]));
    const wrong: string[] = [];
    if (!listed.has(townName)) wrong.push(`${townName} is not in the manifest`);
    for (const path of listed.keys()) if (!entries.has(path)) wrong.push(`${path} is missing`);
    for (const path of entries.keys())
      if (path !== manifestName && !listed.has(path)) wrong.push(`${path} is not in the manifest`);
    await beginRestore(folder, { from: 'backup' });
    await emptied(folder);
    const folders = new Set([folder]);
    for (const [path, { size, sha256 }] of listed) {
      const entry = entries.get(path);
      if (entry === undefined) continue;
      const to = join(folder, ...path.split('/'));
      if (!folders.has(dirname(to))) await mkdir(dirname(to), { recursive: true });
      folders.add(dirname(to));
      const found = await extract(zip, entry, to);
      if (found === undefined) wrong.push(`${path} cannot be read`);
      else if (found !== sha256 || entry.uncompressedSize !== size)
        wrong.push(`${path} is not what the manifest says: its SHA-256 is ${found}`);
    }
    if (wrong.length > 0) {
      await emptied(folder);
      await endRestore(folder);
      const first = `${file} is not what its manifest says; nothing was restored:`;
      throw new Refused(1, [first, ...wrong.map((one) => `  ${one}`)]);
    }
    for (const one of folders) await syncFolder(one);
    await endRestore(folder);
    return { at: manifest.at, files: listed.size, commits: manifest.commits };
  } finally {
    zip.close();
  }
}
