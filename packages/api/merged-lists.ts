import type { ListedRow, ViewStore } from '@dandang/store/view-store.ts';
import type * as z from 'zod/mini';
import { bytewise } from './place.ts';

export interface MergeOptions {
  readonly from: string | undefined;
  readonly through: string | undefined;
  readonly descending: boolean;
  /** So many rows of each list are read at once. */
  readonly rowsPerPage: number;
}

type Rows<T> = AsyncGenerator<ListedRow<T>, undefined>;

async function* rowsOf<T>(
  views: Pick<ViewStore, 'list'>,
  list: string,
  { from, through, descending, rowsPerPage }: MergeOptions,
  schema: z.core.$ZodType<T>,
): Rows<T> {
  const range = { ...(from === undefined ? {} : { from }), ...(through === undefined ? {} : { through }) };
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? {} : { cursor };
    const page = await views.list(list, { ...range, ...more, descending, limit: rowsPerPage }, schema);
    yield* page.rows;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/**
 * Several lists as one, by place; what stands in more than one of them at the same place comes once. A list is read on
 * only when its page is used up.
 */
export async function* mergedLists<T>(
  views: Pick<ViewStore, 'list'>,
  lists: readonly string[],
  options: MergeOptions,
  schema: z.core.$ZodType<T>,
): AsyncGenerator<ListedRow<T>> {
  const next = async (rows: Rows<T>) => ({ rows, head: await rows.next() });
  let open = await Promise.all([...new Set(lists)].map((list) => next(rowsOf(views, list, options, schema))));
  for (;;) {
    const heads = open.flatMap(({ head }) => (head.done === true ? [] : [head.value]));
    const [first, ...others] = heads;
    if (first === undefined) return;
    const order = (a: ListedRow, b: ListedRow): number => {
      const byPlace = bytewise(a.listing.at, b.listing.at) || bytewise(a.pk, b.pk);
      return options.descending ? -byPlace : byPlace;
    };
    const least = others.reduce((one, other) => (order(other, one) < 0 ? other : one), first);
    yield least;
    open = await Promise.all(
      open.map(async (one) => (one.head.done !== true && order(one.head.value, least) === 0 ? next(one.rows) : one)),
    );
  }
}
