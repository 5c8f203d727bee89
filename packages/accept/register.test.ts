import { type Commit, unseal } from '@dandang/casework/commit.ts';
import { startEmbeddedDynamo } from '../../test/dynalite/embedded-dynamodb.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { registerKey } from '@dandang/store/keys.ts';
import { createTables } from '@dandang/store/tables.ts';
import { type NumberWanted, reserveNumber } from './register.ts';

let commits: CommitStore;
let close: () => Promise<void>;
beforeAll(async () => {
  const database = await startEmbeddedDynamo();
  const client = dynamoClient({ region: 'local', endpoint: database.endpoint });
  await createTables(client, { commits: 'commits', views: 'views' });
  commits = dynamoCommitStore({ client, table: 'commits' });
  close = async () => {
    client.destroy();
    await database.close();
  };
});
afterAll(() => close());

const wanted = (series: string, matter: string, more: Partial<NumberWanted> = {}): NumberWanted => ({
  series,
  matter: `reminder/${matter}`,
  letter: 'reminder-letter',
  openedAt: '2026-09-01T09:00:00.000+08:00',
  now: '2026-09-15T10:00:00.000+08:00',
  today: '2026-09-15',
  ...more,
});
const entries = async (series: string, year = 2026): Promise<Commit[]> =>
  (await commits.read(registerKey(series, year))).map(unseal);

test('letters that ask at the same time get distinct numbers without a gap', async () => {
  const asked = Array.from({ length: 12 }, (_, index) => reserveNumber(commits, wanted('同时', `m${index}`)));
  const numbers = await Promise.all(asked);
  expect(numbers.sort()).toEqual(Array.from({ length: 12 }, (_, index) => `同时〔2026〕${index + 1}号`).sort());
});

test('a crowd at one register costs each letter a few tries, not as many as there are letters', async () => {
  let appends = 0;
  const counted: Pick<CommitStore, 'readNewest' | 'append'> = {
    readNewest: (key, limit) => commits.readNewest(key, limit),
    append: (commit) => {
      appends += 1;
      return commits.append(commit);
    },
  };
  const many = 40;
  const numbers = await Promise.all(
    Array.from({ length: many }, (_, index) => reserveNumber(counted, wanted('拥挤', `m${index}`))),
  );
  expect(new Set(numbers).size).toBe(many);
  expect(await entries('拥挤')).toHaveLength(many);
  // Without pauses all try again at once, and one of them gets through each time: some 40 + 39 + … = 820 tries.
  expect(appends).toBeLessThan(many * 12);
}, 30_000);

test('a letter that asks again, at once or after others, gets the number it had', async () => {
  const first = await reserveNumber(commits, wanted('重试', 'a'));
  await reserveNumber(commits, wanted('重试', 'b'));
  const now = '2026-09-16T10:00:00.000+08:00';
  expect(await reserveNumber(commits, wanted('重试', 'a', { now, today: '2026-09-16' }))).toBe(first);
  const twice = await Promise.all([1, 2, 3].map(() => reserveNumber(commits, wanted('重试', 'c'))));
  expect(new Set(twice)).toEqual(new Set(['重试〔2026〕3号']));
  expect(await entries('重试')).toHaveLength(3);
});

test('two letters of one matter have a number each', async () => {
  const tip = await reserveNumber(commits, wanted('一对', 'a', { letter: 'work-tip' }));
  const letter = await reserveNumber(commits, wanted('一对', 'a'));
  expect([tip, letter]).toEqual(['一对〔2026〕1号', '一对〔2026〕2号']);
});

test('a crash between the reservation and the commit loses no number', async () => {
  const crashed: Pick<CommitStore, 'readNewest' | 'append'> = {
    readNewest: (key, limit) => commits.readNewest(key, limit),
    append: async (commit) => {
      await commits.append(commit);
      throw new Error('the process died here');
    },
  };
  await expect(reserveNumber(crashed, wanted('中断', 'a'))).rejects.toThrow('died');
  await reserveNumber(commits, wanted('中断', 'b'));
  expect(await reserveNumber(commits, wanted('中断', 'a'))).toBe('中断〔2026〕1号');
});

test('a new year begins with one', async () => {
  await reserveNumber(commits, wanted('跨年', 'a'));
  const next = { now: '2027-01-04T09:00:00.000+08:00', today: '2027-01-04' };
  expect(await reserveNumber(commits, wanted('跨年', 'b', next))).toBe('跨年〔2027〕1号');
  expect(await reserveNumber(commits, wanted('跨年', 'c'))).toBe('跨年〔2026〕2号');
});

test('a number is found behind very many younger ones', async () => {
  const own = await reserveNumber(commits, wanted('很多', 'old'));
  for (let index = 0; index < 130; index += 1) await reserveNumber(commits, wanted('很多', `m${index}`));
  expect(await reserveNumber(commits, wanted('很多', 'old'))).toBe(own);
  expect(await entries('很多')).toHaveLength(131);
}, 30_000);

test('a letter does not read beyond what is older than its matter', async () => {
  const limits: number[] = [];
  const watched: Pick<CommitStore, 'readNewest' | 'append'> = {
    append: (commit) => commits.append(commit),
    readNewest: (key, limit) => {
      limits.push(limit);
      return commits.readNewest(key, limit);
    },
  };
  for (let index = 0; index < 40; index += 1) await reserveNumber(commits, wanted('年轻', `m${index}`));
  const openedAt = '2026-09-20T09:00:00.000+08:00';
  const now = '2026-09-20T10:00:00.000+08:00';
  expect(await reserveNumber(watched, wanted('年轻', 'new', { openedAt, now, today: '2026-09-20' }))).toBe(
    '年轻〔2026〕41号',
  );
  expect(limits).toHaveLength(1);
}, 30_000);
