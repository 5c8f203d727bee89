import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Copies } from '@dandang/accept/bus-events.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import * as z from 'zod/mini';
import { copiesIn } from '../copies-journal.ts';
import { isMissing } from '../durable-file.ts';
import { copyOfOneCommit, filesWithCopies } from '../release-0-1-0.ts';

/** All copies of a data folder, found by file and version as a bucket finds them: the journals and what release 0.1.0 left. */
export interface IndexedCopies extends Pick<Copies, 'get'> {
  readonly files: () => AsyncGenerator<Ring>;
  readonly count: number;
  readonly close: () => void;
}

const place = z.object({ journal: z.nullable(z.string()), offset: z.number(), length: z.number() });
const versionsOf = z.object({ file: z.string(), versions: z.string() });
const listed = z.array(z.number());
const perSlice = 200;

/**
 * Reads every copy once and remembers where it lies, in a temporary database that the system takes away: so that as many
 * may be there as the disk holds.
 */
export async function indexCopies(folder: string): Promise<IndexedCopies> {
  const db = new DatabaseSync('');
  db.exec(`CREATE TABLE copies (file TEXT, version INTEGER, journal TEXT, "offset" INTEGER, length INTEGER,
    PRIMARY KEY (file, version)) WITHOUT ROWID; BEGIN;`);
  // A commit may be copied twice: its first copy counts.
  const remember = db.prepare('INSERT OR IGNORE INTO copies VALUES (?, ?, ?, ?, ?)');
  const find = db.prepare('SELECT journal, "offset", length FROM copies WHERE file = ? AND version = ?');
  const some = db.prepare(`SELECT file, json_group_array(version) AS versions FROM copies WHERE file > ?
    GROUP BY file ORDER BY file LIMIT ${perSlice}`);
  let count = 0;
  const keep = (...values: [string, number, string | null, number, number]): void => {
    count += Number(remember.run(...values).changes);
  };
  try {
    for await (const { file, versions } of filesWithCopies(folder))
      for (const version of versions) keep(file, version, null, 0, 0);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  for await (const { file, version, journal, offset, length } of copiesIn(folder))
    keep(file, version, journal, offset, length);
  db.exec('COMMIT');

  const open = new Map<string, number>();
  const bytesIn = (journal: string, offset: number, length: number): string => {
    const descriptor = open.get(journal) ?? openSync(join(folder, journal), 'r');
    open.set(journal, descriptor);
    const bytes = Buffer.alloc(length);
    readSync(descriptor, bytes, 0, length, offset);
    return bytes.toString('utf8');
  };
  // Read without letting go of the turn, so that what is filled from copies goes into few transactions.
  return {
    get: (file, version) => {
      const found = place.safeParse(find.get(file, version));
      if (!found.success) return Promise.resolve(undefined);
      const { journal, offset, length } = found.data;
      if (journal !== null) return Promise.resolve(bytesIn(journal, offset, length));
      return Promise.resolve(readFileSync(copyOfOneCommit(folder, file, version), 'utf8'));
    },
    files: async function* () {
      for (let after = ''; ;) {
        const rows = some.all(after).map((row) => versionsOf.parse(row));
        if (rows.length === 0) return;
        for (const { file, versions } of rows) yield { file, versions: listed.parse(JSON.parse(versions)) };
        after = rows.at(-1)?.file ?? after;
        await setImmediate();
      }
    },
    count,
    close: () => {
      for (const descriptor of open.values()) closeSync(descriptor);
      db.close();
    },
  };
}
