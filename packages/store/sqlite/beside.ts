import { DatabaseSync } from 'node:sqlite';
import { hashOf, unseal } from '@dandang/casework/commit.ts';
import * as z from 'zod/mini';
import { type StoredCommit, storedCommit } from '../commit-store.ts';
import { type AsideFile, DataDamaged } from '../town.ts';
import { DataUnreadable, NewerData, openingError, readingError, schemaVersion } from './connection.ts';

/** A commit as its row says it, in the order of acceptance. */
export interface RowOfCommit extends StoredCommit {
  readonly seq: number;
  /** Its bytes are those that were hashed. */
  readonly whole: boolean;
}

/** A data file read by another program than the service, beside it or without any: nothing of it is changed. */
export interface Beside {
  /** The commits of a file as they lie there, whatever their hashes. Throws DataDamaged where a page is. */
  readonly read: (file: string) => StoredCommit[];
  /**
   * Every commit that a page gives, by sequence number, in slices of which each is a transaction of its own; a row whose
   * page is damaged is left out, and `unreadable` hears of its number. At most so many are tried behind the last that was
   * read where the file does not say how many there are.
   */
  readonly everyCommit: (unreadable: (seq: number) => void) => Generator<readonly RowOfCommit[]>;
  /** The bytes of one commit. Throws DataDamaged where its page is. */
  readonly commitAt: (seq: number) => string | undefined;
  /** The files that sequence numbers belong to, as the rows or else the index say it, as far as they can be read. */
  readonly ownersOf: (seqs: ReadonlySet<number>) => string[];
  /** Every file that the index of versions or, where that is damaged, the commits themselves name. */
  readonly files: () => Generator<string>;
  /** Up to which sequence number all was announced and copied, as the disk has it. */
  readonly handledThrough: () => number;
  readonly seqOf: (file: string, version: number) => number | undefined;
  readonly aside: () => AsideFile[];
  /** What SQLite finds wrong with pages and indexes, in its own words; nothing where all is well. It may take long. */
  readonly faults: () => string[];
  /** Writes a whole copy of the data file as of now, with a mark that is no later than that; gives its number of commits. */
  readonly snapshotInto: (path: string, handledThrough: number) => number;
  readonly close: () => void;
}

const perSlice = 200;
/** So many numbers are tried behind the last that could be read, where the file does not say what its newest is. */
const furthest = 100_000;
const mostFaults = 1000;

const numberRow = z.object({ value: z.nullable(z.number()) });
const commitRow = z.extend(storedCommit, { seq: z.number() });
const asideRow = z.object({ consumer: z.string(), file: z.string(), version: z.number() });
const ownerRow = z.object({ matter: z.string(), seq: z.number() });
const faultRow = z.object({ integrity_check: z.string() });

type Row = Readonly<Record<string, unknown>>;

/** Opens a data file for reading. Throws DataUnreadable where it is no database of ours that can be read, and NewerData. */
export function openBeside(path: string): Beside {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    db.exec('PRAGMA busy_timeout = 5000;');
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > schemaVersion) throw new NewerData('the data was written by a newer release');
    if (version === 0) throw new DataUnreadable(path, 'damaged', undefined);
    return beside(db);
  } catch (error) {
    db?.close();
    throw openingError(path, error);
  }
}

const columns = 'seq, matter, version, "commit", hash, day, at';

/** A row as it says of itself, and whether it says what was hashed; undefined where it is no commit at all. */
function rowOf(row: Row): RowOfCommit | undefined {
  const parsed = z.safeParse(commitRow, row);
  if (!parsed.success) return undefined;
  const { commit, hash, matter, version, at } = parsed.data;
  try {
    const said = unseal({ commit });
    const itself = said.matter === matter && said.version === version && said.at === at;
    return { ...parsed.data, whole: itself && hashOf(commit) === hash };
  } catch {
    return { ...parsed.data, whole: false };
  }
}

function orElse<T, U>(does: () => T, otherwise: U): T | U {
  try {
    return does();
  } catch {
    return otherwise;
  }
}

function beside(db: DatabaseSync): Beside {
  const reading = <T>(does: () => T): T => {
    try {
      return does();
    } catch (error) {
      throw readingError(error);
    }
  };
  const ofFile = db.prepare(`SELECT ${columns} FROM commits WHERE matter = ? ORDER BY version`);
  const slice = db.prepare(`SELECT ${columns} FROM commits WHERE seq > ? ORDER BY seq LIMIT ${perSlice}`);
  const bySeq = db.prepare(`SELECT ${columns} FROM commits WHERE seq = ?`);
  const placeOf = db.prepare('SELECT seq AS value FROM commits WHERE matter = ? AND version = ?');
  const numberIn = (sql: string): number | null => numberRow.parse(db.prepare(sql).get() ?? { value: 0 }).value;

  function* everyCommit(unreadable: (seq: number) => void): Generator<readonly RowOfCommit[]> {
    const newest = orElse(() => numberIn('SELECT MAX(seq) AS value FROM commits') ?? 0, undefined);
    let [tried, lastRead] = [0, 0];
    const read = (seq: number, row: Row): RowOfCommit[] => {
      lastRead = seq;
      const one = rowOf(row);
      if (one === undefined) unreadable(seq);
      return one === undefined ? [] : [one];
    };
    const byItself = (seq: number): RowOfCommit[] => {
      try {
        const row = bySeq.get(seq);
        return row === undefined ? [] : read(seq, row);
      } catch {
        if (newest !== undefined) unreadable(seq);
        return [];
      }
    };
    for (;;) {
      const rows = orElse(() => slice.all(tried), undefined);
      if (rows === undefined) {
        // A page of these is damaged: each is tried by itself, as the others can be read.
        const last = Math.min(tried + perSlice, newest ?? lastRead + furthest);
        if (last <= tried) return;
        const found: RowOfCommit[] = [];
        while (tried < last) found.push(...byItself((tried += 1)));
        yield found;
      } else {
        if (rows.length === 0) return;
        yield rows.flatMap((row) => read((tried = Number(row['seq'])), row));
      }
    }
  }

  const ownersOf = (seqs: ReadonlySet<number>): string[] => {
    const found = new Set<string>();
    for (const seq of seqs) {
      const owner = orElse(() => ownerRow.safeParse(bySeq.get(seq)).data, undefined);
      if (owner !== undefined) found.add(owner.matter);
    }
    if (seqs.size === 0) return [];
    const named = 'SELECT matter, seq FROM commits INDEXED BY sqlite_autoindex_commits_1 ORDER BY matter, version';
    try {
      for (const row of db.prepare(named).iterate()) {
        const owner = ownerRow.safeParse(row);
        if (owner.success && seqs.has(owner.data.seq)) found.add(owner.data.matter);
      }
    } catch {
      // What the index says up to its damaged page.
    }
    return [...found];
  };

  function* files(): Generator<string> {
    let after = '';
    try {
      for (;;) {
        const sql = `SELECT DISTINCT matter FROM commits WHERE matter > ? ORDER BY matter LIMIT ${perSlice}`;
        const rows = db.prepare(sql).all(after);
        if (rows.length === 0) return;
        for (const row of rows) yield (after = String(row['matter']));
      }
    } catch {
      for (const rows of everyCommit(() => undefined)) for (const { matter } of rows) yield matter;
    }
  }

  return {
    read: (file) =>
      reading(() => ofFile.all(file)).map((row) => {
        const one = rowOf(row);
        if (one === undefined) throw new DataDamaged('a row is no commit');
        const { matter, version, commit, hash, day, at } = one;
        return { matter, version, commit, hash, day, at };
      }),
    everyCommit,
    commitAt: (seq) => reading(() => commitRow.safeParse(bySeq.get(seq)).data?.commit),
    ownersOf,
    files,
    handledThrough: () => reading(() => numberIn("SELECT value FROM facts WHERE name = 'handled-through'") ?? 0),
    seqOf: (file, version) => reading(() => numberRow.safeParse(placeOf.get(file, version)).data?.value ?? undefined),
    aside: () =>
      reading(() => db.prepare('SELECT consumer, file, version FROM aside').all()).map((row) => asideRow.parse(row)),
    faults: () => {
      try {
        const rows = db.prepare(`PRAGMA integrity_check(${mostFaults})`).all();
        return rows.map((row) => faultRow.parse(row).integrity_check).filter((said) => said !== 'ok');
      } catch (error) {
        return [error instanceof Error ? error.message : 'cannot be read'];
      }
    },
    snapshotInto: (to, mark) => {
      reading(() => db.prepare('VACUUM INTO ?').run(to));
      const copy = new DatabaseSync(to);
      try {
        copy.prepare("UPDATE facts SET value = MIN(value, ?) WHERE name = 'handled-through'").run(mark);
        return Number(copy.prepare('SELECT COUNT(*) AS value FROM commits').get()?.['value']);
      } finally {
        copy.close();
      }
    },
    close: () => db.close(),
  };
}
