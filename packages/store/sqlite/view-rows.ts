import type { SQLInputValue } from 'node:sqlite';
import * as z from 'zod/mini';
import { ItemUnreadable } from '../item.ts';
import type { RowKey } from '../keys.ts';
import {
  indexedRow,
  itemOf,
  listedOf,
  pageOf,
  rowOf,
  startOf,
  storedRow,
  type ViewRow,
  type ViewStore,
} from '../view-store.ts';
import type { Prepared } from './connection.ts';
import type { Groups } from './groups.ts';
import { keptRows } from './kept-rows.ts';

const table = 'views';
const columns = 'pk, sk, version, json, list, at, brief';

/** A column that holds nothing is null in SQLite and absent everywhere else. */
const withoutNulls = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

function readRow<T>(schema: z.core.$ZodType<T>, row: Readonly<Record<string, unknown>>): T {
  const parsed = z.safeParse(schema, withoutNulls(row));
  if (parsed.success) return parsed.data;
  throw new ItemUnreadable(table, `${String(row['pk'])} ${String(row['sk'])}`);
}

/** A row as it is stored; made before anything is written, because it may throw RowTooLarge or ZodError. */
export interface RowToPut extends RowKey {
  readonly values: readonly SQLInputValue[];
}

export function rowToPut(row: ViewRow): RowToPut {
  const { pk, sk, version, json, list = null, at = null, brief = null } = itemOf(row);
  return { pk, sk, values: [pk, sk, version, json, list, at, brief] };
}

const upsert = `INSERT INTO views (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (pk, sk) DO UPDATE SET version = excluded.version, json = excluded.json, list = excluded.list,
at = excluded.at, brief = excluded.brief WHERE excluded.version >= views.version`;

/** What is kept of rows in memory, in characters of JSON; parsed it takes some four times as many bytes. */
const mostKept = 4_000_000;

/** The read models in SQLite, and what its engine needs beside the stores' interface. */
export interface SqliteViews {
  readonly store: ViewStore;
  /** Puts a row within an open group; false where one of a higher version is there. */
  readonly putRow: (row: RowToPut) => boolean;
  readonly forget: () => void;
}

const nameOf = ({ pk, sk }: RowKey): string => JSON.stringify([pk, sk]);

/** Places compare byte by byte, which is SQLite's own order of text. */
function pageSql(from: boolean, through: boolean, behind: boolean, descending: boolean): string {
  const direction = descending ? 'DESC' : 'ASC';
  return `SELECT pk, sk, list, at, brief FROM views WHERE list = ?
${from ? 'AND at >= ?' : ''} ${through ? 'AND at <= ?' : ''}
${behind ? `AND (at, pk, sk) ${descending ? '<' : '>'} (?, ?, ?)` : ''}
ORDER BY at ${direction}, pk ${direction}, sk ${direction} LIMIT ?`;
}

/** The read models in SQLite. Everything is as of now. */
export function sqliteViews(db: () => Prepared, { read, write }: Pick<Groups, 'read' | 'write'>): SqliteViews {
  const kept = keptRows(mostKept);
  const found = <T>(key: RowKey, schema: z.core.$ZodType<T>): ViewRow<T> | undefined => {
    const known = kept.get(key, schema);
    if (known !== undefined) return known;
    const { pk, sk } = key;
    const row = read(() => db().statement(`SELECT ${columns} FROM views WHERE pk = ? AND sk = ?`).get(pk, sk));
    if (row === undefined) return undefined;
    const stored = readRow(storedRow, row);
    return kept.keep(rowOf(table, stored, schema), schema, stored.json.length + (stored.brief?.length ?? 0));
  };
  const putRow = (row: RowToPut): boolean => {
    kept.drop(row);
    return (
      db()
        .statement(upsert)
        .run(...row.values).changes > 0
    );
  };

  // Every method is async, so that what it throws rejects as it does in the cloud.
  /* eslint-disable @typescript-eslint/require-await */
  const store: ViewStore = {
    put: async (row) => {
      const item = rowToPut(row);
      return write(() => putRow(item)) ? 'written' : 'newer-exists';
    },
    get: async (pk, sk, schema) => found({ pk, sk }, schema),
    getMany: async (keys, schema) =>
      [...new Map(keys.map((key) => [nameOf(key), key])).values()].flatMap((key) => found(key, schema) ?? []),
    rows: async (pk, schema) =>
      read(() => db().statement(`SELECT ${columns} FROM views WHERE pk = ? ORDER BY sk`).all(pk)).map((row) =>
        rowOf(table, readRow(storedRow, row), schema),
      ),
    list: async (list, { from, through, limit, cursor, descending = false }, schema) => {
      const start = startOf(list, { from, through, limit, cursor });
      // A cursor lies within the range. Beside the end that it begins at, SQLite would look for that end and go over
      // every row up to the cursor.
      const low = start === undefined || descending ? from : undefined;
      const high = start === undefined || !descending ? through : undefined;
      const sql = pageSql(low !== undefined, high !== undefined, start !== undefined, descending);
      const values: SQLInputValue[] = [list];
      if (low !== undefined) values.push(low);
      if (high !== undefined) values.push(high);
      if (start !== undefined) values.push(start.at, start.pk, start.sk);
      const rows = read(() =>
        db()
          .statement(sql)
          .all(...values, limit + 1),
      );
      return pageOf(
        rows.map((row) => listedOf(table, readRow(indexedRow, row), schema)),
        limit,
      );
    },
  };
  /* eslint-enable @typescript-eslint/require-await */
  return { store, putRow, forget: kept.forget };
}
