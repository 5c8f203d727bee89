import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { DataDamaged } from '../town.ts';
import { primaryCode } from './error-code.ts';

/** The parts of Node's SQLite that an engine uses, so that a test can let one of them fail. */
export type Connection = Pick<DatabaseSync, 'exec' | 'prepare' | 'close'>;

/** Opens a file for an engine; called again when the engine is restarted. */
export type Connect = (path: string) => Connection;

export const connect: Connect = (path) => new DatabaseSync(path);

/**
 * Commits in the order in which they were accepted (`seq`), rows of the read models as DynamoDB has them, the mark up to
 * which everything was announced and copied (`facts`), and files that somebody could not handle. `user_version` counts up
 * when this changes.
 */
const schema = `
CREATE TABLE commits (
  seq INTEGER PRIMARY KEY, matter TEXT NOT NULL, version INTEGER NOT NULL, at TEXT NOT NULL, day TEXT NOT NULL,
  hash TEXT NOT NULL, "commit" TEXT NOT NULL, UNIQUE (matter, version)
) STRICT;
CREATE INDEX commits_by_day ON commits (day, at, matter, version);
CREATE TABLE views (
  pk TEXT NOT NULL, sk TEXT NOT NULL, version INTEGER NOT NULL, json TEXT NOT NULL, list TEXT, at TEXT, brief TEXT,
  PRIMARY KEY (pk, sk)
) STRICT, WITHOUT ROWID;
CREATE INDEX views_listing ON views (list, at, pk, sk) WHERE list IS NOT NULL;
CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE aside (
  consumer TEXT NOT NULL, file TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (consumer, file)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
`;

/** What `user_version` says of a data file that this release writes. */
export const schemaVersion = 1;

/** The data file was written by a newer release, which this one must not touch. */
export class NewerData extends Error {
  override readonly name = 'NewerData';
}

/** The data file cannot be opened: nobody may write it, or it is no database that can be read. */
export class DataUnreadable extends Error {
  override readonly name = 'DataUnreadable';
  readonly why: 'read-only' | 'damaged';

  constructor(path: string, why: 'read-only' | 'damaged', cause: unknown) {
    super(`${path} cannot be opened: ${why}`, { cause });
    this.why = why;
  }
}

/** SQLITE_PERM, READONLY, CANTOPEN; SQLITE_CORRUPT, NOTADB (https://sqlite.org/rescode.html). */
const codes = { 'read-only': [3, 8, 14], damaged: [11, 26] };

/** The error as whoever starts a service wants it. */
export function openingError(path: string, error: unknown): unknown {
  const code = primaryCode(error) ?? 0;
  if (codes['read-only'].includes(code)) return new DataUnreadable(path, 'read-only', error);
  return codes.damaged.includes(code) ? new DataUnreadable(path, 'damaged', error) : error;
}

/** The error of a statement: DataDamaged where the file does not hold what was written. */
export function readingError(error: unknown): unknown {
  if (!codes.damaged.includes(primaryCode(error) ?? 0)) return error;
  return new DataDamaged('a page of town.sqlite is damaged', { cause: error });
}

/** A connection with its statements; they go when it is closed. */
export interface Prepared {
  /** Nobody else can read the file meanwhile: there was no room for the log's index, which is kept in memory. */
  readonly makeshift: boolean;
  readonly exec: (sql: string) => void;
  /** A statement, prepared when it is first used. */
  readonly statement: (sql: string) => StatementSync;
  readonly close: () => void;
}

function opened(open: Connect, path: string): Connection {
  try {
    return open(path);
  } catch (error) {
    throw openingError(path, error);
  }
}

/** SQLITE_IOERR, FULL, CANTOPEN: what opening a file on a full disk ends with (https://sqlite.org/rescode.html). */
const noRoom = [10, 13, 14];

function ready(connection: Connection, makeshift: boolean): void {
  // Must come before the log is looked at.
  if (makeshift) connection.exec('PRAGMA locking_mode = EXCLUSIVE;');
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
  connection.exec('PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;');
  const version = Number(connection.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > schemaVersion) throw new NewerData('the data was written by a newer release');
  if (version === 0) connection.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
}

/**
 * Opens a data file, made where it is not there: WAL, and every COMMIT waits for the disk.
 * @param full whether its disk has no room: then it is opened all the same, to be read.
 */
export function prepared(open: Connect, path: string, full = false): Prepared {
  let connection = opened(open, path);
  let makeshift = false;
  try {
    try {
      ready(connection, false);
    } catch (error) {
      if (!full || !noRoom.includes(primaryCode(error) ?? 0)) throw error;
      connection.close();
      connection = opened(open, path);
      makeshift = true;
      ready(connection, true);
    }
  } catch (error) {
    connection.close();
    throw openingError(path, error);
  }
  const statements = new Map<string, StatementSync>();
  return {
    makeshift,
    exec: (sql) => connection.exec(sql),
    statement: (sql) => {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const made = connection.prepare(sql);
      statements.set(sql, made);
      return made;
    },
    close: () => {
      statements.clear();
      connection.close();
    },
  };
}
