import { CreateTableCommand, type DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';

/** One key attribute: its name and its DynamoDB type, string or number. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N';
}

/** The shape of a table, as far as code depends on it. Recovery, deletion protection and encryption belong to infra. */
export interface TableShape {
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute;
  readonly index: {
    readonly name: string;
    readonly partition: KeyAttribute;
    readonly sort: KeyAttribute;
    readonly projection: 'KEYS_ONLY' | 'INCLUDE' | 'ALL';
    /** With INCLUDE: the attributes that the index holds beside the keys. */
    readonly include?: readonly string[];
  };
  /** What a stream record carries; `none` where nobody reads the stream. */
  readonly stream: 'NEW_AND_OLD_IMAGES' | 'none';
}

/**
 * The two tables (docs/architecture.md, Files), declared once for infra, local runs and tests.
 *
 * - `commits`: one item per accepted command; index `by-day` finds the commits of a China day. Its attribute `day` is spelled
 *   `2026-09-15#0` … `#9` (`keys.ts`), so that a day's writes do not all go to one partition; commits of release 0.1.0
 *   carry the bare day.
 * - `views`: read models; index `listing` holds only rows that carry `list` and `at`. It holds their keys and `brief`, the
 *   little that a list shows by itself, and nothing of what changes with every commit: what is not in the index costs no
 *   write there.
 */
export const tables = {
  commits: {
    partition: { name: 'matter', type: 'S' },
    sort: { name: 'version', type: 'N' },
    index: {
      name: 'by-day',
      partition: { name: 'day', type: 'S' },
      sort: { name: 'at', type: 'S' },
      projection: 'KEYS_ONLY',
    },
    stream: 'NEW_AND_OLD_IMAGES',
  },
  views: {
    partition: { name: 'pk', type: 'S' },
    sort: { name: 'sk', type: 'S' },
    index: {
      name: 'listing',
      partition: { name: 'list', type: 'S' },
      sort: { name: 'at', type: 'S' },
      projection: 'INCLUDE',
      include: ['brief'],
    },
    stream: 'none',
  },
} as const satisfies Record<string, TableShape>;

/**
 * Counts up when rows or lists change what they mean. Views can be thrown away, so a new edition is built anew from the
 * commits (functions/reconcile). 1: release 0.1.0; 2: lists point, heads hold; 3: what waits for the office of one reminder
 * or interview waits for its unit, and a file is for the deciders of its own organ; 4: heads and to-dos say what lists show
 * (who opened it, letters, the most urgent deadline, which delivery).
 */
export const viewsEdition = 4;

/** What each table is called in one deployment. */
export type TableNames = Readonly<Record<keyof typeof tables, string>>;

async function createTable(client: DynamoDBClient, name: string, shape: TableShape): Promise<void> {
  const attributes = [shape.partition, shape.sort, shape.index.partition, shape.index.sort];
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: attributes.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
        KeySchema: [
          { AttributeName: shape.partition.name, KeyType: 'HASH' },
          { AttributeName: shape.sort.name, KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: shape.index.name,
            KeySchema: [
              { AttributeName: shape.index.partition.name, KeyType: 'HASH' },
              { AttributeName: shape.index.sort.name, KeyType: 'RANGE' },
            ],
            Projection: {
              ProjectionType: shape.index.projection,
              ...(shape.index.include === undefined ? {} : { NonKeyAttributes: [...shape.index.include] }),
            },
          },
        ],
      }),
    );
  } catch (error) {
    // By its name: its class is in no bundle (infra/bundle.ts), and functions import this file for what tables look like.
    if (!(error instanceof Error && error.name === 'ResourceInUseException')) throw error;
  }
  await waitUntilTableExists({ client, minDelay: 0.05, maxDelay: 1, maxWaitTime: 60 }, { TableName: name });
}

/**
 * Creates both tables where they are missing and waits until they can be used: for local runs and tests. In AWS infra
 * creates them. Tables that exist are left as they are.
 */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  await createTable(client, names.commits, tables.commits);
  await createTable(client, names.views, tables.views);
}
