import { type CommitKey, type CommitStore, CommitTooLarge, type StoredCommit } from '@dandang/store/commit-store.ts';
import { BadCursor } from '@dandang/store/cursor.ts';
import { ItemUnreadable, jsonBytes, largestJson } from '@dandang/store/item.ts';
import {
  type ListedRow,
  type ListOptions,
  RowTooLarge,
  type ViewRow,
  type ViewStore,
} from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';

/*
 * The two stores in memory, for tests that make thousands of runs. They hold to the same conditions as the tables;
 * memory-store.test.ts puts the same questions to them and to a real engine.
 */

const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export function memoryCommitStore(): CommitStore {
  const files = new Map<string, StoredCommit[]>();
  const fileOf = (matter: string): readonly StoredCommit[] => files.get(matter) ?? [];
  const sorted = (matter: string): StoredCommit[] => fileOf(matter).toSorted((a, b) => a.version - b.version);
  return {
    read: (matter, { from = 1 } = {}) => Promise.resolve(sorted(matter).filter((one) => one.version >= from)),
    readNewest: (matter, limit) => Promise.resolve(sorted(matter).toReversed().slice(0, limit)),
    append: (commit) => {
      const bytes = jsonBytes(commit.commit);
      if (bytes > largestJson) return Promise.reject(new CommitTooLarge(commit, bytes));
      const there = fileOf(commit.matter).find((one) => one.version === commit.version);
      if (there !== undefined) return Promise.resolve(there.hash === commit.hash ? 'appended' : 'version-taken');
      files.set(commit.matter, [...fileOf(commit.matter), { ...commit }]);
      return Promise.resolve('appended');
    },
    async *keysOn(day, { after } = {}) {
      await Promise.resolve();
      const place = ({ at, matter, version }: CommitKey): string =>
        `${at} ${matter} ${String(version).padStart(9, '0')}`;
      const keys = [...files.values()].flat().filter((one) => one.day === day);
      for (const { matter, version, at } of keys.sort((a, b) => bytewise(place(a), place(b))))
        if (after === undefined || bytewise(place({ matter, version, at }), place(after)) > 0)
          yield { matter, version, at };
    },
  };
}

const kept = z.object({ list: z.string(), at: z.string(), brief: z.optional(z.unknown()) });
/** What comes back is what JSON keeps of it. */
const asJson = (listing: unknown): z.infer<typeof kept> => kept.parse(JSON.parse(JSON.stringify(listing)));

interface KeptRow extends Omit<ViewRow, 'data'> {
  readonly json: string;
}

export function memoryViewStore(): ViewStore {
  const rows = new Map<string, KeptRow>();
  const name = (pk: string, sk: string): string => JSON.stringify([pk, sk]);
  const read = <T>({ json, ...row }: KeptRow, schema: z.core.$ZodType<T>): ViewRow<T> => {
    const parsed = z.safeParse(schema, JSON.parse(json));
    if (!parsed.success) throw new ItemUnreadable('views', `${row.pk} ${row.sk}`);
    return { ...row, data: parsed.data };
  };
  const listed = <T>({ pk, sk, listing }: KeptRow, schema: z.core.$ZodType<T>): ListedRow<T> => {
    const { list = '', at = '', brief } = listing ?? {};
    const parsed = z.safeParse(schema, brief);
    if (!parsed.success) throw new ItemUnreadable('views', `${pk} ${sk}`);
    return { pk, sk, listing: { list, at }, brief: parsed.data };
  };
  const listOf = (list: string, { from, through, descending = false }: ListOptions): KeptRow[] => {
    const found = [...rows.values()].filter(
      ({ listing }) =>
        listing?.list === list &&
        (from === undefined || bytewise(listing.at, from) >= 0) &&
        (through === undefined || bytewise(listing.at, through) <= 0),
    );
    found.sort(
      (a, b) => bytewise(a.listing?.at ?? '', b.listing?.at ?? '') || bytewise(name(a.pk, a.sk), name(b.pk, b.sk)),
    );
    return descending ? found.reverse() : found;
  };
  return {
    put: ({ data, ...row }) => {
      const json = JSON.stringify(data);
      const brief = row.listing?.brief;
      const bytes = jsonBytes(json) + jsonBytes(brief === undefined ? '' : JSON.stringify(brief));
      if (bytes > largestJson) return Promise.reject(new RowTooLarge(row, bytes));
      const there = rows.get(name(row.pk, row.sk));
      if (there !== undefined && there.version > row.version) return Promise.resolve('newer-exists');
      const listing = row.listing === undefined ? {} : { listing: asJson(row.listing) };
      rows.set(name(row.pk, row.sk), { ...row, ...listing, json });
      return Promise.resolve('written');
    },
    get: async (pk, sk, schema) => {
      await Promise.resolve();
      const row = rows.get(name(pk, sk));
      return row === undefined ? undefined : read(row, schema);
    },
    getMany: async (keys, schema) => {
      await Promise.resolve();
      const asked = new Set(keys.map(({ pk, sk }) => name(pk, sk)));
      return [...asked].flatMap((key) => {
        const row = rows.get(key);
        return row === undefined ? [] : [read(row, schema)];
      });
    },
    rows: async (pk, schema) => {
      await Promise.resolve();
      return [...rows.values()]
        .filter((row) => row.pk === pk)
        .sort((a, b) => bytewise(a.sk, b.sk))
        .map((row) => read(row, schema));
    },
    list: async (list, options, schema) => {
      await Promise.resolve();
      const all = listOf(list, options);
      // A cursor names the row before, which may have left the list meanwhile.
      const { cursor, limit, descending = false } = options;
      const start = cursor === undefined ? 0 : placeBehind(all, cursor, descending);
      const page = all.slice(start, start + limit);
      const last = page.at(-1);
      return {
        rows: page.map((row) => listed(row, schema)),
        ...(start + limit < all.length && last !== undefined ? { cursor: cursorOf(last) } : {}),
      };
    },
  };

  function cursorOf({ pk, sk, listing }: KeptRow): string {
    return Buffer.from(JSON.stringify([listing?.at ?? '', name(pk, sk)])).toString('base64url');
  }

  function placeBehind(all: readonly KeptRow[], cursor: string, descending: boolean): number {
    const parsed = z.safeParse(
      z.tuple([z.string(), z.string()]),
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
    if (!parsed.success) throw new BadCursor();
    const [at, row] = parsed.data;
    const behind = all.findIndex(({ pk, sk, listing }) => {
      const order = bytewise(listing?.at ?? '', at) || bytewise(name(pk, sk), row);
      return descending ? order < 0 : order > 0;
    });
    return behind === -1 ? all.length : behind;
  }
}
