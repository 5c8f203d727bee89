import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DatabaseSync } from 'node:sqlite';
import { start } from './killable-service.ts';

/* Whoever starts a service that cannot start reads one sentence: what is wrong, and what to do. */

const script = join(import.meta.dirname, '../../packages/local/start.ts');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-start-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts a service that does not start; gives what it said and how it ended. */
async function refused(env: Readonly<Record<string, string>>): Promise<{ said: string; code: number | null }> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: '0', DANDANG_DATA: folder, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const said = await text(child.stderr);
  return { said, code: await ended };
}

const oneSentence = /^[^\n]+\.\n$/;

test('a second service on the same folder is refused and leaves the first as it was', async () => {
  const first = await start(folder);
  const clock = await readFile(join(folder, 'clock.json'), 'utf8');
  const second = await refused({ DANDANG_NOW: '2030-01-01T00:00:00+08:00' });
  expect(second.code).toBe(2);
  expect(second.said).toMatch(oneSentence);
  expect(second.said).toContain('Another service is running');
  expect(await readFile(join(folder, 'clock.json'), 'utf8')).toBe(clock);
  expect((await fetch(`${first.url}/api/health`)).status).toBe(200);
  await first.kill();
  // A killed service holds nothing: the next one starts.
  await (await start(folder)).kill();
}, 60_000);

test('a port that is taken is named', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const { said, code } = await refused({ PORT: port });
  expect([code, said]).toEqual([2, expect.stringMatching(oneSentence)]);
  expect(said).toContain(`Port ${port} is taken`);
  other.close();
}, 60_000);

test('a folder that cannot be made is named', async () => {
  await writeFile(join(folder, 'a-file'), '');
  const { said, code } = await refused({ DANDANG_DATA: join(folder, 'a-file', 'data') });
  expect([code, said]).toEqual([2, expect.stringMatching(oneSentence)]);
  expect(said).toContain('cannot be written');
}, 60_000);

test('a data file that is no database, or of a newer release, is left as it is', async () => {
  const path = join(folder, 'town.sqlite');
  await writeFile(path, 'nothing of ours'.repeat(1000));
  const damaged = await refused({});
  expect([damaged.code, damaged.said]).toEqual([2, expect.stringMatching(oneSentence)]);
  expect(damaged.said).toContain('damaged');
  expect(await readFile(path, 'utf8')).toBe('nothing of ours'.repeat(1000));

  await mkdir(join(folder, 'newer'));
  const newer = new DatabaseSync(join(folder, 'newer', 'town.sqlite'));
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  const { said, code } = await refused({ DANDANG_DATA: join(folder, 'newer') });
  expect([code, said]).toEqual([2, expect.stringMatching(oneSentence)]);
  expect(said).toContain('newer release');
}, 60_000);

test('settings that are wrong are each said, and nothing is made', async () => {
  const { said, code } = await refused({
    DANDANG_POLICY: 'atlantis',
    DANDANG_DEMO: 'no',
    DANDANG_DATA: join(folder, 'x'),
  });
  expect(code).toBe(2);
  expect(said.trimEnd().split('\n')).toHaveLength(2);
  await expect(readFile(join(folder, 'x', 'clock.json'))).rejects.toThrow('ENOENT');
}, 60_000);

const root = process.getuid?.() === 0;
(root ? test.skip : test)(
  root ? 'run as root, so a read-only folder was NOT tried' : 'a folder that may not be written is named',
  async () => {
    const locked = join(folder, 'locked');
    await mkdir(locked, { mode: 0o500 });
    const { said, code } = await refused({ DANDANG_DATA: locked });
    expect([code, said]).toEqual([2, expect.stringMatching(oneSentence)]);
    expect(said).toContain('cannot be written');
  },
  60_000,
);
