import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restore } from '@dandang/operate/restore.ts';
import { foldFile } from '@dandang/measures/fold-file.ts';
import { filesOfDays, verify } from '@dandang/operate/verify.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import { copiesIn } from '@dandang/server/copies-journal.ts';
import { startService } from '@dandang/local/service.ts';
import { signedIn } from '@dandang/local/api-client.ts';
import { memoryCommitStore } from '../store/memory-store.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('a table that was lost is filled again from the copies, byte for byte, and may be filled twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-restore-'));
  const startAt = '2026-09-15T10:00:00+08:00';
  const town = await startService({ folder, port: 0, startAt, policyId: 'yichang', demonstration: true, log: quiet });
  try {
    const clerk = await signedIn(town.url, 'clerk');
    const drafted = await clerk.post('/api/reminders', {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'slow-progress',
      subject: '恢复演练',
      findings: '情况',
      requirements: '要求',
      replyWithin: { amount: 5, unit: 'working-day' },
    });
    expect(drafted.status).toBe(201);
    await town.settled();

    // Read whole, as the bucket lists and gives them.
    const lines = await Array.fromAsync(copiesIn(join(folder, 'copies')));
    const held = new Map(lines.map(({ file, version, commit }) => [`${file} ${version}`, commit]));
    const copies = { get: (file: string, version: number) => Promise.resolve(held.get(`${file} ${version}`)) };
    async function* copied(): AsyncGenerator<Ring> {
      for (const [file, those] of Map.groupBy(lines, (line) => line.file))
        yield await Promise.resolve({ file, versions: those.map(({ version }) => version) });
    }
    const commits = memoryCommitStore();
    const again = () => restore({ commits, copies, copied: copied() });
    const first = await again();
    expect(first.conflicts).toEqual([]);
    expect(first.commits).toBeGreaterThan(35);
    expect(await again()).toEqual(first);

    const outcome = await verify({
      commits,
      copies,
      copied: copied(),
      fold: foldFile,
      named: filesOfDays(commits, ['2026-09-15']),
    });
    expect(outcome).toEqual({ files: first.files, commits: first.commits, onTheirWay: 0, discrepancies: [] });
  } finally {
    await town.close();
    await rm(folder, { recursive: true, force: true });
  }
});
