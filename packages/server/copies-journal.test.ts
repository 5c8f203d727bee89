import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Commit, clockActor, firstPreviousHash, seal } from '@dandang/casework/commit.ts';
import { copiesIn, copiesJournal } from './copies-journal.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'dandang-copies-')), 'copies');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const commitOf = (version: number, day = '2026-09-15') => {
  const content: Commit = {
    matter: 'reminder/a',
    version,
    at: `${day}T10:00:00.000+08:00`,
    by: clockActor,
    command: '第一行\n第二行',
    request: { id: String(version), body: '' },
    events: [],
    previousHash: firstPreviousHash,
  };
  return { commit: seal(content).commit, day };
};
const versions = async () => (await Array.fromAsync(copiesIn(folder))).map(({ version }) => version);

test('a month is one file, a commit one line, byte for byte', async () => {
  const journal = copiesJournal(folder);
  for (const one of [commitOf(1), commitOf(2), commitOf(3, '2026-10-01')]) journal.put(one);
  await journal.sync();
  await journal.close();
  expect((await readdir(folder)).sort()).toEqual(['2026-09.jsonl', '2026-10.jsonl']);
  expect(await readFile(join(folder, '2026-09.jsonl'), 'utf8')).toBe(`${commitOf(1).commit}\n${commitOf(2).commit}\n`);
  expect((await Array.fromAsync(copiesIn(folder))).map(({ commit }) => commit)).toEqual([
    commitOf(1).commit,
    commitOf(2).commit,
    commitOf(3, '2026-10-01').commit,
  ]);
});

test('what a power cut left of a line is no copy, and the next one begins behind it', async () => {
  const before = copiesJournal(folder);
  before.put(commitOf(1));
  await before.sync();
  await before.close();
  await appendFile(join(folder, '2026-09.jsonl'), commitOf(2).commit.slice(0, 40));
  const journal = copiesJournal(folder);
  journal.put(commitOf(2));
  await journal.sync();
  await journal.close();
  expect(await versions()).toEqual([1, 2]);
});

test('what could not be written waits for the next time', async () => {
  await writeFile(folder, 'no folder');
  const journal = copiesJournal(folder);
  journal.put(commitOf(1));
  await expect(journal.sync()).rejects.toThrow();
  await rm(folder);
  journal.put(commitOf(2));
  await journal.sync();
  await journal.close();
  expect(await versions()).toEqual([1, 2]);
});
