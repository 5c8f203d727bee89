import { randomUUID } from 'node:crypto';
import { type EmbeddedDynamo, startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore, type StoredCommit } from '@dandang/store/commit-store.ts';
import { createTables } from '@dandang/store/tables.ts';
import { dynamoViewStore, type ViewRow, type ViewStore } from '@dandang/store/view-store.ts';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { memoryCommitStore, memoryViewStore } from './memory-store.ts';

/* The stores in memory say what a real engine says, whatever they are asked. */

let engine: EmbeddedDynamo;
const client = () => dynamoClient({ region: 'local', endpoint: engine.endpoint });
beforeAll(async () => {
  engine = await startEmbeddedDynamo();
});
afterAll(() => engine.close());

const day = '2026-10-09';
const step = fc.record({
  matter: fc.constantFrom('reminder/a', 'reminder/b', 'delivery/c'),
  version: fc.integer({ min: 1, max: 4 }),
  hash: fc.constantFrom('x', 'y'),
  second: fc.integer({ min: 0, max: 5 }),
});

test('of commits', async () => {
  const real = client();
  const collect = async (store: CommitStore, commits: readonly StoredCommit[]): Promise<unknown[]> => {
    const told: unknown[] = [];
    for (const commit of commits) told.push(await store.append(commit));
    for (const matter of ['reminder/a', 'reminder/b', 'none/x'])
      told.push(await store.read(matter), await store.read(matter, { from: 2 }), await store.readNewest(matter, 2));
    const keys = await Array.fromAsync(store.keysOn(day));
    told.push(keys);
    for (const after of keys) told.push(await Array.fromAsync(store.keysOn(day, { after })));
    told.push(await Array.fromAsync(store.keysOn('2026-10-10')));
    return told;
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const names = { commits: randomUUID(), views: randomUUID() };
      await createTables(real, names);
      const commits = steps.map(({ matter, version, hash, second }) => ({
        matter,
        version,
        hash,
        commit: '{}',
        day,
        at: `${day}T09:00:0${second}.000+08:00`,
      }));
      expect(await collect(memoryCommitStore(), commits)).toEqual(
        await collect(dynamoCommitStore({ client: real, table: names.commits }), commits),
      );
    }),
    { numRuns: 12 },
  );
  real.destroy();
}, 30_000);

const row = fc.record({
  sk: fc.constantFrom('1', '2', '3', '4'),
  version: fc.integer({ min: 1, max: 3 }),
  list: fc.constantFrom('one', 'two', undefined),
  data: fc.integer(),
  brief: fc.option(fc.integer(), { nil: undefined }),
});

test('of views', async () => {
  const real = client();
  const collect = async (store: ViewStore, rows: readonly ViewRow[]): Promise<unknown[]> => {
    const told: unknown[] = [];
    for (const one of rows) told.push(await store.put(one));
    told.push(await store.rows('p', z.number()));
    for (const descending of [true, false])
      for (const limit of [1, 2, 9])
        for (const range of [{}, { from: 'at2' }, { from: 'at2', through: 'at3' }]) {
          let cursor: string | undefined;
          do {
            const more = cursor === undefined ? {} : { cursor };
            const page = await store.list('one', { limit, descending, ...range, ...more }, z.optional(z.number()));
            told.push(page.rows, page.cursor !== undefined);
            cursor = page.cursor;
          } while (cursor !== undefined);
        }
    told.push(await store.get('p', '1', z.number()));
    told.push(
      await store.getMany(
        ['4', '1', '3', '1', '1', 'none'].map((sk) => ({ pk: 'p', sk })),
        z.number(),
      ),
    );
    return told;
  };
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (steps) => {
      const names = { commits: randomUUID(), views: randomUUID() };
      await createTables(real, names);
      const rows = steps.map(({ sk, version, list, data, brief }) => ({
        pk: 'p',
        sk,
        version,
        data,
        ...(list === undefined ? {} : { listing: { list, at: `at${sk}`, ...(brief === undefined ? {} : { brief }) } }),
      }));
      expect(await collect(memoryViewStore(), rows)).toEqual(
        await collect(dynamoViewStore({ client: real, table: names.views }), rows),
      );
    }),
    { numRuns: 12 },
  );
  real.destroy();
}, 60_000);
