import { headBeside } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';

/** What a whole list shows, page by page. */
export async function* everyPage<T>(
  views: Pick<ViewStore, 'list'>,
  list: string,
  schema: z.core.$ZodType<T>,
  rowsPerPage = 100,
): AsyncGenerator<T[]> {
  let cursor: string | undefined;
  do {
    const page = await views.list(list, { limit: rowsPerPage, ...(cursor === undefined ? {} : { cursor }) }, schema);
    yield page.rows.map((row) => row.brief);
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** What a list shows of every row; a page is read when the rows of the one before are used up. */
export async function* everyRow<T>(
  views: Pick<ViewStore, 'list'>,
  list: string,
  schema: z.core.$ZodType<T>,
): AsyncGenerator<T> {
  for await (const rows of everyPage(views, list, schema)) yield* rows;
}

/** Lists that only point: they show nothing by themselves. */
export const pointing = z.undefined();

/** The ids by which a whole list of the directory points at its entries. */
export async function listedIds(views: Pick<ViewStore, 'list'>, list: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await views.list(list, { limit: 100, ...(cursor === undefined ? {} : { cursor }) }, pointing);
    ids.push(...page.rows.map(({ listing }) => listing.at));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return ids;
}

/** The heads that a whole list points at, page by page. One that is not there yet is left out. */
export async function* everyPageOfHeads<T>(
  views: Pick<ViewStore, 'list' | 'getMany'>,
  list: string,
  schema: z.core.$ZodType<T>,
): AsyncGenerator<T[]> {
  let cursor: string | undefined;
  do {
    const page = await views.list(list, { limit: 100, ...(cursor === undefined ? {} : { cursor }) }, pointing);
    yield (await views.getMany(page.rows.map(headBeside), schema)).map((row) => row.data);
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** The heads that a whole list points at. */
export async function* everyHead<T>(
  views: Pick<ViewStore, 'list' | 'getMany'>,
  list: string,
  schema: z.core.$ZodType<T>,
): AsyncGenerator<T> {
  for await (const heads of everyPageOfHeads(views, list, schema)) yield* heads;
}
