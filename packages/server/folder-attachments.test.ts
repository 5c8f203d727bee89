import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
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
  expect(await objects.keep(plan, bytes)).toEqual({ size: bytes.length, sha256: plan.sha256 });
  expect(await objects.stat(plan)).toEqual({ size: bytes.length, sha256: plan.sha256 });
  expect(new Uint8Array((await objects.read(plan)) ?? [])).toEqual(bytes);
  expect(await stored()).toEqual([plan.sha256]);
});

test('equal content is stored once, also when it comes from several at once', async () => {
  const objects = folderAttachments(folder);
  await Promise.all(['a1', 'a2', 'a3'].map((id) => objects.keep({ ...plan, id }, bytes)));
  expect(await stored()).toEqual([plan.sha256]);
  expect(await objects.stat({ ...plan, id: 'a3' })).toEqual({ size: bytes.length, sha256: plan.sha256 });
});

test('other bytes than announced are told by their size and hash, not kept, and may be put right', async () => {
  const objects = folderAttachments(folder);
  const other = new TextEncoder().encode('别的');
  expect(await objects.keep(plan, other)).toEqual({ size: other.length, sha256: hash(other) });
  expect(await objects.stat(plan)).toEqual({ size: other.length, sha256: hash(other) });
  expect(await objects.read(plan)).toBeUndefined();
  await objects.keep(plan, bytes);
  expect(await objects.stat(plan)).toEqual({ size: bytes.length, sha256: plan.sha256 });
});

test('what has arrived rightly is not replaced', async () => {
  const objects = folderAttachments(folder);
  await objects.keep(plan, bytes);
  await objects.keep(plan, new TextEncoder().encode('别的'));
  expect(await objects.stat(plan)).toEqual({ size: bytes.length, sha256: plan.sha256 });
});

test('who knows the hash of another’s attachment does not get its bytes', async () => {
  const objects = folderAttachments(folder);
  await objects.keep(plan, bytes);
  expect(await objects.read({ ...plan, id: 'a2' })).toBeUndefined();
  expect(await objects.stat({ ...plan, id: 'a2' })).toBeUndefined();
});
