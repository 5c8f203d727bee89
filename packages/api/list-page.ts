import { pointing } from '@dandang/accept/listing.ts';
import { parseInput } from '@dandang/casework/input.ts';
import type { Refusal } from '@dandang/casework/refusal.ts';
import { headBeside } from '@dandang/store/keys.ts';
import type { ListedRow, ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { mergedLists } from './merged-lists.ts';
import { badCursor, bytewise, readPlace, writePlace } from './place.ts';

/** What every list may be asked. */
export const pageQuery = z.object({
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
  cursor: z.optional(z.string().check(z.maxLength(2000))),
});

/** The caller may know of a row and did not ask for it. */
export const passedOver: unique symbol = Symbol('passed over');

/** So many rows are read for one page; then the page ends, full or not, and the next one goes on. */
export const mostRead = 2000;

/** So far the rows that are asked for are counted. */
const mostCounted = 1000;

export interface Lists<T> {
  readonly views: Pick<ViewStore, 'list' | 'getMany'>;
  /** The lists whose merge is read, by place; a row that stands in several of them is shown once. */
  readonly lists: readonly string[];
  /** Whether the lists point at heads, or show their rows by themselves; `heads-beside` if what they show is not asked for. */
  readonly of: 'heads' | 'heads-beside' | 'briefs';
  readonly schema: z.core.$ZodType<T>;
  readonly descending?: boolean;
  readonly from?: string;
  readonly through?: string;
}

export interface ListQuestion<T, R> extends Lists<T> {
  readonly query: URLSearchParams;
  /** What the caller gets of a row at a place; undefined where it may not know of it. */
  readonly show: (row: T, at: string) => R | typeof passedOver | undefined;
  /** On the first page it is said how many there are. */
  readonly counting?: boolean;
}

/** How many rows are there for whoever asks; `more` than were counted. */
export interface Total {
  readonly count: number;
  readonly more: boolean;
}

export interface Page<R> {
  readonly items: R[];
  readonly next?: string;
  readonly total?: Total;
}

/** A place, and what stands there; undefined where the head is not there yet. */
export interface Found<T> {
  readonly at: string;
  readonly data: T | undefined;
}

/** As many heads are fetched at once at the most. */
const mostHeads = 100;

/** What stands at the places behind `behind`, in order: for heads, a batch is fetched at a time. */
export async function* foundBehind<T>(
  { views, lists, of, schema, descending = false, from, through }: Lists<T>,
  behind: string | undefined,
  limit: number,
): AsyncGenerator<Found<T>> {
  const range = descending ? { from, through: behind ?? through } : { from: behind ?? from, through };
  const one = limit + 1;
  const options = { ...range, descending, rowsPerPage: one };
  if (of === 'briefs') {
    for await (const { listing, brief } of mergedLists(views, lists, options, schema))
      if (listing.at !== behind) yield { at: listing.at, data: brief };
    return;
  }
  const fetched = async (rows: readonly ListedRow[]): Promise<Found<T>[]> => {
    const heads = new Map((await views.getMany(rows.map(headBeside), schema)).map(({ pk, data }) => [pk, data]));
    return rows.map(({ pk, listing }) => ({ at: listing.at, data: heads.get(pk) }));
  };
  let batch: ListedRow[] = [];
  let most = Math.min(one, mostHeads);
  for await (const row of mergedLists<unknown>(views, lists, options, of === 'heads' ? pointing : z.unknown())) {
    if (row.listing.at === behind) continue;
    if (batch.push(row) < most) continue;
    yield* await fetched(batch);
    [batch, most] = [[], mostHeads];
  }
  yield* await fetched(batch);
}

/** How a page is asked for, its cursor in so many parts. */
export function pageAsked(
  query: URLSearchParams,
  parts: number,
): { readonly limit: number; readonly behind: readonly string[] | undefined } | Refusal {
  const parsed = parseInput(pageQuery, {
    limit: query.get('limit') ?? undefined,
    cursor: query.get('cursor') ?? undefined,
  });
  if (!parsed.ok) return parsed.refusal;
  const { limit, cursor } = parsed.value;
  const behind = cursor === undefined ? undefined : readPlace(cursor, parts);
  return cursor !== undefined && behind === undefined ? badCursor() : { limit, behind };
}

/**
 * One page of a list in the contract's form: `limit` items while there are so many and not too much lies between them, `next`
 * absent at the end. The cursor names the last row that was looked at, never one that the caller may not know of: where
 * everything that was read is hidden from it, reading goes on.
 */
export async function listPage<T, R>(question: ListQuestion<T, R>): Promise<Page<R> | Refusal> {
  const asked = pageAsked(question.query, 1);
  if ('refused' in asked) return asked;
  const { from, through, show, counting } = question;
  const { limit } = asked;
  const [behind] = asked.behind ?? [];
  if (behind !== undefined) {
    if (from !== undefined && bytewise(behind, from) < 0) return badCursor();
    if (through !== undefined && bytewise(behind, through) > 0) return badCursor();
  }
  const countsUp = counting === true && behind === undefined;
  const total = (count: number, more: boolean) => (countsUp ? { total: { count, more } } : {});
  const items: R[] = [];
  let next: string | undefined;
  let known: string | undefined;
  let count = 0;
  let read = 0;
  for await (const { at, data } of foundBehind(question, behind, limit)) {
    if (read >= mostRead && known !== undefined)
      return { items, next: next ?? writePlace([known]), ...total(count, true) };
    read += 1;
    const shown = data === undefined ? undefined : show(data, at);
    if (shown === undefined) continue;
    if (shown !== passedOver) {
      // One more than the page holds is there: the page ends with the row before it.
      if (items.length === limit) {
        next ??= writePlace([known ?? at]);
        if (!countsUp) return { items, next };
        if (count === mostCounted) return { items, next, ...total(count, true) };
      } else items.push(shown);
      count += 1;
    }
    known = at;
  }
  return { items, ...(next === undefined ? {} : { next }), ...total(count, false) };
}
