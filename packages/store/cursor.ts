import * as z from 'zod/mini';
import type { Listing, RowKey } from './keys.ts';

/** The key of a page's last row, in the index `listing`. */
export type Cursor = RowKey & Listing;

/** The cursor was not made by this list, or was damaged on its way. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';

  constructor() {
    super('the cursor does not belong to this list');
  }
}

const keyOf = (bytes: number) =>
  z.string().check(
    z.minLength(1),
    z.refine((key) => key.isWellFormed() && Buffer.byteLength(key) <= bytes),
  );

/** DynamoDB's own limits: 2048 bytes for a partition key, 1024 for a sort key. */
const schema = z.tuple([keyOf(2048), keyOf(1024), keyOf(2048), keyOf(1024)]);

/** Base64url of a JSON array: opaque to the caller, and short. */
export function writeCursor({ pk, sk, list, at }: Cursor): string {
  return Buffer.from(JSON.stringify([pk, sk, list, at])).toString('base64url');
}

const above = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) > 0;

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    throw new BadCursor();
  }
}

/**
 * Reads a cursor back. It comes from outside, so it may point nowhere but into the list and the range that are being
 * read; throws BadCursor otherwise. Nobody can reach another list with it, so it needs no signature.
 */
export function readCursor(
  text: string,
  bounds: { list: string; from?: string | undefined; through?: string | undefined },
): Cursor {
  const result = z.safeParse(schema, parsed(text));
  if (!result.success) throw new BadCursor();
  const [pk, sk, list, at] = result.data;
  const cursor = { pk, sk, list, at };
  if (
    list !== bounds.list ||
    (bounds.from !== undefined && above(bounds.from, at)) ||
    (bounds.through !== undefined && above(at, bounds.through)) ||
    // Base64 skips what it does not know: only the spelling we write is ours.
    writeCursor(cursor) !== text
  ) {
    throw new BadCursor();
  }
  return cursor;
}
