import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listedMatter, openDeadlineAnswer } from '@dandang/api/answers.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { clockActor } from '@dandang/casework/commit.ts';
import { startService } from '@dandang/local/service.ts';
import type { StoredCommit } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { matterKey, scheduleKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { memoryCommitStore } from '../store/memory-store.ts';
import { Rig } from '../consumers/rig.ts';
import { said, signIn } from './caller.ts';

const opened = '2026-09-15T10:00:00.000+08:00';

/** The commits of an issued reminder, its town and the night after, as release 0.1.0 had them. */
async function oldCommits(): Promise<StoredCommit[]> {
  const rig = new Rig(opened);
  await rig.enterTown();
  for (const command of rig.commands.slice(0, 4)) await command();
  await rig.straight();
  const files = await rig.files();
  const commits = await Promise.all(files.map((file) => rig.commits.read(file)));
  const night = memoryCommitStore();
  await appendToFile(night, await readFile(night, scheduleKey('reconcile')), {
    at: opened,
    by: clockActor,
    command: 'finish-day',
    request: { id: 'reconcile/2026-09-15', body: '' },
    events: [{ type: 'DayFinished', data: { day: chinaDate(opened) } }],
  });
  return [...commits.flat(), ...(await night.read(scheduleKey('reconcile')))];
}

test('a data folder of release 0.1.0 opens: its files are taken over, and its views are built anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-old-'));
  try {
    // As that release wrote them: a file a commit; the store itself is not read.
    const commits = await oldCommits();
    await mkdir(join(folder, 'store'));
    for (const { matter, version, commit } of commits) {
      const copies = join(folder, 'copies', ...matter.split('/').map(encodeURIComponent));
      await mkdir(copies, { recursive: true });
      await writeFile(join(copies, `${String(version).padStart(8, '0')}.json`), commit);
    }
    const matter = commits.find((one) => one.matter.startsWith('reminder/'))?.matter;

    const errors: unknown[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (...said: unknown[]) => void errors.push(said) };
    const service = await startService({
      folder,
      port: 0,
      startAt: '2026-10-20T10:00:00+08:00',
      policyId: 'yichang',
      demonstration: false,
      log,
    });
    try {
      const liaison = await signIn(service.url, 'housing-liaison');
      const { items } = said(await liaison.get('/api/reminders'), z.object({ items: z.array(listedMatter) }));
      expect(items.map((one) => [matterKey('reminder', one.id), one.state])).toEqual([[matter, 'issued']]);
      const open = said(await liaison.get('/api/deadlines'), z.object({ items: z.array(openDeadlineAnswer) })).items;
      expect(open.map((one) => one.name)).toEqual(['reply']);
      expect(errors).toEqual([]);
    } finally {
      await service.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
