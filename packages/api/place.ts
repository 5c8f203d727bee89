import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';

/* Where a page of a list ended, as its caller gets it: the place of a row that the caller may know of. */

/** The cursor for a place. It says nothing that the row there did not say. */
export const writePlace = (place: readonly string[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

const placed = z.array(z.string().check(z.minLength(1)));

/** The place that a cursor names, of so many parts; undefined where it is none of ours. */
export function readPlace(cursor: string, parts: number): readonly string[] | undefined {
  try {
    const place = placed.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    // Base64 skips what it does not know: only the spelling that we write is ours.
    const ours = place.every((one) => one.isWellFormed()) && writePlace(place) === cursor;
    return ours && place.length === parts ? place : undefined;
  } catch {
    return undefined;
  }
}

export const badCursor = (): Refusal =>
  refuse('malformed', { errors: [{ path: 'cursor', zh: '不是本列表的游标', en: 'not a cursor of this list' }] });

/** As lists are ordered: by the bytes of UTF-8. */
export const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
