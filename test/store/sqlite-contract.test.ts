import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import { storeContract } from './contract.ts';

storeContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-sqlite-'));
  const town = openSqliteTown({ folder });
  const plant = async (sql: string, ...values: (string | number)[]): Promise<void> => {
    await town.durable();
    const beside = new DatabaseSync(join(folder, 'town.sqlite'));
    beside.prepare(sql).run(...values);
    beside.close();
  };
  return {
    commits: town.commits,
    views: town.views,
    prepareAgain: async () => {
      await town.durable();
      await openSqliteTown({ folder }).close();
    },
    plantCommit: ({ matter, version, commit, day, at }) =>
      plant(
        `INSERT INTO commits (matter, version, "commit", hash, day, at) VALUES (?, ?, ?, '', ?, ?)`,
        matter,
        version,
        commit,
        day,
        at,
      ),
    plantRow: ({ pk, sk, json }) => plant(`INSERT INTO views VALUES (?, ?, 1, ?, ?, '1', ?)`, pk, sk, json, pk, json),
    close: async () => {
      await town.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
