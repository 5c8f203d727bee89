import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import { mattersByState } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { listPage, mostRead, passedOver } from './list-page.ts';
import { readPlace } from './place.ts';
import { sortedPage } from './sorted-page.ts';

const head = z.object({ n: z.number() });
const many = 2500;
const list = mattersByState.list('reminder', 'closed');
const atOf = (n: number): string => mattersByState.listing(refOf(n), 'closed', openedAt(n)).at;
const refOf = (n: number) => ({ kind: 'reminder', id: `m${n}` });
const openedAt = (n: number): string => `2026-09-15T09:00:00.${String(n).padStart(4, '0')}+08:00`;

/** A list of so many closed matters, as an engine gives it page by page. */
const views: Pick<ViewStore, 'list' | 'getMany'> = {
  list: (_list, { from, through, limit, cursor, descending = false }, schema) => {
    const places = Array.from({ length: many }, (_, n) => n).filter(
      (n) => (from === undefined || atOf(n) >= from) && (through === undefined || atOf(n) <= through),
    );
    const ahead = (descending ? places.toReversed() : places).slice(Number(cursor ?? 0));
    const rows = ahead.slice(0, limit).map((n) => ({
      ...mattersByState.key(refOf(n)),
      listing: { list, at: atOf(n) },
      brief: z.core.parse(schema, undefined),
    }));
    return Promise.resolve({ rows, ...(ahead.length > limit ? { cursor: String(Number(cursor ?? 0) + limit) } : {}) });
  },
  getMany: (keys, schema) =>
    Promise.resolve(
      keys.map((key) => ({
        ...key,
        version: 1,
        data: z.core.parse(schema, { n: Number(/m(\d+)$/.exec(key.pk)?.[1]) }),
      })),
    ),
};

type Show = (row: { readonly n: number }) => number | typeof passedOver | undefined;

const good = <T extends object>(page: T | Refusal): T => {
  if (isRefusal(page)) throw new Error(page.refused);
  return page;
};
const pageOf = async (show: Show, query: Record<string, string> = {}, counting = false) =>
  good(
    await listPage({
      views,
      lists: [list],
      of: 'heads',
      schema: head,
      query: new URLSearchParams(query),
      show,
      counting,
    }),
  );

test('a page ends where so much was read in vain, and the next one goes on and finds it', async () => {
  const rare: Show = ({ n }) => (n === many - 1 ? n : passedOver);
  const first = await pageOf(rare);
  expect([first.items, first.next === undefined]).toEqual([[], false]);
  expect(readPlace(first.next ?? '', 1)).toEqual([atOf(mostRead - 1)]);
  expect(await pageOf(rare, { cursor: first.next ?? '' })).toEqual({ items: [many - 1] });
});

test('where all of it is hidden from the caller reading goes on: no cursor names what it may not know of', async () => {
  expect(await pageOf(({ n }) => (n === many - 1 ? n : undefined))).toEqual({ items: [many - 1] });
  const one = await pageOf(({ n }) => (n === 7 ? passedOver : undefined));
  expect(readPlace(one.next ?? '', 1)).toEqual([atOf(7)]);
  expect(await pageOf(({ n }) => (n === 7 ? passedOver : undefined), { cursor: one.next ?? '' })).toEqual({
    items: [],
  });
});

test('it is counted to a thousand, and said that there are more', async () => {
  const all = await pageOf(({ n }) => n, { limit: '2' }, true);
  expect(all).toMatchObject({ items: [0, 1], total: { count: 1000, more: true } });
  expect((await pageOf(({ n }) => (n % 5 === 0 ? n : passedOver), { limit: '2' }, true)).total).toEqual({
    count: mostRead / 5,
    more: true,
  });
  expect((await pageOf(({ n }) => (n < 3 ? n : undefined), { limit: '2' }, true)).total).toEqual({
    count: 3,
    more: true,
  });
});

test('what has no list is put in order as far as it is read, and it is said where that is not all', async () => {
  const query = (cursor?: string) => new URLSearchParams({ limit: '2', ...(cursor === undefined ? {} : { cursor }) });
  const page = async (show: Show, cursor?: string) =>
    good(
      await sortedPage({
        views,
        lists: [list],
        of: 'heads',
        schema: head,
        descending: true,
        query: query(cursor),
        show,
        by: (n) => String(n % 10),
        highestFirst: true,
      }),
    );
  const few: Show = ({ n }) => (n >= many - 4 ? n : undefined);
  const first = await page(few);
  expect(first).toMatchObject({ items: [2499, 2498], incomplete: true });
  expect((await page(few, first.next)).items).toEqual([2497, 2496]);
});
