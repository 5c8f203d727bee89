import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listedMatter, matterAnswerForm } from '@dandang/api/answers.ts';
import { clockActor } from '@dandang/casework/commit.ts';
import { type LocalService, startService } from '@dandang/local/service.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import * as z from 'zod/mini';
import { alongside } from '../../functions/views/alongside.ts';
import { personWith, said, signIn } from './caller.ts';
import { draftOf, keptLog } from './running-town.ts';

const startAt = '2026-09-15T10:00:00.000+08:00';
const patience = 60_000;

let folder: string;
let kept: ReturnType<typeof keptLog>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-aside-'));
  kept = keptLog();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (): Promise<LocalService> =>
  startService({ folder, port: 0, startAt, policyId: 'yichang', demonstration: true, log: kept.log });

/** Reaches into the folder while nobody runs. */
async function inFolder(does: (commits: CommitStore) => Promise<void>): Promise<void> {
  const town = openSqliteTown({ folder, alongside });
  await does(town.commits);
  await town.close();
}

/** What no release wrote: an event that every measure knows, without what it says. */
async function damage(commits: CommitStore, key: string): Promise<void> {
  const request = { id: 'damage', body: '' };
  const events = [{ type: 'Withdrawn', data: null }];
  const content = { at: startAt, by: clockActor, command: 'damage', request, events };
  await appendToFile(commits, await readFile(commits, key), content);
}

const health = z.object({
  status: z.string(),
  setAside: z.array(z.string()),
  warnings: z.array(z.object({ code: z.string() })),
});
const healthOf = async ({ url }: LocalService) => said(await personWith(url, '').get('/api/health'), health);

test(
  'a file that cannot be folded keeps nothing from starting: it is named in health and log, and the rest works',
  async () => {
    const before = await start();
    const clerk = await signIn(before.url, 'clerk');
    const [good, bad] = [
      said(await clerk.post('/api/reminders', draftOf()), matterAnswerForm).id,
      said(await clerk.post('/api/reminders', draftOf({ unit: 'ecology' })), matterAnswerForm).id,
    ];
    expect(await healthOf(before)).toMatchObject({ status: 'ok', setAside: [], warnings: [] });
    await before.close();
    const [damaged, empty] = [matterKey('reminder', bad), matterKey('interview', 'from-nowhere')];
    await inFolder(async (commits) => {
      await damage(commits, damaged);
      await damage(commits, empty);
    });

    const after = await start();
    try {
      expect(await healthOf(after)).toMatchObject({
        status: 'degraded',
        setAside: [empty, damaged],
        warnings: [{ code: 'files-set-aside' }],
      });
      const loud = kept.lines.filter(({ level, code }) => level === 'error' && code === 'file-set-aside');
      expect(new Set(loud.map(({ ids }) => ids['file']))).toEqual(new Set([damaged, empty]));
      const again = await signIn(after.url, 'clerk');
      expect((await again.post(`/api/reminders/${good}/submit`)).status).toBe(200);
      const listed = said(await again.get('/api/reminders'), z.object({ items: z.array(listedMatter) })).items;
      expect(listed.find(({ id }) => id === good)?.state).toBe('awaiting-approval');
      expect((await again.get(`/api/reminders/${bad}`)).status).toBe(500);
      const moved = await personWith(after.url, '').put('/dev/clock', { now: '2026-09-17T10:00:00.000+08:00' });
      expect(moved.status).toBe(200);
    } finally {
      await after.close();
    }
  },
  patience,
);

test(
  'a matter that is damaged while its deadline runs keeps no other from being told of its own',
  async () => {
    const before = await start();
    const [clerk, leader] = [await signIn(before.url, 'clerk'), await signIn(before.url, 'deputy-leader')];
    const issued: string[] = [];
    for (const unit of ['housing', 'ecology', 'housing']) {
      const { id } = said(
        await clerk.post('/api/reminders', draftOf({ unit, circumstance: 'other' })),
        matterAnswerForm,
      );
      await clerk.post(`/api/reminders/${id}/submit`);
      await leader.post(`/api/reminders/${id}/approve`, { opinion: '同意' });
      expect((await clerk.post(`/api/reminders/${id}/issue`)).status).toBe(200);
      issued.push(id);
    }
    await before.close();
    const [first = '', second = '', third = ''] = issued;
    await inFolder((commits) => damage(commits, matterKey('reminder', second)));

    const after = await start();
    try {
      await personWith(after.url, '').put('/dev/clock', { now: '2026-09-23T10:00:00.000+08:00' });
      const again = await signIn(after.url, 'clerk');
      for (const id of [first, third]) {
        const { deadlines } = said(await again.get(`/api/reminders/${id}`), matterAnswerForm);
        expect(deadlines).toMatchObject([{ light: 'red' }]);
        const history = JSON.stringify((await again.get(`/api/reminders/${id}/history`)).body);
        expect(history).toContain('DeadlineMissed');
      }
      expect((await healthOf(after)).setAside).toEqual([matterKey('reminder', second)]);
    } finally {
      await after.close();
    }
  },
  patience,
);
