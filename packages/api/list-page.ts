import { parseInput } from '@dandang/casework/input.ts';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { BadCursor, writeCursor } from '@dandang/store/cursor.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';

/** What every list may be asked. */
export const pageQuery = z.object({
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
  cursor: z.optional(z.string().check(z.maxLength(2000))),
});

export interface ListQuestion<T, R> {
  readonly views: ViewStore;
  readonly query: URLSearchParams;
  readonly list: string;
  readonly schema: z.core.$ZodType<T>;
  readonly descending?: boolean;
  readonly from?: string;
  readonly through?: string;
  /** What the caller gets of a row, or undefined where it may not see it or did not ask for it. */
  readonly show: (row: T) => R | undefined;
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
  const { views, list, schema, show, descending, from, through } = question;
  const range = {
    ...(descending === undefined ? {} : { descending }),
    ...(from === undefined ? {} : { from }),
    ...(through === undefined ? {} : { through }),
  };
  const items: R[] = [];
  const { limit } = parsed.value;
  let { cursor } = parsed.value;
  let shownLast: string | undefined;
  try {
    do {
      const found = await views.list(
        list,
        { limit: 100, ...range, ...(cursor === undefined ? {} : { cursor }) },
        schema,
      );
      for (const { data, pk, sk, listing } of found.rows) {
        const shown = show(data);
        if (shown === undefined) continue;
        // One more than the page holds is there: the page ends with the row before it.
        if (items.length === limit) return { items, ...(shownLast === undefined ? {} : { next: shownLast }) };
        items.push(shown);
        if (listing !== undefined) shownLast = writeCursor({ pk, sk, ...listing });
      }
      cursor = found.cursor;
    } while (cursor !== undefined);
  } catch (error) {
    if (error instanceof BadCursor)
      return refuse('malformed', {
        errors: [{ path: 'cursor', zh: '不是本列表的游标', en: 'not a cursor of this list' }],
      });
    throw error;
  }
  return { items };
}
