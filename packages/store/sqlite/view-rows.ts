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

/** What a row is stored as; made before anything is written, because it may throw RowTooLarge or ZodError. */
export type RowToPut = readonly SQLInputValue[];

export function rowToPut(row: ViewRow): RowToPut {
  const { pk, sk, version, json, list = null, at = null, brief = null } = itemOf(row);
  return [pk, sk, version, json, list, at, brief];
}

const upsert = `INSERT INTO views (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (pk, sk) DO UPDATE SET version = excluded.version, json = excluded.json, list = excluded.list,
at = excluded.at, brief = excluded.brief WHERE excluded.version >= views.version`;

/** Puts a row within an open group; false where one of a higher version is there. */
export const putRow = (db: Prepared, row: RowToPut): boolean => db.statement(upsert).run(...row).changes > 0;

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
export function sqliteViews(db: () => Prepared, { read, write }: Pick<Groups, 'read' | 'write'>): ViewStore {
  const getOne = ({ pk, sk }: RowKey): Record<string, unknown> | undefined =>
    read(() => db().statement(`SELECT ${columns} FROM views WHERE pk = ? AND sk = ?`).get(pk, sk));
  const found = <T>(key: RowKey, schema: z.core.$ZodType<T>): ViewRow<T> | undefined => {
    const row = getOne(key);
    return row === undefined ? undefined : rowOf(table, readRow(storedRow, row), schema);
  };

  // Every method is async, so that what it throws rejects as it does in the cloud.
  /* eslint-disable @typescript-eslint/require-await */
  return {
    put: async (row) => {
      const item = rowToPut(row);
      return write(() => putRow(db(), item)) ? 'written' : 'newer-exists';
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
}
