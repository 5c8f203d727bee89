import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIfThere, writeDurably } from './durable-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file that is not there has no text', async () => {
  expect(await readIfThere(join(folder, 'none'))).toBeUndefined();
  await expect(readIfThere(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});

test('a file is written with its folders and its rights, in place of what was there, and nothing is left beside it', async () => {
  const path = join(folder, 'a', 'b', 'key.pem');
  await writeDurably(path, '一');
  await writeDurably(path, '二', 0o600);
  expect(await readFile(path, 'utf8')).toBe('二');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'a', 'b'))).toEqual(['key.pem']);
});

test('writers of one file at the same time do not disturb each other', async () => {
  const path = join(folder, 'copy.json');
  const texts = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(10_000));
  await Promise.all(texts.map((text) => writeDurably(path, text)));
  expect(texts).toContain(await readFile(path, 'utf8'));
  expect(await readdir(folder)).toEqual(['copy.json']);
});

test('what a killed writer left half written is not read', async () => {
  const path = join(folder, 'clock.json');
  await writeFile(`${path}.1.partial`, '{"ahe');
  expect(await readIfThere(path)).toBeUndefined();
  await writeDurably(path, '{}');
  expect(await readIfThere(path)).toBe('{}');
});
