import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { CivilDate, Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import * as z from 'zod/mini';
import { jsonBytes, largestJson, readItem } from './item.ts';
import { dayOf, dayPartition, dayPartitions } from './keys.ts';
import { tables } from './tables.ts';

/** One accepted command, as stored. */
export interface StoredCommit {
  /** The partition, spelled by `keys.ts`. */
  readonly matter: string;
  /** 1, 2, 3 … without a gap. */
  readonly version: number;
  /** The JSON string that was hashed, byte for byte. */
  readonly commit: string;
  readonly hash: string;
  /** The China date of `at`. */
  readonly day: CivilDate;
  readonly at: Instant;
}

/** Where a commit is, as the index by day knows it. */
export type CommitKey = Pick<StoredCommit, 'matter' | 'version' | 'at'>;

/** A file's commits, oldest first, and the hash of the newest; none where it has none. */
export interface ParsedFile {
  readonly commits: readonly Commit[];
  readonly hash: string | undefined;
}

/** The append-only files: nothing here changes or deletes. */
export interface CommitStore {
  /** All commits of a file from version `from` (default 1) on, ascending, as of now (strongly consistent). */
  read(matter: string, options?: { readonly from?: number }): Promise<StoredCommit[]>;
  /**
   * The same as `read`, parsed, where an engine keeps files parsed: the very objects that it gave before, followed by
   * what came to them. Throws ZodError and SyntaxError as `unseal` does.
   */
  readonly parsed?: (matter: string) => Promise<ParsedFile>;
  /** The newest `limit` commits of a file (fewer when there are no more), newest first, as of now. */
  readNewest(matter: string, limit: number): Promise<StoredCommit[]>;
  /**
   * Stores a commit if its version is still free. `appended` also when this very commit (same hash) is stored already,
   * so it may be sent twice. Throws CommitTooLarge, and ZodError for a commit that could not be read again.
   */
  append(commit: StoredCommit): Promise<'appended' | 'version-taken'>;
  /**
   * The keys of all commits of a China date, by instant, within one by file key (UTF-8 bytes) and version; those behind
   * `after`, a key of the same day. The index follows the table by moments, so a commit just made may be missing, and a
   * reader must look a key up before relying on it.
   */
  keysOn(day: CivilDate, options?: { readonly after?: CommitKey }): AsyncIterable<CommitKey>;
}

/** The commit's JSON exceeds 390,000 UTF-8 bytes; nothing was written. */
export class CommitTooLarge extends Error {
  override readonly name = 'CommitTooLarge';
  readonly bytes: number;

  constructor(commit: StoredCommit, bytes: number) {
    super(`version ${commit.version} of ${commit.matter} has ${bytes} bytes; ${largestJson} is the most`);
    this.bytes = bytes;
  }
}

/** What an index by day holds of a commit. */
export const commitKey = z.object({
  matter: z.string().check(z.minLength(1)),
  version: z.int().check(z.minimum(1)),
  at: z.string().check(z.minLength(1)),
});

/** A commit as it is handed out, and as it must be to be stored. */
export const storedCommit = z.extend(commitKey, {
  // A lone surrogate would arrive as U+FFFD: other bytes than those that were hashed.
  commit: z.string().check(z.refine((json) => json.isWellFormed())),
  hash: z.string().check(z.minLength(1)),
  day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
});

/** The commit, if it may be stored. Throws as `append` does. */
export function storable(candidate: StoredCommit): StoredCommit {
  const bytes = jsonBytes(candidate.commit);
  if (bytes > largestJson) throw new CommitTooLarge(candidate, bytes);
  return z.parse(storedCommit, candidate);
}

/** As it lies in the table: `day` names the partition of the index, which begins with the day. */
const storedItem = z.extend(storedCommit, {
  day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}(#\d)?$/)),
});

const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const inOrder = (a: CommitKey, b: CommitKey): number =>
  bytewise(a.at, b.at) || bytewise(a.matter, b.matter) || a.version - b.version;

/** Merges keys that come by instant. Those of one instant are put in order here: an engine has none of its own. */
async function* byInstant(partitions: readonly AsyncIterator<CommitKey>[]): AsyncGenerator<CommitKey> {
  const next = async (keys: AsyncIterator<CommitKey>) => ({ keys, head: await keys.next() });
  let open = await Promise.all(partitions.map(next));
  for (;;) {
    open = open.filter(({ head }) => head.done !== true);
    const [first, ...others] = open.map(({ head }) => (head.done === true ? '' : head.value.at));
    if (first === undefined) return;
    const at = others.reduce((least, one) => (bytewise(one, least) < 0 ? one : least), first);
    const together: CommitKey[] = [];
    open = await Promise.all(
      open.map(async (one) => {
        let { head } = one;
        while (head.done !== true && head.value.at === at) {
          together.push(head.value);
          head = await one.keys.next();
        }
        return { keys: one.keys, head };
      }),
    );
    yield* together.sort(inOrder);
  }
}

async function* behind(keys: AsyncIterable<CommitKey>, after: CommitKey | undefined): AsyncGenerator<CommitKey> {
  for await (const key of keys) if (after === undefined || inOrder(key, after) > 0) yield key;
}

/** Keys weigh little; bounded pages keep an engine from collecting a whole day before it answers. */
const keysPerPage = 1000;

export function dynamoCommitStore({ client, table }: { client: DynamoDBClient; table: string }): CommitStore {
  const commit = (item: Record<string, AttributeValue>): StoredCommit => {
    const stored = readItem(table, ['matter', 'version'], storedItem, item);
    return { ...stored, day: dayOf(stored.day) };
  };

  const versionsFrom = (matter: string, from: number): QueryCommandInput => ({
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#matter = :matter AND #version >= :from',
    ExpressionAttributeNames: { '#matter': 'matter', '#version': 'version' },
    ExpressionAttributeValues: marshall({ ':matter': matter, ':from': from }),
  });

  const isStored = async ({ matter, version, hash }: StoredCommit): Promise<boolean> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, ConsistentRead: true, Key: marshall({ matter, version }) }),
    );
    return Item !== undefined && commit(Item).hash === hash;
  };

  /** The keys in one partition of the index, by instant; within an instant in the engine's own order. */
  async function* keysIn(partition: string, from: Instant | undefined): AsyncGenerator<CommitKey> {
    const pages = paginateQuery(
      { client, pageSize: keysPerPage },
      {
        TableName: table,
        IndexName: tables.commits.index.name,
        KeyConditionExpression: from === undefined ? '#day = :day' : '#day = :day AND #at >= :from',
        ExpressionAttributeNames: { '#day': 'day', ...(from === undefined ? {} : { '#at': 'at' }) },
        ExpressionAttributeValues: marshall({ ':day': partition, ...(from === undefined ? {} : { ':from': from }) }),
      },
    );
    for await (const page of pages)
      for (const item of page.Items ?? []) yield readItem(table, ['matter', 'version'], commitKey, item);
  }

  return {
    async read(matter, { from = 1 } = {}) {
      const commits: StoredCommit[] = [];
      for await (const page of paginateQuery({ client }, versionsFrom(matter, from))) {
        for (const item of page.Items ?? []) commits.push(commit(item));
      }
      return commits;
    },

    async readNewest(matter, limit) {
      const commits: StoredCommit[] = [];
      const pages = paginateQuery({ client, pageSize: limit }, { ...versionsFrom(matter, 1), ScanIndexForward: false });
      for await (const page of pages) {
        for (const item of page.Items ?? []) commits.push(commit(item));
        if (commits.length >= limit) break;
      }
      return commits.slice(0, limit);
    },

    async append(candidate) {
      const item = storable(candidate);
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ ...item, day: dayPartition(item.day, item.matter) }),
            // The condition looks at the item with this whole key, so it says: this version of this matter is free.
            ConditionExpression: 'attribute_not_exists(#matter)',
            ExpressionAttributeNames: { '#matter': 'matter' },
          }),
        );
        return 'appended';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // The answer to our own first attempt may have been lost and the SDK have sent it again.
        return (await isStored(candidate)) ? 'appended' : 'version-taken';
      }
    },

    async *keysOn(day, { after } = {}) {
      yield* behind(byInstant(dayPartitions(day).map((partition) => keysIn(partition, after?.at))), after);
    },
  };
}
