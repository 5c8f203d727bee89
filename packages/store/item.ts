import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';

/**
 * The most one JSON string may weigh, in UTF-8 bytes. DynamoDB takes 400 KiB (409,600 bytes) for a whole item, names and
 * keys included: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export const largestJson = 390_000;

/** A stored item is not what its schema says. The message names the key and nothing of what the item holds. */
export class ItemUnreadable extends Error {
  override readonly name = 'ItemUnreadable';
  readonly key: string;

  constructor(table: string, key: string) {
    super(`an item of ${table} cannot be read: ${key}`);
    this.key = key;
  }
}

export function jsonBytes(json: string): number {
  return Buffer.byteLength(json, 'utf8');
}

const keyParts = z.record(z.string(), z.unknown());

/** Parses an item, or throws ItemUnreadable with the values of `keyNames`. No cause is kept: zod's may quote the data. */
export function readItem<T>(
  table: string,
  keyNames: readonly string[],
  schema: z.core.$ZodType<T>,
  item: Record<string, AttributeValue>,
): T {
  const plain = z.parse(keyParts, unmarshall(item, { wrapNumbers: (digits) => Number(digits) }));
  const parsed = z.safeParse(schema, plain);
  if (parsed.success) return parsed.data;
  throw new ItemUnreadable(table, keyNames.map((name) => String(plain[name])).join(' '));
}
