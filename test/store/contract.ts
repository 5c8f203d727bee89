import { randomUUID } from 'node:crypto';
import { sha256 } from '@dandang/casework/commit.ts';
import { type CommitKey, type CommitStore, CommitTooLarge, type StoredCommit } from '@dandang/store/commit-store.ts';
import { BadCursor, writeCursor } from '@dandang/store/cursor.ts';
import { ItemUnreadable } from '@dandang/store/item.ts';
import { type ListedRow, type ListOptions, RowTooLarge, type ViewStore } from '@dandang/store/view-store.ts';
import fc from 'fast-check';
import * as z from 'zod/mini';

const day = '2026-10-09';
const at = '2026-10-09T09:00:00.000+08:00';

export function commitOf(matter: string, version: number, changes: Partial<StoredCommit> = {}): StoredCommit {
  const commit = changes.commit ?? `{"n":${version}}`;
  return { matter, version, commit, hash: sha256(commit), day, at, ...changes };
}

export const tag = z.object({ tag: z.string() });

/** UTF-8 order, which is DynamoDB's; JavaScript's own is UTF-16, in which an emoji comes before a full-width bracket. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A mix of what text can hold: control characters, line separators, a byte-order mark, Chinese, emoji made of several. */
const awkwardText = `${String.fromCodePoint(...Array.from({ length: 0x2ff }, (_, i) => i))}\u2028\u2029\ufeff担当\u{20bb7}👩‍👩‍👧‍👦🇨🇳`;

async function pagesOf<T>(
  views: ViewStore,
  list: string,
  options: Omit<ListOptions, 'cursor'>,
  schema: z.core.$ZodType<T>,
): Promise<ListedRow<T>[][]> {
  const pages: ListedRow<T>[][] = [];
  let cursor: string | undefined;
  do {
    const page = await views.list(list, { ...options, ...(cursor === undefined ? {} : { cursor }) }, schema);
    pages.push(page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

/** Both stores on one engine, and how a test reaches past them. */
export interface EngineUnderTest {
  readonly commits: CommitStore;
  readonly views: ViewStore;
  /** Prepares the engine once more, as a second start does. */
  readonly prepareAgain: () => Promise<void>;
  /** Puts a commit into the table that has no hash. */
  readonly plantCommit: (commit: Omit<StoredCommit, 'hash'>) => Promise<void>;
  /** Puts a row into the table whose data and brief are this text; it stands in the list `pk`. */
  readonly plantRow: (row: { readonly pk: string; readonly sk: string; readonly json: string }) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the stores promise, tried on one engine. */
export function storeContract(name: string, start: () => Promise<EngineUnderTest>): void {
  describe(`the stores on ${name}`, () => {
    let commits: CommitStore;
    let views: ViewStore;
    let engine: EngineUnderTest;

    beforeAll(async () => {
      engine = await start();
      ({ commits, views } = engine);
    }, 60_000);

    afterAll(() => engine.close(), 60_000);

    test('preparing an engine again changes nothing', async () => {
      const matter = `reminder/${randomUUID()}`;
      await commits.append(commitOf(matter, 1));
      await engine.prepareAgain();
      expect(await commits.read(matter)).toHaveLength(1);
    });

    describe('commits', () => {
      test('a file that was never written reads as empty', async () => {
        expect(await commits.read('reminder/none')).toEqual([]);
        expect(await commits.readNewest('reminder/none', 3)).toEqual([]);
      });

      test('commits come back as they were stored, ascending by number and not by digit', async () => {
        const matter = `reminder/${randomUUID()}`;
        const stored = Array.from({ length: 12 }, (_, i) => commitOf(matter, i + 1));
        for (const commit of stored.toReversed()) expect(await commits.append(commit)).toBe('appended');
        expect(await commits.read(matter)).toEqual(stored);
        expect(await commits.read(matter, { from: 10 })).toEqual(stored.slice(9));
        expect(await commits.read(matter, { from: 13 })).toEqual([]);
      });

      test('the newest come first and no more of them than asked for', async () => {
        const matter = `register/督提/${randomUUID()}`;
        for (let version = 1; version <= 11; version += 1) await commits.append(commitOf(matter, version));
        const newest = await commits.readNewest(matter, 3);
        expect(newest.map(({ version }) => version)).toEqual([11, 10, 9]);
        expect(await commits.readNewest(matter, 50)).toHaveLength(11);
      });

      test('of many writers exactly one wins each version, and no version is missing', async () => {
        const matter = `reminder/${randomUUID()}`;
        const won: string[] = [];
        const write = async (writer: number) => {
          for (let left = 5; left > 0;) {
            const [newest] = await commits.readNewest(matter, 1);
            const version = (newest?.version ?? 0) + 1;
            const commit = `${writer}-${left}-${version}`;
            if ((await commits.append(commitOf(matter, version, { commit }))) === 'appended') {
              won.push(commit);
              left -= 1;
            }
          }
        };
        await Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
        const stored = await commits.read(matter);
        expect(stored.map(({ version }) => version)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
        expect(stored.map(({ commit }) => commit).toSorted()).toEqual(won.toSorted());
      }, 60_000);

      test('a version that is taken by another commit stays as it was', async () => {
        const matter = `reminder/${randomUUID()}`;
        const first = commitOf(matter, 1);
        await commits.append(first);
        expect(await commits.append({ ...first, hash: 'other', commit: '{}' })).toBe('version-taken');
        expect(await commits.read(matter)).toEqual([first]);
      });

      test.each([
        ['ASCII', 'a', 390_000],
        ['Chinese', '督', 130_000],
        ['emoji', '🀄', 97_500],
      ])('%s text of 390,000 bytes is stored and one byte more is refused', async (_, character, count) => {
        const matter = `reminder/${randomUUID()}`;
        const commit = commitOf(matter, 1, { commit: character.repeat(count) });
        await expect(commits.append(commitOf(matter, 1, { commit: `${commit.commit}a` }))).rejects.toThrow(
          CommitTooLarge,
        );
        expect(await commits.read(matter)).toEqual([]);
        expect(await commits.append(commit)).toBe('appended');
        expect(await commits.read(matter)).toEqual([commit]);
      });

      test('a file beyond the megabyte of one answer is read whole, in both directions', async () => {
        const matter = `reminder/${randomUUID()}`;
        for (let version = 1; version <= 7; version += 1) {
          await commits.append(commitOf(matter, version, { commit: `${version}${'x'.repeat(380_000)}` }));
        }
        const versions = (stored: StoredCommit[]) => stored.map(({ version, commit }) => [version, commit.at(0)]);
        const ascending = [1, 2, 3, 4, 5, 6, 7].map((version) => [version, String(version)]);
        expect(versions(await commits.read(matter))).toEqual(ascending);
        expect(versions(await commits.readNewest(matter, 6))).toEqual(ascending.toReversed().slice(0, 6));
      });

      test('any text comes back byte for byte', async () => {
        const matter = `reminder/${randomUUID()}`;
        const commit = commitOf(matter, 1, { commit: awkwardText });
        await commits.append(commit);
        expect(await commits.read(matter)).toEqual([commit]);
      });

      test('an empty string is stored and read as one', async () => {
        const commit = commitOf(`reminder/${randomUUID()}`, 1, { commit: '' });
        await commits.append(commit);
        expect(await commits.read(commit.matter)).toEqual([commit]);
      });

      test.each([
        ['half an emoji', { commit: '\ud83d' }],
        ['no day', { day: '' }],
        ['version zero', { version: 0 }],
        ['no hash', { hash: '' }],
      ])('a commit with %s is refused, because it could not be read back as it was hashed', async (_, changes) => {
        const commit = commitOf(`reminder/${randomUUID()}`, 1, changes);
        await expect(commits.append(commit)).rejects.toThrow(z.core.$ZodError);
        expect(await commits.read(commit.matter)).toEqual([]);
      });

      test('the index by day knows every commit of the day, by instant, and those of no other day', async () => {
        const instant = (n: number) => `2031-01-02T09:00:00.${String(n).padStart(3, '0')}+08:00`;
        const run = randomUUID();
        const expected: CommitKey[] = [];
        const writes: Promise<unknown>[] = [];
        for (let n = 0; n < 120; n += 1) {
          const key = { matter: `reminder/${run}-${n % 30}`, version: 1 + Math.floor(n / 30), at: instant(n) };
          expected.push(key);
          writes.push(commits.append(commitOf(key.matter, key.version, { day: '2031-01-02', at: key.at })));
          writes.push(commits.append(commitOf(`interview/${run}-${n}`, 1, { day: '2031-01-03' })));
        }
        await Promise.all(writes);
        const found = await Array.fromAsync(commits.keysOn('2031-01-02'));
        expect(found).toEqual(expected);
        const [, , after] = found;
        expect(after).toBeDefined();
        if (after === undefined) return;
        expect(await Array.fromAsync(commits.keysOn('2031-01-02', { after }))).toEqual(expected.slice(3));
        expect(await Array.fromAsync(commits.keysOn('2031-01-04'))).toEqual([]);
      }, 60_000);

      test('commits of one instant come by file and version, and `after` names one of them', async () => {
        const [run, at] = [randomUUID(), '2031-03-01T09:00:00.000+08:00'];
        const expected = ['a', 'b', 'c', 'd', 'e', 'f', 'g', '督'].flatMap((name) =>
          [1, 2, 10].map((version) => ({ matter: `reminder/${run}-${name}`, version, at })),
        );
        await Promise.all(
          expected.map(({ matter, version }) => commits.append(commitOf(matter, version, { day: '2031-03-01', at }))),
        );
        expect(await Array.fromAsync(commits.keysOn('2031-03-01'))).toEqual(expected);
        for (const [n, after] of expected.entries())
          expect(await Array.fromAsync(commits.keysOn('2031-03-01', { after }))).toEqual(expected.slice(n + 1));
      });

      test('a day of more than a thousand commits made in the same instant is found whole', async () => {
        // Fixed names: dynalite tells rows of one instant apart by 24 bits of a hash only, and these do not collide.
        const all = Array.from({ length: 1_100 }, (_, n) => `reminder/of-one-instant-${n}`);
        for (let n = 0; n < all.length; n += 50) {
          await Promise.all(
            all.slice(n, n + 50).map((matter) => commits.append(commitOf(matter, 1, { day: '2031-02-01' }))),
          );
        }
        const found = await Array.fromAsync(commits.keysOn('2031-02-01'), ({ matter }) => matter);
        expect(found.toSorted()).toEqual(all.toSorted());
      }, 60_000);

      test('an item that is no commit is an error that names its key and nothing it holds', async () => {
        const matter = `reminder/${randomUUID()}`;
        await engine.plantCommit({ matter, version: 1, commit: '张三的检举材料', day, at });
        const error: unknown = await commits.read(matter).catch((error: unknown) => error);
        expect(error).toBeInstanceOf(ItemUnreadable);
        expect(String(error)).toContain(matter);
        expect(String(error)).not.toContain('张三');
      });
    });

    describe('views', () => {
      test('a row that was never put is absent', async () => {
        expect(await views.get('matter#reminder/none', 'head', tag)).toBeUndefined();
        expect(await views.rows('matter#reminder/none', tag)).toEqual([]);
        expect(await views.list('none', { limit: 5 }, tag)).toEqual({ rows: [] });
      });

      test('a row is never overwritten by one of a lower version, in whatever order and however many at once', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 }), {
              minLength: 1,
              maxLength: 6,
            }),
            async (batches) => {
              const pk = `matter#reminder/${randomUUID()}`;
              let highest = -1;
              for (const batch of batches) {
                const before = highest;
                const puts = batch.map(async (version, n) => {
                  const result = await views.put({ pk, sk: 'head', version, data: { tag: `${version}.${n}` } });
                  if (version < before) expect(result).toBe('newer-exists');
                  if (version === Math.max(before, ...batch)) expect(result).toBe('written');
                });
                await Promise.all(puts);
                highest = Math.max(before, ...batch);
                const row = await views.get(pk, 'head', tag);
                expect(row?.version).toBe(highest);
                expect(row?.data.tag.startsWith(`${highest}.`)).toBe(true);
              }
            },
          ),
          { numRuns: 40 },
        );
      }, 60_000);

      test('a row of the same version may be written again', async () => {
        const key = { pk: `matter#reminder/${randomUUID()}`, sk: 'head' };
        expect(await views.put({ ...key, version: 3, data: { tag: 'first' } })).toBe('written');
        expect(await views.put({ ...key, version: 3, data: { tag: 'second' } })).toBe('written');
        expect(await views.get(key.pk, key.sk, tag)).toEqual({ ...key, version: 3, data: { tag: 'second' } });
      });

      test('a row moves to another list, changes its place and leaves its list', async () => {
        const run = randomUUID();
        const key = { pk: `matter#reminder/${run}`, sk: 'act#reply' };
        const brief = { tag: 'shown' };
        const listed = async (list: string) =>
          (await views.list(list, { limit: 10 }, tag)).rows.map(({ listing }) => listing.at);
        await views.put({ ...key, version: 1, data: { tag: '' }, listing: { list: `${run}-a`, at: '1', brief } });
        expect(await listed(`${run}-a`)).toEqual(['1']);
        await views.put({ ...key, version: 2, data: { tag: '' }, listing: { list: `${run}-b`, at: '1', brief } });
        expect(await listed(`${run}-a`)).toEqual([]);
        expect(await listed(`${run}-b`)).toEqual(['1']);
        await views.put({ ...key, version: 3, data: { tag: '' }, listing: { list: `${run}-b`, at: '2', brief } });
        expect(await listed(`${run}-b`)).toEqual(['2']);
        await views.put({ ...key, version: 1, data: { tag: '' }, listing: { list: `${run}-a`, at: '1', brief } });
        expect(await listed(`${run}-a`)).toEqual([]);
        await views.put({ ...key, version: 3, data: { tag: 'closed' } });
        expect(await listed(`${run}-b`)).toEqual([]);
        expect(await views.get(key.pk, key.sk, tag)).toEqual({ ...key, version: 3, data: { tag: 'closed' } });
      });

      test('rows of a partition come by sort key, beyond the megabyte of one answer too', async () => {
        const pk = `matter#reminder/${randomUUID()}`;
        const large = 'x'.repeat(380_000);
        for (const sk of ['todo#c', 'act#a', 'head', 'todo#b'])
          await views.put({ pk, sk, version: 1, data: { tag: large } });
        const rows = await views.rows(pk, tag);
        expect(rows.map(({ sk }) => sk)).toEqual(['act#a', 'head', 'todo#b', 'todo#c']);
      });

      test('paging repeats nothing, skips nothing and fills every page, whatever the ties, range and direction', async () => {
        // Nothing of U+E000 – U+FFFF beside an emoji: dynalite checks a cursor against the range in UTF-16 order.
        const place = fc
          .array(fc.constantFrom('a', 'b', '#', '$', '督', '🀄'), { minLength: 1, maxLength: 3 })
          .map((c) => c.join(''));
        await fc.assert(
          fc.asyncProperty(
            fc.array(place, { maxLength: 14 }),
            fc.integer({ min: 1, max: 6 }),
            fc.boolean(),
            fc.option(place, { nil: undefined }),
            fc.option(place, { nil: undefined }),
            async (places, limit, descending, from, through) => {
              const list = `list-${randomUUID()}`;
              await Promise.all(
                places.map((at, n) =>
                  views.put({
                    pk: `${list}-${n}`,
                    sk: 'head',
                    version: 1,
                    data: null,
                    listing: { list, at, brief: { tag: at } },
                  }),
                ),
              );
              const range = { ...(from === undefined ? {} : { from }), ...(through === undefined ? {} : { through }) };
              const pages = await pagesOf(views, list, { limit, descending, ...range }, tag);
              const expected = places
                .filter((at) => from === undefined || byBytes(at, from) >= 0)
                .filter((at) => through === undefined || byBytes(at, through) <= 0)
                .toSorted(descending ? (a, b) => byBytes(b, a) : byBytes);
              const rows = pages.flat();
              expect(rows.map(({ brief }) => brief.tag)).toEqual(expected);
              expect(new Set(rows.map(({ pk }) => pk)).size).toBe(rows.length);
              expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
              expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / limit)));
            },
          ),
          { numRuns: 60 },
        );
      }, 120_000);

      test('a page whose rows exceed the megabyte of one answer is still full', async () => {
        const list = `list-${randomUUID()}`;
        const large = 'x'.repeat(380_000);
        for (let n = 1; n <= 7; n += 1) {
          await views.put({
            pk: `${list}-${n}`,
            sk: 'head',
            version: n,
            data: null,
            listing: { list, at: String(n), brief: { tag: large } },
          });
        }
        const pages = await pagesOf(views, list, { limit: 5, descending: true }, tag);
        expect(pages.map((page) => page.map(({ listing }) => listing.at))).toEqual([
          ['7', '6', '5', '4', '3'],
          ['2', '1'],
        ]);
      });

      test('a cursor of another list, outside the range, or damaged is a bad cursor', async () => {
        const list = `list-${randomUUID()}`;
        for (const n of [1, 2, 3]) {
          await views.put({
            pk: `${list}-${n}`,
            sk: 'head',
            version: 1,
            data: null,
            listing: { list, at: String(n), brief: { tag: '' } },
          });
        }
        const { cursor = '' } = await views.list(list, { limit: 2 }, tag);
        expect((await views.list(list, { limit: 2, cursor }, tag)).rows).toHaveLength(1);
        const bad = [
          ...['', 'x', '{}', `${cursor}=`, `${cursor}!`, cursor.slice(0, -1), cursor.toUpperCase()],
          writeCursor({ pk: 'a', sk: 'head', list: 'another', at: '1' }),
          writeCursor({ pk: '', sk: 'head', list, at: '1' }),
          writeCursor({ pk: '\ud83d', sk: 'head', list, at: '1' }),
          writeCursor({ pk: 'a', sk: '督'.repeat(342), list, at: '1' }),
        ];
        for (const cursor of bad) await expect(views.list(list, { limit: 2, cursor }, tag)).rejects.toThrow(BadCursor);
        await expect(views.list(list, { limit: 2, cursor, from: '3' }, tag)).rejects.toThrow(BadCursor);
        await expect(views.list(list, { limit: 2, cursor, through: '1' }, tag)).rejects.toThrow(BadCursor);
      });

      test('a cursor stays good when its row has moved away meanwhile', async () => {
        const list = `list-${randomUUID()}`;
        const row = (n: number) => ({ pk: `${list}-${n}`, sk: 'head', version: 1, data: { tag: String(n) } });
        for (const n of [1, 2, 3])
          await views.put({ ...row(n), listing: { list, at: String(n), brief: { tag: String(n) } } });
        const { cursor = '' } = await views.list(list, { limit: 2 }, tag);
        await views.put(row(2));
        const { rows } = await views.list(list, { limit: 2, cursor }, tag);
        expect(rows.map(({ brief }) => brief.tag)).toEqual(['3']);
      });

      test.each([0, -1, 1.5, Number.NaN])('a limit of %p is refused', async (limit) => {
        await expect(views.list('any', { limit }, tag)).rejects.toThrow(RangeError);
      });

      test('any text comes back as it was, and empty strings stay empty', async () => {
        const key = { pk: `matter#reminder/${randomUUID()}`, sk: 'head' };
        const data = { awkward: awkwardText, empty: '', nested: [{ '': [] }, null, false, 0, 1e21] };
        await views.put({ ...key, version: 1, data });
        expect((await views.get(key.pk, key.sk, z.unknown()))?.data).toEqual(data);
      });

      test('a row is measured in bytes, and a listing without a name or a place is refused', async () => {
        const row = { pk: `matter#reminder/${randomUUID()}`, sk: 'head', version: 1 };
        await expect(views.put({ ...row, data: '督'.repeat(130_000) })).rejects.toThrow(RowTooLarge);
        await expect(views.put({ ...row, data: '', listing: { list: '', at: '1' } })).rejects.toThrow(z.core.$ZodError);
        await expect(views.put({ ...row, data: '', listing: { list: 'a', at: '' } })).rejects.toThrow(z.core.$ZodError);
        await expect(views.put({ ...row, data: undefined })).rejects.toThrow(z.core.$ZodError);
        const brief = '督'.repeat(65_000);
        const heavy = { ...row, data: brief, listing: { list: 'a', at: '1', brief } };
        await expect(views.put(heavy)).rejects.toThrow(RowTooLarge);
        expect(await views.rows(row.pk, z.unknown())).toEqual([]);
      });

      test('a list shows the brief of a row and nothing else of it, and points where there is none', async () => {
        const list = `list-${randomUUID()}`;
        const key = { pk: `matter#reminder/${randomUUID()}`, sk: 'todo' };
        const pointing = { pk: key.pk, sk: 'party' };
        const brief = { tag: awkwardText };
        await views.put({ ...key, version: 2, data: { tag: 'data' }, listing: { list, at: '1', brief } });
        await views.put({ ...pointing, version: 1, data: null, listing: { list, at: '2' } });
        const shown = (await views.list(list, { limit: 9 }, z.unknown())).rows;
        expect(shown).toEqual([
          { ...key, listing: { list, at: '1' }, brief },
          { ...pointing, listing: { list, at: '2' }, brief: undefined },
        ]);
        const whole = { ...key, version: 2, data: { tag: 'data' }, listing: { list, at: '1', brief } };
        expect(await views.get(key.pk, key.sk, tag)).toEqual(whole);
        expect(await views.getMany([key], tag)).toEqual([whole]);
        await expect(views.list(list, { limit: 9 }, tag)).rejects.toThrow(ItemUnreadable);
      });

      test('some rows come in the order in which they are asked for, each once, without those that are not there', async () => {
        const pk = `matter#reminder/${randomUUID()}`;
        const keys = Array.from({ length: 230 }, (_, n) => ({ pk: `${pk}-${n % 3}`, sk: `row-${n}` }));
        await Promise.all(keys.map((key, n) => views.put({ ...key, version: 1, data: { tag: String(n) } })));
        const asked = [...keys.toReversed(), { pk, sk: 'absent' }, ...keys.slice(0, 5)];
        const found = await views.getMany(asked, tag);
        expect(found.map(({ sk, data }) => [sk, data.tag])).toEqual(
          keys.map(({ sk }, n) => [sk, String(n)]).toReversed(),
        );
        expect(await views.getMany([], tag)).toEqual([]);
      });

      test('some rows come whole, beyond the sixteen megabytes of one answer too', async () => {
        const pk = `matter#reminder/${randomUUID()}`;
        const keys = Array.from({ length: 50 }, (_, n) => ({ pk, sk: `row-${n}` }));
        for (const key of keys) await views.put({ ...key, version: 1, data: { tag: 'x'.repeat(380_000) } });
        const found = await views.getMany(keys, tag);
        expect(found.map(({ sk, data }) => [sk, data.tag.length])).toEqual(keys.map(({ sk }) => [sk, 380_000]));
      }, 60_000);

      test.each([
        ['of another shape', '{"name":"张三"}'],
        ['that is no JSON', '张三'],
      ])('a row %s is an error that names its key and nothing it holds', async (_, json) => {
        const pk = `official#${randomUUID()}`;
        await engine.plantRow({ pk, sk: 'head', json });
        const reads = [
          views.get(pk, 'head', tag),
          views.getMany([{ pk, sk: 'head' }], tag),
          views.rows(pk, tag),
          views.list(pk, { limit: 1 }, tag),
        ];
        for (const { status, ...outcome } of await Promise.allSettled(reads)) {
          expect(status).toBe('rejected');
          const error: unknown = 'reason' in outcome ? outcome.reason : undefined;
          expect(error).toBeInstanceOf(ItemUnreadable);
          expect(String(error)).toContain(`${pk} head`);
          expect(JSON.stringify(error) + String(error)).not.toContain('张三');
        }
      });
    });
  });
}
