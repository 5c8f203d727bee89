import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { type LocalService, startService } from '@dandang/local/service.ts';
import * as z from 'zod/mini';
import { personWith, said, signIn, verdict } from './caller.ts';
import { operate, refusedStart } from './operator.ts';
import { draftOf, keptLog } from './running-town.ts';

/* A disk that does not give back what was written: what can be read is served, what cannot is named, and it can be mended. */

const startAt = '2026-09-15T10:00:00.000+08:00';
const patience = 120_000;
const pageSize = 4096;

let folder: string;
let running: LocalService | undefined;
let kept: ReturnType<typeof keptLog>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-damaged-'));
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<LocalService> {
  kept = keptLog();
  const { log } = kept;
  running = await startService({ folder, port: 0, startAt, policyId: 'yichang', demonstration: true, log });
  return running;
}
async function stop(): Promise<void> {
  await running?.close();
  running = undefined;
}

/** So many reminders that their keys fill more than a page of an index; each has its number in its subject. */
async function manyReminders(): Promise<readonly string[]> {
  const service = await start();
  const clerk = await signIn(service.url, 'clerk');
  const ids: string[] = [];
  for (let number = 0; number < 180; number += 1)
    ids.push(said(await clerk.post('/api/reminders', draftOf({ subject: `第${number}号` })), matterAnswerForm).id);
  await service.settled();
  await stop();
  return ids;
}

interface Page {
  /** In bytes. */
  readonly at: number;
  readonly bytes: Buffer;
}

async function pages(): Promise<readonly Page[]> {
  const bytes = await readFile(join(folder, 'town.sqlite'));
  const count = bytes.length / pageSize;
  return Array.from({ length: count }, (_, index) => ({
    at: index * pageSize,
    bytes: bytes.subarray(index * pageSize, (index + 1) * pageSize),
  }));
}

async function overwrite(at: number, content: Uint8Array): Promise<void> {
  const file = await open(join(folder, 'town.sqlite'), 'r+');
  await file.write(content, 0, content.length, at);
  await file.close();
}

const tableLeaf = 0x0d;
const indexLeaf = 0x0a;
/** How the entries of a page of an index begin (https://sqlite.org/fileformat2.html#b_tree_pages); none for another page. */
const cells = ({ bytes }: Page): string[] =>
  bytes[0] === indexLeaf
    ? Array.from({ length: bytes.readUInt16BE(3) }, (_, index) => bytes.readUInt16BE(8 + 2 * index)).map((at) =>
        bytes.subarray(at, at + 40).toString('latin1'),
      )
    : [];

const garbage = new Uint8Array(200).fill(0xa5);

const health = z.object({
  status: z.string(),
  damaged: z.array(z.string()),
  warnings: z.array(z.object({ code: z.string(), level: z.string() })),
});

/** What health says when the search behind the start has come to its end. */
async function healthAfterTheSearch(service: LocalService): Promise<z.infer<typeof health>> {
  while (!kept.lines.some(({ code }) => code === 'data-looked-through')) await setTimeout(50);
  return said(await personWith(service.url, '').get('/api/health'), health);
}

async function mend(): Promise<void> {
  const found = await operate(folder, 'verify');
  expect(found.code).toBe(1);
  const mended = await operate(folder, 'restore');
  expect(mended).toMatchObject({ code: 0, complained: '' });
  expect(mended.said).toMatch(/^The file as it was is kept as [^\n]+\/damaged-[^\n]+-town\.sqlite\.$/m);
  expect(mended.said).toMatch(/, 0 discrepancies\n$/);
}

/** Every reminder as the clerk reads it. */
async function answers(service: LocalService, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const clerk = await signIn(service.url, 'clerk');
  const heard = new Map<string, string>();
  for (const id of ids) heard.set(id, verdict(await clerk.get(`/api/reminders/${id}`)));
  return heard;
}

/**
 * Starts on what was damaged: some reminders are refused, the others are answered, health names those that are refused;
 * mended, all are answered.
 */
async function thenServesTheRest(ids: readonly string[], isAffected?: (id: string) => boolean): Promise<void> {
  const service = await start();
  const found = await healthAfterTheSearch(service);
  expect(found).toMatchObject({ status: 'degraded', warnings: [{ code: 'data-damaged', level: 'fail' }] });
  const heard = await answers(service, ids);
  const affected = ids.filter((id) => heard.get(id) !== '200').sort();
  expect(affected.length).toBeGreaterThan(0);
  expect(affected.length).toBeLessThan(ids.length);
  if (isAffected !== undefined) expect(affected).toEqual(ids.filter(isAffected).sort());
  for (const id of affected) expect(heard.get(id)).toBe('500 damaged');
  expect(found.damaged).toEqual(affected.map((id) => `reminder/${id}`).sort());
  const named = kept.lines.filter(({ code }) => code === 'file-damaged').map(({ ids: { file } }) => file);
  expect(named.sort()).toEqual(found.damaged);
  // New work goes on, where the place of its key can be read.
  const clerk = await signIn(service.url, 'clerk');
  const drafts = await Promise.all(ids.slice(0, 30).map(() => clerk.post('/api/reminders', draftOf())));
  expect(drafts.filter(({ status }) => status !== 201 && status !== 500)).toEqual([]);
  const fresh = drafts.filter(({ status }) => status === 201).map((one) => said(one, matterAnswerForm).id);
  expect(fresh.length).toBeGreaterThan(0);
  await service.settled();
  await stop();
  await mend();
  const after = await start();
  expect(await healthAfterTheSearch(after)).toMatchObject({ status: 'ok', damaged: [], warnings: [] });
  const all = await answers(after, [...ids, ...fresh]);
  expect([...all.values()].filter((one) => one !== '200')).toEqual([]);
}

test(
  'a byte that flipped in a commit refuses that file alone',
  async () => {
    const ids = await manyReminders();
    const subject = Buffer.from('"subject":"第7号"');
    const page = (await pages()).find(({ bytes }) => bytes[0] === tableLeaf && bytes.includes(subject));
    if (page === undefined) throw new Error('no page holds the commit');
    await overwrite(page.at + page.bytes.indexOf(subject) + 12, Buffer.from('某'));
    await thenServesTheRest(ids, (id) => id === ids[7]);
  },
  patience,
);

test(
  'a page of commits that cannot be read refuses the files on it',
  async () => {
    const ids = await manyReminders();
    const subject = Buffer.from('"subject":"第7号"');
    const page = (await pages()).find(({ bytes }) => bytes[0] === tableLeaf && bytes.includes(subject));
    if (page === undefined) throw new Error('no page holds the commit');
    await overwrite(page.at, garbage);
    await thenServesTheRest(ids, (id) => page.bytes.includes(`{"matter":"reminder/${id}"`));
  },
  patience,
);

test(
  'a page of an index that cannot be read refuses the files on it',
  async () => {
    const ids = await manyReminders();
    const page = (await pages()).find((one) => {
      const found = cells(one);
      return found.length > 0 && found.every((cell) => /^[^2]{4,6}reminder\//s.test(cell));
    });
    if (page === undefined) throw new Error('no page of the index holds reminders alone');
    await overwrite(page.at, garbage);
    // Which ones is up to the tree: a neighbour's reader looks into the page as well.
    await thenServesTheRest(ids);
  },
  patience,
);

test(
  'a data file whose header cannot be read keeps the service from starting, with a sentence that says what mends it',
  async () => {
    const ids = await manyReminders();
    await overwrite(0, garbage);
    const refused = await refusedStart(folder);
    expect(refused.code).toBe(2);
    expect(refused.complained).toMatch(/^[^\n]+town\.sqlite is damaged: run npm run restore [^\n]+\n$/);
    await mend();
    const all = await answers(await start(), ids);
    expect([...all.values()].filter((one) => one !== '200')).toEqual([]);
  },
  patience,
);
