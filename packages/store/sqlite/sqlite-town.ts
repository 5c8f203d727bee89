import { join } from 'node:path';
import * as z from 'zod/mini';
import type { StoredCommit } from '../commit-store.ts';
import { viewsEdition } from '../tables.ts';
import type { Alongside, AcceptedCommit, AsideFile, Town } from '../town.ts';
import { type Connect, connect, openingError, prepared, readingError } from './connection.ts';
import { type Appending, sqliteCommits } from './file-commits.ts';
import { type Groups, groups } from './groups.ts';
import type { Room } from './reserve.ts';
import { type RowToPut, rowToPut, sqliteViews } from './view-rows.ts';

export interface SqliteTownSettings {
  /** Where `town.sqlite` lies; on a local disk. */
  readonly folder: string;
  /** What else a commit's transaction writes; without it no rows are kept. */
  readonly alongside?: Alongside | undefined;
  /** Hears of a file whose rows could not be made; it is set aside. */
  readonly onAside?: ((file: string, error: unknown) => void) | undefined;
  readonly open?: Connect;
  /** The room on its disk; without it a full disk is noticed when a transaction does not fit. */
  readonly room?: Pick<Room, 'isFull' | 'giveUp'> | undefined;
}

const unmeasured: Pick<Room, 'isFull' | 'giveUp'> = { isFull: () => false, giveUp: () => undefined };

/** Who could not handle a file whose projection throws. */
const projecting = 'views';
const handled = 'handled-through';
const edition = 'views-edition';
/** How long the mark waits for a group to go along with, in milliseconds. */
const markWaits = 1000;
/** So many files are projected in one transaction when the views are built anew. */
const filesPerGroup = 500;

const numberRow = z.object({ value: z.nullable(z.number()) });
const accepted = z.object({ seq: z.number(), file: z.string(), version: z.number() });
const asideRow = z.object({ consumer: z.string(), file: z.string(), version: z.number() });
const matterRow = z.object({ matter: z.string() });

/**
 * Opens the town of a folder; made where there is none. Views of another edition are built anew before it is given. Throws
 * DataUnreadable where it cannot be opened, and DataDamaged out of whatever reads what is damaged later.
 */
export function openSqliteTown(settings: SqliteTownSettings): Town {
  const path = join(settings.folder, 'town.sqlite');
  try {
    return openTown(path, settings);
  } catch (error) {
    throw openingError(path, error);
  }
}

function openTown(path: string, { alongside, onAside, open = connect, room = unmeasured }: SqliteTownSettings): Town {
  let db = prepared(open, path, room.isFull());
  const number = (sql: string, ...values: string[]): number =>
    numberRow.parse(db.statement(sql).get(...values) ?? { value: 0 }).value ?? 0;
  const fact = (name: string): number => number('SELECT value FROM facts WHERE name = ?', name);
  const setFact = (name: string, value: number): void => {
    db.statement('INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
      name,
      value,
    );
  };

  let lastSeq = number('SELECT MAX(seq) AS value FROM commits');
  let mark = fact(handled);
  let markOnDisk = mark;
  const aside = new Map<string, AsideFile>();
  const asideName = ({ consumer, file }: Pick<AsideFile, 'consumer' | 'file'>): string => `${consumer} ${file}`;
  const readAside = (): void => {
    const rows = db.statement('SELECT consumer, file, version FROM aside').all();
    aside.clear();
    for (const row of rows.map((one) => asideRow.parse(one))) aside.set(asideName(row), row);
  };
  readAside();

  let closed = false;
  const turn = groups({
    exec: (sql) => db.exec(sql),
    beforeCommit: () => {
      if (mark === markOnDisk) return;
      setFact(handled, mark);
      markOnDisk = mark;
    },
    forget: () => {
      commits.forget();
      views.forget();
      // Read again from the disk when it is next needed: the group may have set it.
      markOnDisk = -1;
      readAside();
    },
    restart: () => {
      if (closed) throw new Error('the engine is closed');
      try {
        db.close();
      } catch {
        // It was closed by a restart before, which went no further.
      }
      db = prepared(open, path, room.isFull());
      // What a failed sync left in the log must not lie below what is written next.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    isFull: room.isFull,
    isMakeshift: () => db.makeshift,
    makeRoom: room.giveUp,
  });

  const read: Groups['read'] = (does) =>
    turn.read(() => {
      try {
        return does();
      } catch (error) {
        throw readingError(error);
      }
    });

  const putAside = (one: AsideFile): void => {
    const before = aside.get(asideName(one));
    if (before !== undefined && before.version <= one.version) return;
    aside.set(asideName(one), one);
    db.statement('INSERT INTO aside VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version').run(
      one.consumer,
      one.file,
      one.version,
    );
  };
  const removeAside = (one: Pick<AsideFile, 'consumer' | 'file'>): void => {
    if (!aside.delete(asideName(one))) return;
    db.statement('DELETE FROM aside WHERE consumer = ? AND file = ?').run(one.consumer, one.file);
  };

  /** The rows that a commit changes, or what keeps them from being made. */
  function rowsOf(commit: StoredCommit): readonly RowToPut[] | { readonly failed: unknown } {
    if (alongside === undefined) return [];
    const { matter, version } = commit;
    const known = aside.has(asideName({ consumer: projecting, file: matter })) ? 0 : version - 1;
    try {
      const file = () => commits.fileWith(commit);
      return alongside(matter, file, known).map(rowToPut);
    } catch (error) {
      return { failed: error };
    }
  }

  const listeners: (() => void)[] = [];
  const appending: Appending = (commit) => {
    const rows = rowsOf(commit);
    return {
      beside: () => {
        if ('failed' in rows) putAside({ consumer: projecting, file: commit.matter, version: commit.version });
        else {
          for (const row of rows) views.putRow(row);
          removeAside({ consumer: projecting, file: commit.matter });
        }
      },
      done: () => {
        if ('failed' in rows) onAside?.(commit.matter, rows.failed);
        for (const listener of listeners) listener();
      },
    };
  };
  const commits = sqliteCommits(
    () => db,
    { read, write: turn.write },
    () => (lastSeq += 1),
    appending,
  );
  const views = sqliteViews(() => db, { read, write: turn.write });

  const allRowsOf = (file: string): readonly RowToPut[] =>
    alongside?.(file, () => commits.file(file).commits(), 0).map(rowToPut) ?? [];
  const project = (file: string): void => {
    const rows = allRowsOf(file);
    turn.write(() => {
      for (const row of rows) views.putRow(row);
      removeAside({ consumer: projecting, file });
    });
  };

  function buildViews(): void {
    db.exec('BEGIN IMMEDIATE; DELETE FROM views; COMMIT;');
    const files = db.statement('SELECT DISTINCT matter FROM commits').all();
    for (const [index, row] of files.entries()) {
      const { matter } = matterRow.parse(row);
      try {
        project(matter);
      } catch (error) {
        turn.write(() => putAside({ consumer: projecting, file: matter, version: 1 }));
        onAside?.(matter, error);
      }
      if (index % filesPerGroup === 0) turn.flush();
    }
    turn.write(() => setFact(edition, viewsEdition));
    turn.flush();
  }
  if (alongside !== undefined && fact(edition) !== viewsEdition) buildViews();

  const bringMark = (): void => {
    try {
      if (mark !== markOnDisk) turn.apart(() => turn.write(() => undefined));
    } catch {
      // It goes along with a later group, or what lies behind it is handled once more.
    }
  };
  let markTimer: NodeJS.Timeout | undefined;
  return {
    commits: commits.store,
    views: views.store,
    durable: turn.durable,
    door: turn.door,
    acceptedAfter: (seq, limit) =>
      read(() =>
        db
          .statement('SELECT seq, matter AS file, version FROM commits WHERE seq > ? ORDER BY seq LIMIT ?')
          .all(seq, limit),
      ).map((row): AcceptedCommit => accepted.parse(row)),
    lastAccepted: () => lastSeq,
    onAccepted: (listener) => void listeners.push(listener),
    handledThrough: () => mark,
    setHandledThrough: (seq) => {
      mark = seq;
      markTimer ??= setTimeout(() => {
        markTimer = undefined;
        bringMark();
      }, markWaits).unref();
    },
    isHandled: (file, version) => {
      const sql = 'SELECT seq AS value FROM commits WHERE matter = ? AND version = ?';
      const row = read(() => db.statement(sql).get(file, version));
      return row !== undefined && (numberRow.parse(row).value ?? 0) <= mark;
    },
    aside: {
      all: () => [...aside.values()],
      put: (one) => turn.apart(() => turn.write(() => putAside(one))),
      remove: (one) => {
        if (aside.has(asideName(one))) turn.apart(() => turn.write(() => removeAside(one)));
      },
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- what it throws rejects, as everywhere
    project: async (file) => project(file),
    close: async () => {
      clearTimeout(markTimer);
      bringMark();
      turn.flush();
      await turn.durable().catch(() => undefined);
      closed = true;
      db.close();
    },
  };
}
