import type { ViewStore } from '@dandang/store/view-store.ts';
import type * as z from 'zod/mini';

/** A whole list, page by page. */
export async function* everyPage<T>(
  views: Pick<ViewStore, 'list'>,
  list: string,
  schema: z.core.$ZodType<T>,
  rowsPerPage = 100,
): AsyncGenerator<T[]> {
  let cursor: string | undefined;
  do {
    const page = await views.list(list, { limit: rowsPerPage, ...(cursor === undefined ? {} : { cursor }) }, schema);
    yield page.rows.map((row) => row.data);
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** Every row of a list; a page is read when the rows of the one before are used up. */
export async function* everyRow<T>(
  views: Pick<ViewStore, 'list'>,
  list: string,
  schema: z.core.$ZodType<T>,
): AsyncGenerator<T> {
  for await (const rows of everyPage(views, list, schema)) yield* rows;
}
