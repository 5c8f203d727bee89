import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynamoClient } from '@dandang/store/client.ts';
import { createTables } from '@dandang/store/tables.ts';
import { dynamoViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { startEmbeddedDynamo } from './embedded-dynamodb.ts';

const names = { commits: 'commits', views: 'views' };
const row = { pk: 'unit#housing', sk: 'head', version: 1, data: { name: '市住房和城乡建设局' } };

async function withViews<T>(
  endpoint: string,
  use: (views: ReturnType<typeof dynamoViewStore>) => Promise<T>,
): Promise<T> {
  const client = dynamoClient({ endpoint, region: 'local' });
  try {
    await createTables(client, names);
    return await use(dynamoViewStore({ client, table: names.views }));
  } finally {
    client.destroy();
  }
}

describe('the embedded DynamoDB', () => {
  let folder: string;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'dandang-local-')), 'not', 'made', 'yet');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('listens on the loopback address only', async () => {
    const engine = await startEmbeddedDynamo();
    expect(engine.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await engine.close();
  });

  test('finds its data again in its folder', async () => {
    const first = await startEmbeddedDynamo({ folder });
    await withViews(first.endpoint, (views) => views.put(row));
    await first.close();
    const second = await startEmbeddedDynamo({ folder });
    const found = await withViews(second.endpoint, (views) => views.get(row.pk, row.sk, z.unknown()));
    await second.close();
    expect(found).toEqual(row);
  });

  test('forgets its data without a folder', async () => {
    const first = await startEmbeddedDynamo();
    await withViews(first.endpoint, (views) => views.put(row));
    await first.close();
    const second = await startEmbeddedDynamo();
    const found = await withViews(second.endpoint, (views) => views.get(row.pk, row.sk, z.unknown()));
    await second.close();
    expect(found).toBeUndefined();
  });

  test('refuses a folder that is in use, and leaves its user undisturbed', async () => {
    const user = await startEmbeddedDynamo({ folder });
    await expect(startEmbeddedDynamo({ folder })).rejects.toThrow(folder);
    expect(await withViews(user.endpoint, (views) => views.put(row))).toBe('written');
    await user.close();
  });

  test('refuses a port that is in use', async () => {
    const user = await startEmbeddedDynamo();
    await expect(startEmbeddedDynamo({ port: Number(new URL(user.endpoint).port) })).rejects.toThrow('EADDRINUSE');
    await user.close();
  });
});
