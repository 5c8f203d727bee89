import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Ring } from '@dandang/accept/ring.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { hashOf, unseal } from '@dandang/casework/commit.ts';
import { restore } from '@dandang/operate/restore.ts';
import { type Beside, openBeside } from '@dandang/store/sqlite/beside.ts';
import { DataUnreadable } from '@dandang/store/sqlite/connection.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import type { AsideFile } from '@dandang/store/town.ts';
import * as z from 'zod/mini';
import { isThere, syncFolder } from '../durable-file.ts';
import { beginRestore, endRestore, readUnfinishedRestore } from '../unfinished-restore.ts';
import { damagedPrefix, townName } from './backup-manifest.ts';
import { type IndexedCopies, indexCopies } from './copies-index.ts';

/** What a data file was made anew from. */
export interface Mended {
  readonly commits: number;
  /** Commits that have no copy yet and were read out of the damaged file. */
  readonly readOut: number;
  /** Whose bytes in the file and in the copy are two true commits: the one that the chain goes on from was taken. */
  readonly conflicts: readonly { readonly file: string; readonly version: number }[];
  /** The name under which the old file is kept; undefined where there was none. */
  readonly kept: string | undefined;
}

const companions = ['', '-wal', '-shm'];

async function moveTown(folder: string, from: string, to: string): Promise<void> {
  // The log first: a data file without its log would look whole.
  for (const end of [...companions].reverse())
    if (await isThere(join(folder, from + end))) await rename(join(folder, from + end), join(folder, to + end));
  await syncFolder(folder);
}

function openOld(path: string): Beside | undefined {
  try {
    return openBeside(path);
  } catch (error) {
    if (error instanceof DataUnreadable) return undefined;
    throw error;
  }
}

/** What a damaged file still gives: commits that are what was hashed, and what was set aside. */
interface ReadOut {
  readonly get: (file: string, version: number) => string | undefined;
  /** Every file, with versions ascending. */
  readonly files: () => Generator<Ring>;
  readonly aside: readonly AsideFile[];
  readonly close: () => void;
}

const seqRow = z.object({ seq: z.number() });
const versionsRow = z.object({ file: z.string(), versions: z.string() });
const numbers = z.array(z.number());

/** Goes once through what can be read; where it lies is kept in a temporary database, so that it may be any number. */
function readOut(old: Beside | undefined): ReadOut {
  const db = new DatabaseSync('');
  db.exec(
    'CREATE TABLE read (file TEXT, version INTEGER, seq INTEGER, PRIMARY KEY (file, version)) WITHOUT ROWID; BEGIN',
  );
  const put = db.prepare('INSERT OR IGNORE INTO read VALUES (?, ?, ?)');
  for (const rows of old?.everyCommit(() => undefined) ?? [])
    for (const { matter, version, seq, whole } of rows) if (whole) put.run(matter, version, seq);
  db.exec('COMMIT');
  const find = db.prepare('SELECT seq FROM read WHERE file = ? AND version = ?');
  const some = db.prepare(
    'SELECT file, json_group_array(version) AS versions FROM read WHERE file > ? GROUP BY file ORDER BY file LIMIT 200',
  );
  let aside: readonly AsideFile[] = [];
  try {
    aside = old?.aside() ?? [];
  } catch {
    // What nobody can handle is found again.
  }
  return {
    get: (file, version) => {
      const found = seqRow.safeParse(find.get(file, version));
      return found.success ? old?.commitAt(found.data.seq) : undefined;
    },
    files: function* () {
      for (let after = ''; ;) {
        const rows = some.all(after).map((row) => versionsRow.parse(row));
        if (rows.length === 0) return;
        for (const { file, versions } of rows)
          yield { file, versions: numbers.parse(JSON.parse(versions)).sort((a, b) => a - b) };
        after = rows.at(-1)?.file ?? after;
      }
    },
    aside,
    close: () => db.close(),
  };
}

const previousHashIn = (commit: string | undefined): string | undefined => {
  try {
    return commit === undefined ? undefined : unseal({ commit }).previousHash;
  } catch {
    return undefined;
  }
};

type Place = Mended['conflicts'][number];

/** Of a file's commits what the copies and the old data file together give; hears of those that are two. */
function together(copies: IndexedCopies, old: ReadOut, conflict: (place: Place) => void) {
  return {
    get: async (file: string, version: number): Promise<string | undefined> => {
      const [copy, row] = [await copies.get(file, version), old.get(file, version)];
      if (copy === undefined || row === undefined || copy === row) return copy ?? row;
      conflict({ file, version });
      // Both cannot be what was accepted. The commit behind them says which was; else the copy is harder to forge.
      const next = previousHashIn(await copies.get(file, version + 1)) ?? previousHashIn(old.get(file, version + 1));
      return next !== undefined && next !== hashOf(copy) && next === hashOf(row) ? row : copy;
    },
  };
}

async function* withoutCopy(copies: IndexedCopies, old: ReadOut): AsyncGenerator<Ring> {
  for (const { file, versions } of old.files()) {
    const missing: number[] = [];
    for (const version of versions) if ((await copies.get(file, version)) === undefined) missing.push(version);
    if (missing.length > 0) yield { file, versions: missing };
  }
}

/** Fills a new town from copies and an old data file. What has a copy was announced, and counts as handled. */
async function fill(under: string, copies: IndexedCopies, old: ReadOut): Promise<Omit<Mended, 'kept'>> {
  const conflicts = new Map<string, Place>();
  const source = together(copies, old, (place) => conflicts.set(`${place.file} ${place.version}`, place));
  const town = openSqliteTown({ folder: under });
  try {
    const copied = await town.door(async () => {
      const done = await restore({ commits: town.commits, copies: source, copied: copies.files() });
      town.setHandledThrough(town.lastAccepted());
      return done;
    });
    const rest = await town.door(() =>
      restore({ commits: town.commits, copies: source, copied: withoutCopy(copies, old) }),
    );
    for (const one of old.aside) town.aside.put(one);
    await town.durable();
    for (const place of [...copied.conflicts, ...rest.conflicts])
      conflicts.set(`${place.file} ${place.version}`, place);
    return { commits: copied.commits + rest.commits, readOut: rest.commits, conflicts: [...conflicts.values()] };
  } finally {
    await town.close();
  }
}

/**
 * Makes the data file of a folder anew, from its copies and from what can still be read of the old file, which is kept under
 * another name. What has no copy yet the next start announces and copies. Whoever calls has claimed the folder. Killed in
 * the middle it leaves a folder on which nothing starts, and may be called again.
 */
export async function mendFolder(folder: string, now: () => Instant): Promise<Mended> {
  const begun = await readUnfinishedRestore(folder);
  const stamp = now().slice(0, 19).replaceAll(':', '-');
  const kept = begun?.from === 'copies' ? begun.kept : `${damagedPrefix}${stamp}-${townName}`;
  await beginRestore(folder, { from: 'copies', kept });
  const under = join(folder, 'restoring');
  await rm(under, { recursive: true, force: true });
  await mkdir(under, { mode: 0o700 });
  // Begun before, the old file may have its new name already.
  const moved = await isThere(join(folder, kept));
  const oldName = moved ? kept : townName;
  const there = await isThere(join(folder, oldName));

  const oldTown = there ? openOld(join(folder, oldName)) : undefined;
  const copies = await indexCopies(join(folder, 'copies'));
  const old = readOut(oldTown);
  let filled: Omit<Mended, 'kept'>;
  try {
    filled = await fill(under, copies, old);
  } finally {
    old.close();
    copies.close();
    oldTown?.close();
  }
  if (there && !moved) await moveTown(folder, townName, kept);
  await rename(join(under, townName), join(folder, townName));
  await syncFolder(folder);
  await rm(under, { recursive: true, force: true });
  await endRestore(folder);
  return { ...filled, kept: there ? kept : undefined };
}
