import { assigneesOf } from '@dandang/access/party.ts';
import { sightOf } from '@dandang/access/gate.ts';
import { type Caller, roles } from '@dandang/access/caller.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { type ListParty, matterHeads, mattersByParty } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { memoryViewStore } from '../../test/store/memory-store.ts';
import { listPage } from './list-page.ts';

const parties = [
  'role:supervision',
  'role:approver',
  'unit:housing',
  'unit:ecology',
  'person:p1',
  'person:p2',
] as const;
const gate = z.object({ file: z.array(z.enum(parties)), own: z.array(z.enum(parties)), everybody: z.boolean() });
const head = z.object({ id: z.string(), gate });
type Head = z.infer<typeof head>;

const callers = fc.record({
  id: fc.constantFrom('p1', 'p2', 'p3'),
  unit: fc.constantFrom('housing', 'ecology', ''),
  roles: fc.subarray(['supervision', 'approver', 'unit', 'official'] as const),
});
const matters = fc.array(
  fc.record({
    // Few instants, so that many were opened in the same.
    second: fc.integer({ min: 0, max: 3 }),
    gate: fc.record({
      file: fc.subarray([...parties], { maxLength: 2 }),
      own: fc.subarray([...parties], { maxLength: 3 }),
      everybody: fc.boolean(),
    }),
    // The index may know of a matter whose head has not come yet.
    headIsThere: fc.boolean(),
  }),
  { maxLength: 25 },
);

const openedAt = (second: number): string => `2026-09-15T09:00:0${second}.000+08:00`;

async function put(views: ViewStore, { id, gate }: Head, second: number, headIsThere: boolean): Promise<void> {
  const ref = { kind: 'reminder', id };
  const named: ListParty[] = [...new Set([...gate.file, ...gate.own])];
  if (gate.everybody) named.push('everybody');
  for (const party of named) {
    const listing = mattersByParty.listing(ref, party, openedAt(second));
    await views.put({ ...mattersByParty.key(ref, party), version: 1, data: null, listing });
  }
  if (headIsThere) await views.put({ ...matterHeads.key(ref), version: 1, data: { id, gate } });
}

const sees = (hats: readonly Caller[], { file, own, everybody }: Head['gate']): boolean => {
  const copy = everybody ? roles.map((one) => `role:${one}` as const) : [];
  return hats.some((hat) => sightOf({ file, own, copy }, hat) !== undefined);
};

const listsOf = (hats: readonly Caller[]): string[] =>
  [...hats.flatMap(assigneesOf), 'everybody' as const].map((party) => mattersByParty.list('reminder', party));

test('the lists of a caller’s parties, page by page, are what the gate shows, newest first, each once', async () => {
  await fc.assert(
    fc.asyncProperty(
      matters,
      fc.array(callers, { minLength: 1, maxLength: 2 }),
      fc.integer({ min: 1, max: 5 }),
      async (known, people, limit) => {
        const hats = people.map((one): Caller => ({ ...one, name: one.id }));
        const views = memoryViewStore();
        const all = known.map(({ second, gate, headIsThere }, n) => ({
          head: { id: `m${String(n).padStart(2, '0')}`, gate },
          second,
          headIsThere,
        }));
        for (const { head, second, headIsThere } of all) await put(views, head, second, headIsThere);
        const expected = all
          .filter(({ head, headIsThere }) => headIsThere && sees(hats, head.gate))
          .sort((a, b) => b.second - a.second || (a.head.id < b.head.id ? 1 : -1))
          .map(({ head }) => head.id);
        const pages: string[][] = [];
        let next: string | undefined;
        do {
          const query = new URLSearchParams({ limit: String(limit), ...(next === undefined ? {} : { cursor: next }) });
          const page = await listPage({
            views,
            query,
            lists: listsOf(hats),
            of: 'heads',
            schema: head,
            descending: true,
            show: ({ id, gate }) => (sees(hats, gate) ? id : undefined),
          });
          if (isRefusal(page)) throw new Error(page.refused);
          pages.push(page.items);
          next = page.next;
          // It names what was shown last, and nothing else.
          if (next !== undefined)
            expect(Buffer.from(next, 'base64url').toString()).toContain(`#${page.items.at(-1) ?? 'nothing'}"`);
        } while (next !== undefined);
        expect(pages.flat()).toEqual(expected);
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
        expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / limit)));
      },
    ),
    { numRuns: 150 },
  );
});

test('a page goes on where the one before ended, whatever has come and gone meanwhile', async () => {
  const views = memoryViewStore();
  const all = { file: ['role:supervision' as const], own: [], everybody: false };
  const clerk: Caller = { id: 'p1', name: '', unit: '', roles: ['supervision'] };
  const page = async (cursor?: string) => {
    const query = new URLSearchParams({ limit: '2', ...(cursor === undefined ? {} : { cursor }) });
    const show = ({ id }: Head) => id;
    const question = {
      views,
      query,
      lists: listsOf([clerk]),
      of: 'heads',
      schema: head,
      descending: true,
      show,
    } as const;
    const found = await listPage(question);
    if (isRefusal(found)) throw new Error(found.refused);
    return found;
  };
  for (const [n, id] of ['a', 'b', 'c', 'd'].entries()) await put(views, { id, gate: all }, n, true);
  const first = await page();
  expect(first.items).toEqual(['d', 'c']);
  await put(views, { id: 'e', gate: all }, 5, true);
  await views.put({ ...mattersByParty.key({ kind: 'reminder', id: 'c' }, 'role:supervision'), version: 2, data: null });
  expect((await page(first.next)).items).toEqual(['b', 'a']);
});

test.each(['nonsense', 'W10', 'WyIiXQ', 'WyJhIiwiYiJd', `${Buffer.from('["a"]').toString('base64url')}=`])(
  'a cursor that we did not write is refused: %s',
  async (cursor) => {
    const question = {
      views: memoryViewStore(),
      lists: ['a'],
      of: 'briefs',
      schema: z.unknown(),
      show: () => 1,
    } as const;
    expect(await listPage({ ...question, query: new URLSearchParams({ cursor }) })).toMatchObject({
      refused: 'malformed',
    });
  },
);
