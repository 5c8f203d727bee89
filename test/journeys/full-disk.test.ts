import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listedMatter, listForm, problemAnswer } from '@dandang/api/answers.ts';
import { type LocalService, startService } from '@dandang/local/service.ts';
import { CannotStart } from '@dandang/server/cannot-start.ts';
import { type Connect, connect } from '@dandang/store/sqlite/connection.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import { type Heard, personWith, said, signIn, verdict } from './caller.ts';
import { draftOf, keptLog } from './running-town.ts';

/* A disk that is full, as the engine sees it: by measuring, or only when a transaction does not fit. */

let folder: string;
let full = false;
let service: LocalService | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-full-'));
  full = false;
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

/** SQLITE_FULL at every COMMIT. */
const nothingFits: Connect = (path) => {
  const real = connect(path);
  return {
    exec: (sql) => {
      if (full && sql.includes('COMMIT'))
        throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
      real.exec(sql);
    },
    prepare: (sql) => real.prepare(sql),
    close: () => real.close(),
  };
};

async function start(noticed: 'measured' | 'at the COMMIT'): Promise<LocalService> {
  const room = { isFull: () => full, giveUp: () => undefined };
  service = await startService({
    folder,
    port: 0,
    startAt: '2026-09-15T10:00:00.000+08:00',
    policyId: 'yichang',
    demonstration: true,
    log: keptLog().log,
    openTown: (given) =>
      Promise.resolve(
        openSqliteTown(noticed === 'measured' ? { ...given, room } : { ...given, room: undefined, open: nothingFits }),
      ),
  });
  return service;
}

/** The words of a refusal. */
const titleOf = ({ body }: Heard): string => problemAnswer.parse(body).title;

async function stop(): Promise<number> {
  const begun = performance.now();
  await service?.close();
  service = undefined;
  return performance.now() - begun;
}

test.each(['measured', 'at the COMMIT'] as const)(
  'on a full disk (%s) reads are answered, writes say so, it stops, starts, and goes on when there is room',
  async (noticed) => {
    let { url } = await start(noticed);
    let clerk = await signIn(url, 'clerk');
    const leader = await signIn(url, 'deputy-leader');
    const open = async (subject: string) => clerk.post('/api/reminders', draftOf({ subject }));
    const path = (await open('一')).headers.get('location') ?? '';
    await clerk.post(`${path}/submit`);
    await leader.post(`${path}/approve`, { opinion: '同意' });
    await service?.settled();
    full = true;

    const whoReads = async (): Promise<void> => {
      clerk = await signIn(url, 'clerk');
      const reads = ['/api/reminders', path, `${path}/history`, '/api/todo', '/api/health', '/dev/mail', '/dev/clock'];
      // Beside others that write.
      const [answers] = await Promise.all([
        Promise.all(reads.map(async (one) => [one, (await clerk.get(one)).status])),
        open('nobody keeps it'),
      ]);
      expect(answers).toEqual(reads.map((one) => [one, 200]));
    };
    const whoWrites = async (): Promise<void> => {
      for (const write of [() => open('二'), () => clerk.post(`${path}/issue`)]) {
        const refused = await write();
        expect(verdict(refused)).toBe('507 disk-full');
        expect(titleOf(refused)).toContain('磁盘已满，没有保存任何内容');
      }
      const english = await clerk.post('/api/reminders', draftOf(), { headers: { 'accept-language': 'en' } });
      expect(titleOf(english)).toContain('The disk is full: nothing was kept');
      // A schedule that lies on the way cannot be kept.
      const moved = await personWith(url, '').put('/dev/clock', { now: '2026-09-16T10:00:00.000+08:00' });
      expect(verdict(moved)).toBe('507 disk-full');
    };
    await whoReads();
    await whoWrites();
    await whoReads();
    expect(await stop()).toBeLessThan(11_000);

    ({ url } = await start(noticed));
    await whoReads();
    await whoWrites();

    full = false;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await clerk.post(`${path}/issue`)).status).toBe(200);
    expect((await personWith(url, '').put('/dev/clock', { now: '2026-09-16T10:00:00.000+08:00' })).status).toBe(200);
    const { items } = said(await clerk.get('/api/reminders'), listForm(listedMatter));
    expect(items).toHaveLength(1);
    // What could not be announced meanwhile is, by itself.
    const letters = async () =>
      (await service?.mailbox.list())?.filter(({ subject }) => subject.includes('提醒函')) ?? [];
    while ((await letters()).length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    await service?.settled();
    expect(await letters()).toHaveLength(1);
  },
  60_000,
);

test('a new data folder on a full disk is refused in one sentence', async () => {
  full = true;
  const error: unknown = await start('at the COMMIT').catch((error: unknown) => error);
  expect(error).toBeInstanceOf(CannotStart);
  expect(String(error)).toMatch(/The disk of the data folder [^\n]+ is full: make room and start again\.$/);
}, 30_000);
