import type * as z from 'zod/mini';
import type { RowKey } from '../keys.ts';
import type { ViewRow } from '../view-store.ts';

/** Rows that were read lately, as their readers' schema made them; nobody can change what is kept. */
export interface KeptRows {
  /** Undefined where it is not kept, or was read by another schema. */
  readonly get: <T>(key: RowKey, schema: z.core.$ZodType<T>) => ViewRow<T> | undefined;
  /** @param size in characters of JSON. */
  readonly keep: <T>(row: ViewRow<T>, schema: z.core.$ZodType<T>, size: number) => ViewRow<T>;
  readonly drop: (key: RowKey) => void;
  readonly forget: () => void;
}

interface Entry {
  readonly row: ViewRow;
  readonly size: number;
}

/** Which schema made a row. */
const makers = new WeakMap<ViewRow, z.core.$ZodType>();
const isMadeBy = <T>(row: ViewRow, schema: z.core.$ZodType<T>): row is ViewRow<T> => makers.get(row) === schema;

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

/** @param most how many characters of JSON are kept in all; what was not asked for the longest goes first. */
export function keptRows(most: number): KeptRows {
  const rows = new Map<string, Entry>();
  let size = 0;
  const nameOf = ({ pk, sk }: RowKey): string => `${pk}\n${sk}`;
  const drop = (name: string): void => {
    size -= rows.get(name)?.size ?? 0;
    rows.delete(name);
  };
  return {
    get: (key, schema) => {
      const name = nameOf(key);
      const entry = rows.get(name);
      if (entry === undefined || !isMadeBy(entry.row, schema)) return undefined;
      rows.delete(name);
      rows.set(name, entry);
      return entry.row;
    },
    keep: (row, schema, itsSize) => {
      const name = nameOf(row);
      drop(name);
      freeze(row);
      makers.set(row, schema);
      rows.set(name, { row, size: itsSize });
      size += itsSize;
      for (const oldest of rows.keys()) {
        if (size <= most) break;
        drop(oldest);
      }
      return row;
    },
    drop: (key) => drop(nameOf(key)),
    forget: () => {
      rows.clear();
      size = 0;
    },
  };
}
