import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderAttachments } from './folder-attachments.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-attachments-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = new TextEncoder().encode('整改方案');
const hash = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const plan = { id: 'a1', size: bytes.length, sha256: hash(bytes) };
const stored = () => readdir(join(folder, 'attachments'));

test('what was announced is kept under its hash and given back', async () => {
  const objects = folderAttachments(folder);
  expect(await objects.stat(plan)).toBeUndefined();
  expect(await objects.keep(plan, [bytes])).toEqual({ size: bytes.length, sha256: plan.sha256 });
  expect(await objects.stat(plan)).toEqual({ size: bytes.length, sha256: plan.sha256 });
  expect(new Uint8Array((await objects.read(plan)) ?? [])).toEqual(bytes);
  expect(await stored()).toEqual([plan.sha256]);
});

test('equal content is stored once, also when it comes from several at once', async () => {
  const objects = folderAttachments(folder);
  await Promise.all(['a1', 'a2', 'a3'].map((id) => objects.keep({ ...plan, id }, [bytes])));
  expect(await stored()).toEqual([plan.sha256]);
  expect(await objects.stat({ ...plan, id: 'a3' })).toEqual({ size: bytes.length, sha256: plan.sha256 });
});

test('other bytes than announced are told by their size and hash, not kept, and may be put right', async () => {
  const objects = folderAttachments(folder);
  const other = new TextEncoder().encode('别的');
  expect(await objects.keep(plan, [other])).toEqual({ size: other.length, sha256: hash(other) });
  expect(await objects.stat(plan)).toEqual({ size: other.length, sha256: hash(other) });
  expect(await objects.read(plan)).toBeUndefined();
  await objects.keep(plan, [bytes]);
  expect(await objects.stat(plan)).toEqual({ size: bytes.length, sha256: plan.sha256 });
});

test('what has arrived rightly is not replaced', async () => {
  const objects = folderAttachments(folder);
  await objects.keep(plan, [bytes]);
  await objects.keep(plan, [new TextEncoder().encode('别的')]);
  expect(await objects.stat(plan)).toEqual({ size: bytes.length, sha256: plan.sha256 });
});

test('who knows the hash of another’s attachment does not get its bytes', async () => {
  const objects = folderAttachments(folder);
  await objects.keep(plan, [bytes]);
  expect(await objects.read({ ...plan, id: 'a2' })).toBeUndefined();
  expect(await objects.stat({ ...plan, id: 'a2' })).toBeUndefined();
});

test('bytes are on the disk before the last of them came, and nothing is left of those that never end', async () => {
  const objects = folderAttachments(folder);
  const seen: number[] = [];
  async function* broken() {
    yield bytes.slice(0, 4);
    for (const name of await stored()) seen.push((await readFile(join(folder, 'attachments', name))).length);
    throw new Error('the line is down');
  }
  await expect(objects.keep(plan, broken())).rejects.toThrow('the line is down');
  expect(seen).toEqual([4]);
  expect(await stored()).toEqual([]);
  expect(await objects.stat(plan)).toBeUndefined();
});

test('no more is written than was announced', async () => {
  const objects = folderAttachments(folder);
  let largest = 0;
  async function* endless() {
    for (let part = 0; part < 100; part += 1) {
      yield bytes;
      for (const name of await stored())
        largest = Math.max(largest, (await readFile(join(folder, 'attachments', name))).length);
    }
  }
  expect(await objects.keep(plan, endless())).toMatchObject({ size: 100 * bytes.length });
  expect(largest).toBe(bytes.length);
});

test('what a kill left behind is cleared away, and nothing else', async () => {
  const objects = folderAttachments(folder);
  await objects.keep(plan, [bytes]);
  await writeFile(join(folder, 'attachments', `${plan.sha256}.1.partial`), bytes);
  await objects.clear();
  expect(await stored()).toEqual([plan.sha256]);
});
