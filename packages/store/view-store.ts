import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { ItemUnreadable, jsonBytes, largestJson, readItem } from './item.ts';
import type { Listing, RowKey } from './keys.ts';
import { tables } from './tables.ts';

/** One row of a read model. */
export interface ViewRow<T = unknown> extends RowKey {
  /** The version of the file the row was folded from; a row never gives way to one of a lower version. */
  readonly version: number;
  /** JSON. */
  readonly data: T;
  /** Absent: the row is in no list. */
  readonly listing?: PutListing;
}

/**
 * A place in a list, and, JSON, the little that the list itself shows of the row: the index holds it a second time.
 * Without `brief` the list only points at the row.
 */
export interface PutListing extends Listing {
  readonly brief?: unknown;
}

/** A row as its list knows it. */
export interface ListedRow<T = unknown> extends RowKey {
  readonly listing: Listing;
  /** Undefined where the row was put without. */
  readonly brief: T;
}

export interface ListOptions {
  /** Only rows with `at` ≥ this (by UTF-8 bytes). */
  readonly from?: string;
  /** Only rows with `at` ≤ this; `upTo(date)` of `keys.ts` includes a whole date. */
  readonly through?: string;
  /** The page's rows: exactly so many, unless the list ends. */
  readonly limit: number;
  /** Where the page before ended, as it was answered; with the same `from` and `through`. */
  readonly cursor?: string;
  /** Highest `at` first. */
  readonly descending?: boolean;
}

export interface ListPage<T> {
  readonly rows: ListedRow<T>[];
  /** Absent on the last page. */
  readonly cursor?: string;
}

/**
 * The read models. `data` and `brief` are parsed with the caller's schema; a row that does not parse throws
 * ItemUnreadable, which names its key and nothing else. `get` and `rows` read as of now; `list` (an index) and `getMany`
 * follow by moments.
 */
export interface ViewStore {
  /**
   * Writes a row unless one of a higher version is there. Rows are marked, never deleted: a row put without `listing`
   * leaves its list. Throws RowTooLarge, and ZodError for a row that could not be read again.
   */
  put(row: ViewRow): Promise<'written' | 'newer-exists'>;
  get<T>(pk: string, sk: string, schema: z.core.$ZodType<T>): Promise<ViewRow<T> | undefined>;
  /**
   * Some rows, in the order in which they are asked for, each once; those that are not there are left out. Throws where
   * the engine goes on leaving keys aside (`mostTriesOfABatch`).
   */
  getMany<T>(keys: readonly RowKey[], schema: z.core.$ZodType<T>): Promise<ViewRow<T>[]>;
  /** All rows of a partition, by `sk`. */
  rows<T>(pk: string, schema: z.core.$ZodType<T>): Promise<ViewRow<T>[]>;
  /**
   * One page of a list, by `at`; of each row its place and its `brief`. Throws BadCursor, and RangeError for a limit that
   * is no positive integer.
   */
  list<T>(list: string, options: ListOptions, schema: z.core.$ZodType<T>): Promise<ListPage<T>>;
}

/** The row's JSON exceeds 390,000 UTF-8 bytes; nothing was written. */
export class RowTooLarge extends Error {
  override readonly name = 'RowTooLarge';
  readonly bytes: number;

  constructor(row: RowKey, bytes: number) {
    super(`the row ${row.pk} ${row.sk} has ${bytes} bytes; ${largestJson} is the most`);
    this.bytes = bytes;
  }
}

const part = z.string().check(z.minLength(1));

/** A row as every engine keeps it: JSON as text. */
export const storedRow = z.object({
  pk: part,
  sk: part,
  version: z.int().check(z.minimum(0)),
  json: z.string(),
  list: z.optional(part),
  at: z.optional(part),
  brief: z.optional(z.string()),
});
/** What the index `listing` holds of a row. */
export const indexedRow = z.object({ pk: part, sk: part, list: part, at: part, brief: z.optional(z.string()) });

/** DynamoDB answers so many keys at once. */
const keysPerBatch = 100;
/** How often keys that an engine left aside are asked for again while it answers none of them; the pause doubles. */
const mostTriesOfABatch = 8;
const firstPauseMs = 20;

function parseJson(json: string): unknown {
  return JSON.parse(json);
}

function parsed<T>(table: string, { pk, sk }: RowKey, json: string | undefined, schema: z.core.$ZodType<T>): T {
  let value: unknown;
  try {
    value = json === undefined ? undefined : parseJson(json);
  } catch {
    throw new ItemUnreadable(table, `${pk} ${sk}`);
  }
  const found = z.safeParse(schema, value);
  if (!found.success) throw new ItemUnreadable(table, `${pk} ${sk}`);
  return found.data;
}

/** A stored row as its reader wants it. Throws ItemUnreadable. */
export function rowOf<T>(table: string, item: z.infer<typeof storedRow>, schema: z.core.$ZodType<T>): ViewRow<T> {
  const { pk, sk, version, json, list, at, brief } = item;
  const data = parsed(table, item, json, schema);
  if (list === undefined || at === undefined) return { pk, sk, version, data };
  const shown = brief === undefined ? {} : { brief: parsed(table, item, brief, z.unknown()) };
  return { pk, sk, version, data, listing: { list, at, ...shown } };
}

/** The same of what a list holds of it. */
export const listedOf = <T>(
  table: string,
  item: z.infer<typeof indexedRow>,
  schema: z.core.$ZodType<T>,
): ListedRow<T> => ({
  pk: item.pk,
  sk: item.sk,
  listing: { list: item.list, at: item.at },
  brief: parsed(table, item, item.brief, schema),
});

/** A row as it is stored. Throws RowTooLarge, and ZodError for a row that could not be read again. */
export function itemOf({ pk, sk, version, data, listing }: ViewRow): z.infer<typeof storedRow> {
  const { brief, ...place } = listing ?? {};
  const item = z.parse(storedRow, {
    pk,
    sk,
    version,
    json: JSON.stringify(data),
    ...place,
    ...(brief === undefined ? {} : { brief: JSON.stringify(brief) }),
  });
  const bytes = jsonBytes(item.json) + jsonBytes(item.brief ?? '');
  if (bytes > largestJson) throw new RowTooLarge({ pk, sk }, bytes);
  return item;
}

/** Where a page begins: undefined at the beginning of the list. Throws as `list` does. */
export function startOf(
  list: string,
  {
    from,
    through,
    limit,
    cursor,
  }: { readonly [Name in 'from' | 'through' | 'cursor']?: string | undefined } & Pick<ListOptions, 'limit'>,
): Cursor | undefined {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError('the limit is a positive integer');
  return cursor === undefined ? undefined : readCursor(cursor, { list, from, through });
}

/** A page of what was found; one row more than `limit` tells that there is a further page. */
export function pageOf<T>(found: readonly ListedRow<T>[], limit: number): ListPage<T> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  if (found.length <= limit || last === undefined) return { rows };
  return { rows, cursor: writeCursor({ pk: last.pk, sk: last.sk, ...last.listing }) };
}

export function dynamoViewStore({ client, table }: { client: DynamoDBClient; table: string }): ViewStore {
  const { index } = tables.views;

  const row = <T>(item: Record<string, AttributeValue>, schema: z.core.$ZodType<T>): ViewRow<T> =>
    rowOf(table, readItem(table, ['pk', 'sk'], storedRow, item), schema);
  const listed = <T>(item: Record<string, AttributeValue>, schema: z.core.$ZodType<T>): ListedRow<T> =>
    listedOf(table, readItem(table, ['pk', 'sk'], indexedRow, item), schema);

  /** The items under at most `keysPerBatch` keys, in no order. */
  async function batch(keys: readonly RowKey[]): Promise<Record<string, AttributeValue>[]> {
    const items: Record<string, AttributeValue>[] = [];
    let wanted = keys.map(({ pk, sk }) => marshall({ pk, sk }));
    for (let tries = 0; ;) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted } } }),
      );
      items.push(...(Responses?.[table] ?? []));
      const left = UnprocessedKeys?.[table]?.Keys ?? [];
      if (left.length === 0) return items;
      // An answer that was full at 16 MB, or throttled in part, is progress; one that gave nothing is not.
      tries = left.length < wanted.length ? 0 : tries + 1;
      if (tries === mostTriesOfABatch)
        throw new Error(`${left.length} rows of ${table} were left aside again and again`);
      wanted = left;
      await new Promise((resolve) => setTimeout(resolve, firstPauseMs * 2 ** tries * (0.5 + Math.random() / 2)));
    }
  }

  return {
    async put(row) {
      const item = itemOf(row);
      const { version } = item;
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall(item),
            ConditionExpression: 'attribute_not_exists(#pk) OR #version <= :version',
            ExpressionAttributeNames: { '#pk': 'pk', '#version': 'version' },
            ExpressionAttributeValues: marshall({ ':version': version }),
          }),
        );
        return 'written';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'newer-exists';
        throw error;
      }
    },

    async get(pk, sk, schema) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, ConsistentRead: true, Key: marshall({ pk, sk }) }),
      );
      return Item === undefined ? undefined : row(Item, schema);
    },

    async getMany(keys, schema) {
      const named = new Map(keys.map((key) => [nameOf(key), key]));
      const asked = [...named.values()];
      const batches: Promise<Record<string, AttributeValue>[]>[] = [];
      for (let start = 0; start < asked.length; start += keysPerBatch)
        batches.push(batch(asked.slice(start, start + keysPerBatch)));
      const found = new Map(
        (await Promise.all(batches)).flat().map((item) => {
          const one = row(item, schema);
          return [nameOf(one), one];
        }),
      );
      return asked.flatMap((key) => found.get(nameOf(key)) ?? []);
    },

    async rows(pk, schema) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: '#pk = :pk',
          ExpressionAttributeNames: { '#pk': 'pk' },
          ExpressionAttributeValues: marshall({ ':pk': pk }),
        },
      );
      const items = await Array.fromAsync(pages, (page) => page.Items ?? []);
      return items.flat().map((item) => row(item, schema));
    },

    async list(list, { from, through, limit, cursor, descending = false }, schema) {
      const start = startOf(list, { from, through, limit, cursor });
      if (from !== undefined && through !== undefined && Buffer.compare(Buffer.from(from), Buffer.from(through)) > 0) {
        return { rows: [] };
      }
      const query: QueryCommandInput = {
        TableName: table,
        IndexName: index.name,
        ScanIndexForward: !descending,
        ...within(list, from, through),
      };
      // One more than asked for tells whether there is a further page, so the last page never carries a cursor.
      const paging = {
        client,
        pageSize: limit + 1,
        ...(start === undefined ? {} : { startingToken: marshall(start) }),
      };
      const items: Record<string, AttributeValue>[] = [];
      for await (const page of paginateQuery(paging, query)) {
        items.push(...(page.Items ?? []));
        if (items.length > limit) break;
      }
      return pageOf(
        items.map((item) => listed(item, schema)),
        limit,
      );
    },
  };
}

const nameOf = ({ pk, sk }: RowKey): string => JSON.stringify([pk, sk]);

function within(list: string, from?: string, through?: string): Partial<QueryCommandInput> {
  const range =
    from !== undefined && through !== undefined
      ? ' AND #at BETWEEN :from AND :through'
      : from !== undefined
        ? ' AND #at >= :from'
        : through !== undefined
          ? ' AND #at <= :through'
          : '';
  return {
    KeyConditionExpression: `#list = :list${range}`,
    ExpressionAttributeNames: { '#list': 'list', ...(range === '' ? {} : { '#at': 'at' }) },
    ExpressionAttributeValues: marshall({
      ':list': list,
      ...(from === undefined ? {} : { ':from': from }),
      ...(through === undefined ? {} : { ':through': through }),
    }),
  };
}
