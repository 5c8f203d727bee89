import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { type LocalService, startService } from '@dandang/local/service.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import { parseKey } from '@dandang/store/keys.ts';
import { recordedBy, type RecordedFile } from '../recorded/recorded-file.ts';
import { said, signIn } from './caller.ts';
import { keptLog } from './running-town.ts';

/* A data folder of release 0.1.0: a LevelDB in `store/`, which nobody reads, and one file a commit under `copies/`. */

const files = await recordedBy('0.1.0');
const now =
  files
    .map((one) => one.now)
    .sort()
    .at(-1) ?? '';

let folder: string;
let running: LocalService | undefined;
let kept: ReturnType<typeof keptLog>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-010-'));
  kept = keptLog();
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Writes the copies as that release did; `without` leaves out what a kill kept it from copying. */
async function leftBehind(without: (file: RecordedFile, version: number) => boolean = () => false): Promise<void> {
  await mkdir(join(folder, 'store'));
  await writeFile(join(folder, 'store', 'CURRENT'), 'MANIFEST-000001\n');
  for (const one of files)
    for (const { version, commit } of one.commits) {
      if (without(one, version)) continue;
      const path = join(folder, 'copies', ...one.file.split('/').map(encodeURIComponent));
      await mkdir(path, { recursive: true });
      await writeFile(join(path, `${String(version).padStart(8, '0')}.json`), commit);
    }
}

async function start(): Promise<LocalService> {
  running = await startService({
    folder,
    port: 0,
    startAt: now,
    policyId: 'yichang',
    demonstration: true,
    log: kept.log,
  });
  return running;
}

const reminders = files.filter(({ file }) => parseKey(file).kind === 'reminder');

test('is taken over whole, byte for byte and with its lists, and nothing of it is announced or mailed again', async () => {
  await leftBehind();
  const { url, mailbox, settled } = await start();
  const clerk = await signIn(url, 'clerk');
  await settled();
  for (const { file } of reminders) said(await clerk.get(`/api/reminders/${parseKey(file).id}`), matterAnswerForm);
  const listed = JSON.stringify((await clerk.get('/api/reminders?limit=100')).body);
  for (const { file } of reminders) expect(listed).toContain(parseKey(file).id);
  // The mails of that release lie where they lay; what it had sent is not sent again.
  const sent = files.filter(
    ({ file, commits }) => parseKey(file).kind === 'delivery' && /AttemptSucceeded/.test(JSON.stringify(commits)),
  );
  const again = await mailbox.list();
  expect(again.filter(({ messageId }) => sent.some(({ file }) => messageId.includes(parseKey(file).id)))).toEqual([]);
  await running?.close();
  running = undefined;

  expect(await readdir(folder)).toEqual(expect.arrayContaining(['store-of-release-0.1.0', 'town.sqlite', 'copies']));
  expect(await readdir(folder)).not.toContain('store');
  const town = openSqliteTown({ folder });
  for (const { file, commits } of files) {
    const stored = await town.commits.read(file);
    expect(stored.slice(0, commits.length).map(({ commit, hash }) => ({ commit, hash }))).toEqual(
      commits.map(({ commit, hash }) => ({ commit, hash })),
    );
  }
  await town.close();
}, 120_000);

test('that was killed before its last commits were copied is taken over as far as anybody was answered', async () => {
  const [cut] = reminders.filter(({ commits }) => commits.length > 3);
  if (cut === undefined) throw new Error('no reminder has more than three commits');
  await leftBehind((one, version) => one === cut && version > 3);
  const { url } = await start();
  const clerk = await signIn(url, 'clerk');
  said(await clerk.get(`/api/reminders/${parseKey(cut.file).id}`), matterAnswerForm);
  await running?.close();
  running = undefined;
  const town = openSqliteTown({ folder });
  expect((await town.commits.read(cut.file)).map(({ version }) => version)).toEqual([1, 2, 3]);
  await town.close();
}, 120_000);

test('is taken over once more where the first time was cut off', async () => {
  await leftBehind();
  const town = openSqliteTown({ folder });
  for (const { file, commits } of files.slice(0, 20))
    for (const { version, commit, hash, at } of commits)
      await town.commits.append({ matter: file, version, commit, hash, at, day: at.slice(0, 10) });
  await town.close();
  const { url } = await start();
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
  expect(await readdir(folder)).toContain('store-of-release-0.1.0');
}, 120_000);

test('whose copies say something else than the data file is refused, and left as it is', async () => {
  await leftBehind();
  const [first] = files;
  const [commit] = first?.commits ?? [];
  if (first === undefined || commit === undefined) throw new Error('nothing is recorded');
  const town = openSqliteTown({ folder });
  await town.commits.append({ ...commit, commit: '{}', hash: 'other', day: '2026-09-15' });
  await town.close();
  await expect(start()).rejects.toThrow(first.file);
  expect(await readdir(folder)).toContain('store');
});
