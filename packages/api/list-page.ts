import { pointing } from '@dandang/accept/listing.ts';
import { parseInput } from '@dandang/casework/input.ts';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { headBeside } from '@dandang/store/keys.ts';
import type { ListedRow, ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { mergedLists } from './merged-lists.ts';

/** What every list may be asked. */
export const pageQuery = z.object({
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
  cursor: z.optional(z.string().check(z.maxLength(2000))),
});

export interface ListQuestion<T, R> {
  readonly views: Pick<ViewStore, 'list' | 'getMany'>;
  readonly query: URLSearchParams;
  /** The lists whose merge is read, by place; a row that stands in several of them is shown once. */
  readonly lists: readonly string[];
  /** Whether the lists point at heads, or show their rows by themselves. */
  readonly of: 'heads' | 'briefs';
  readonly schema: z.core.$ZodType<T>;
  readonly descending?: boolean;
  readonly from?: string;
  readonly through?: string;
  /** What the caller gets of a row, or undefined where it may not see it or did not ask for it. */
  readonly show: (row: T) => R | undefined;
}

/** A place, and what stands there; undefined where the head is not there yet. */
interface Found<T> {
  readonly at: string;
  readonly data: T | undefined;
}

/** As many heads are fetched at once at the most. */
const mostHeads = 100;

const placed = z.tuple([z.string().check(z.minLength(1))]);

/** The place of the last row that was shown, as the caller gets it. It says nothing that this row did not say. */
const writePlace = (at: string): string => Buffer.from(JSON.stringify([at])).toString('base64url');

function readPlace(cursor: string): string | undefined {
  try {
    const [at] = placed.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    // Base64 skips what it does not know: only the spelling that we write is ours.
    return at.isWellFormed() && writePlace(at) === cursor ? at : undefined;
  } catch {
    return undefined;
  }
}

const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const badCursor = (): Refusal =>
  refuse('malformed', { errors: [{ path: 'cursor', zh: '不是本列表的游标', en: 'not a cursor of this list' }] });

/** What stands at the places behind `behind`, in order: for heads, a batch is fetched at a time. */
async function* foundBehind<T>(
  { views, lists, of, schema, descending = false, from, through }: Omit<ListQuestion<T, never>, 'query' | 'show'>,
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
  for await (const row of mergedLists(views, lists, options, pointing)) {
    if (row.listing.at === behind) continue;
    if (batch.push(row) < most) continue;
    yield* await fetched(batch);
    [batch, most] = [[], mostHeads];
  }
  yield* await fetched(batch);
}

/**
 * One page of a list in the contract's form: exactly `limit` items while there are so many, `next` absent at the end. The
 * cursor names the last row that was shown, never one that the caller may not know of.
 */
export async function listPage<T, R>(
  question: ListQuestion<T, R>,
): Promise<{ readonly items: R[]; readonly next?: string } | Refusal> {
  const parsed = parseInput(pageQuery, {
    limit: question.query.get('limit') ?? undefined,
    cursor: question.query.get('cursor') ?? undefined,
  });
  if (!parsed.ok) return parsed.refusal;
  const { from, through, show } = question;
  const { limit, cursor } = parsed.value;
  const behind = cursor === undefined ? undefined : readPlace(cursor);
  if (cursor !== undefined) {
    if (behind === undefined) return badCursor();
    if (from !== undefined && bytewise(behind, from) < 0) return badCursor();
    if (through !== undefined && bytewise(behind, through) > 0) return badCursor();
  }
  const items: R[] = [];
  let shownLast: string | undefined;
  for await (const { at, data } of foundBehind(question, behind, limit)) {
    const shown = data === undefined ? undefined : show(data);
    if (shown === undefined) continue;
    // One more than the page holds is there: the page ends with the row before it.
    if (items.length === limit) return { items, ...(shownLast === undefined ? {} : { next: writePlace(shownLast) }) };
    items.push(shown);
    shownLast = at;
  }
  return { items };
}
