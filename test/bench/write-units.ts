import { type AttributeValue, ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type TableShape, tables } from '@dandang/store/tables.ts';
import * as z from 'zod/mini';

type Item = Readonly<Record<string, AttributeValue>>;

/** Write units of one table and of its index, as AWS charges them. */
export interface WriteUnits {
  commits: number;
  views: number;
  /** Of `commits` and `views`: what went to the indexes. */
  indexes: number;
  /** Items put into `views`. */
  viewPuts: number;
}

const aPut = z.object({ TableName: z.string(), Item: z.record(z.string(), z.custom<AttributeValue>()) });
const answered = z.object({ Attributes: z.optional(z.record(z.string(), z.custom<AttributeValue>())) });

/** A number takes about a byte for two digits, and one more. */
const valueBytes = (value: AttributeValue): number =>
  value.S === undefined ? Math.ceil((value.N ?? '').length / 2) + 1 : Buffer.byteLength(value.S);
const bytesOf = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
const unitsOf = (item: Item | undefined): number => (item === undefined ? 0 : Math.ceil(bytesOf(item) / 1024));

/** What the index holds of an item; undefined where it lacks one of the index's keys. */
function indexed(item: Item | undefined, { partition, sort, index }: TableShape): Item | undefined {
  if (item?.[index.partition.name] === undefined || item[index.sort.name] === undefined) return undefined;
  if (index.projection === 'ALL') return item;
  const held = [partition, sort, index.partition, index.sort].map(({ name }) => name).concat(index.include ?? []);
  return Object.fromEntries(Object.entries(item).filter(([name]) => held.includes(name)));
}

const textOf = (item: Item): string => JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Units that a put costs in the index: an entry that comes or goes one write, one that moves two, one whose other
 * attributes change one, and one that stays as it is none
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html, Write capacity units).
 */
function indexUnits(before: Item | undefined, after: Item | undefined, shape: TableShape): number {
  const [old, fresh] = [indexed(before, shape), indexed(after, shape)];
  if (old === undefined || fresh === undefined) return unitsOf(old ?? fresh);
  if (textOf(old) === textOf(fresh)) return 0;
  const { partition, sort } = shape.index;
  const moved = [partition, sort].some(({ name }) => JSON.stringify(old[name]) !== JSON.stringify(fresh[name]));
  return moved ? unitsOf(old) + unitsOf(fresh) : Math.max(unitsOf(old), unitsOf(fresh));
}

/**
 * Counts the write units of every put from now on, those of the indexes included. dynalite reports none for indexes and
 * counts characters, so they are computed here from the item before and the item after, in bytes. A put whose condition
 * fails costs what it would have cost the table.
 */
export function countWriteUnits(client: DynamoDBClient): WriteUnits {
  const counted: WriteUnits = { commits: 0, views: 0, indexes: 0, viewPuts: 0 };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        if (commandName !== 'PutItemCommand') return next(call);
        const { TableName, Item: item } = aPut.parse(call.input);
        const table = TableName.startsWith('views') ? 'views' : 'commits';
        Object.assign(call.input, { ReturnValues: 'ALL_OLD' });
        try {
          const result = await next(call);
          const before = answered.parse(result.output).Attributes;
          const index = indexUnits(before, item, tables[table]);
          counted[table] += Math.max(unitsOf(before), unitsOf(item)) + index;
          counted.indexes += index;
          if (table === 'views') counted.viewPuts += 1;
          return result;
        } catch (error) {
          if (error instanceof ConditionalCheckFailedException) counted[table] += unitsOf(item);
          throw error;
        }
      },
    { step: 'initialize', name: 'countWriteUnits' },
  );
  return counted;
}
