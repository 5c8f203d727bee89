import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { startEmbeddedDynamo } from '../dynalite/embedded-dynamodb.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore } from '@dandang/store/commit-store.ts';

const script = (name: string): string => join(import.meta.dirname, name);

describe('the embedded engine on disk', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dandang-store-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Kills a writing process as soon as it has acknowledged `count` commits; answers what it acknowledged. */
  async function killAfter(run: string, count: number): Promise<string[]> {
    const writer = spawn(process.execPath, [script('write-until-killed.ts'), folder, run], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    for await (const line of createInterface({ input: writer.stdout })) {
      acknowledged.push(line);
      if (acknowledged.length === count) writer.kill('SIGKILL');
    }
    return acknowledged;
  }

  test('keeps every acknowledged commit, and its entry by day, when its process is killed, and opens again', async () => {
    const acknowledged: string[] = [];
    for (const [n, count] of [1, 40, 400].entries()) {
      const told = await killAfter(`run-${n}`, count);
      expect(told.length).toBeGreaterThanOrEqual(count);
      acknowledged.push(...told);
    }

    const { endpoint, close } = await startEmbeddedDynamo({ folder });
    const client = dynamoClient({ endpoint, region: 'local' });
    const commits = dynamoCommitStore({ client, table: 'commits' });
    try {
      const stored = new Set<string>();
      for (const matter of new Set(acknowledged.map((line) => line.split(' ')[0] ?? ''))) {
        for (const { version, commit } of await commits.read(matter)) {
          stored.add(`${matter} ${version}`);
          expect(commit).toBe('担'.repeat(500));
        }
      }
      expect(acknowledged.filter((line) => !stored.has(line))).toEqual([]);
      const indexed = await Array.fromAsync(
        commits.keysOn('2026-10-09'),
        ({ matter, version }) => `${matter} ${version}`,
      );
      const known = new Set(indexed);
      expect(acknowledged.filter((line) => !known.has(line))).toEqual([]);
    } finally {
      client.destroy();
      await close();
    }
  }, 60_000);

  test('keeps no memory for a Query that was answered', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      script('read-many-times.ts'),
      folder,
    ]);
    // With iterators left open it grows by some fifteen megabytes.
    expect(Number(stdout)).toBeLessThan(4_000_000);
  }, 60_000);
});
