import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { type LocalService, startService } from '@dandang/local/service.ts';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import * as z from 'zod/mini';
import { personWith, said, signIn } from './caller.ts';
import { beginOperating, type Ended, operate, refusedStart } from './operator.ts';
import { draftOf, keptLog } from './running-town.ts';

/* `npm run verify`, `backup` and `restore` on one machine, looked at from outside. */

const startAt = '2026-09-15T10:00:00.000+08:00';
const patience = 120_000;
const clean = /, 0 discrepancies\n$/;

const told = ({ code, said: lines }: Ended): unknown[] => [code, lines];
const complaint = ({ code, complained }: Ended): unknown[] => [code, complained];

let base: string;
let data: string;
let running: LocalService | undefined;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'dandang-backup-'));
  data = join(base, 'data');
});
afterEach(async () => {
  await stop();
  await rm(base, { recursive: true, force: true });
});

async function start(folder = data): Promise<LocalService> {
  const { log } = keptLog();
  running = await startService({ folder, port: 0, startAt, policyId: 'yichang', demonstration: true, log });
  return running;
}
async function stop(): Promise<void> {
  await running?.close();
  running = undefined;
}

const upload = z.object({ id: z.string(), upload: z.object({ method: z.string(), url: z.string() }) });

/** A reminder that was issued and answered with an attachment. */
async function replied(url: string): Promise<{ id: string; attachment: string; bytes: Uint8Array<ArrayBuffer> }> {
  const [clerk, leader, liaison] = [
    await signIn(url, 'clerk'),
    await signIn(url, 'deputy-leader'),
    await signIn(url, 'housing-liaison'),
  ];
  const { id } = said(await clerk.post('/api/reminders', draftOf()), matterAnswerForm);
  await clerk.post(`/api/reminders/${id}/submit`);
  await leader.post(`/api/reminders/${id}/approve`, { opinion: '同意' });
  await clerk.post(`/api/reminders/${id}/issue`);
  const bytes = new Uint8Array(randomBytes(5000));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const content = { filename: '附件.pdf', contentType: 'application/pdf', size: bytes.length, sha256 };
  const announced = said(await liaison.post('/api/attachments', content), upload);
  const { status } = await fetch(announced.upload.url, { method: announced.upload.method, body: bytes });
  expect(status).toBe(200);
  const reply = { measures: '已办', attachments: [announced.id] };
  expect((await liaison.post(`/api/reminders/${id}/reply`, reply)).status).toBe(200);
  return { id, attachment: announced.id, bytes };
}

/** Something to work on that cannot be done in a moment. */
async function addMuch(): Promise<void> {
  await mkdir(join(data, 'mail'), { recursive: true });
  await writeFile(join(data, 'mail', 'much.eml'), randomBytes(48_000_000));
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(2);
}

test(
  'a backup made under load restores elsewhere: it verifies clean and answers what was answered before',
  async () => {
    const service = await start();
    const clerk = await signIn(service.url, 'clerk');
    const one = await replied(service.url);
    await service.settled();
    const paths = [
      `/api/reminders/${one.id}`,
      `/api/reminders/${one.id}/history`,
      `/api/attachments/${one.attachment}`,
    ];
    const before = await Promise.all(paths.map((path) => clerk.get(path)));

    let working = true;
    let answered = 0;
    const lanes = [1, 2, 3].map(async () => {
      while (working) {
        const { id } = said(await clerk.post('/api/reminders', draftOf()), matterAnswerForm);
        expect((await clerk.post(`/api/reminders/${id}/submit`)).status).toBe(200);
        answered += 2;
      }
    });
    await until(() => Promise.resolve(answered > 20));
    const target = join(base, 'one.zip');
    const made = await operate(data, 'backup', target);
    expect(made).toMatchObject({ code: 0, complained: '' });
    // Beside a service at work nothing is wrong either.
    expect(told(await operate(data, 'verify'))).toEqual([0, expect.stringMatching(clean)]);
    working = false;
    await Promise.all(lanes);
    const bytes = await readFile(target);
    const last: unknown = JSON.parse(await readFile(join(data, 'last-backup.json'), 'utf8'));
    expect(last).toMatchObject({ size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    await stop();

    const elsewhere = join(base, 'elsewhere');
    expect(await operate(elsewhere, 'restore', target)).toMatchObject({ code: 0, complained: '' });
    expect(told(await operate(elsewhere, 'verify'))).toEqual([0, expect.stringMatching(clean)]);
    const restored = await start(elsewhere);
    // The very token: the key came along.
    const again = personWith(restored.url, clerk.token);
    for (const [index, path] of paths.entries()) {
      const { status, body, bytes: raw } = await again.get(path);
      expect({ path, status, body, raw }).toEqual({
        path,
        status: 200,
        body: before[index]?.body,
        raw: before[index]?.bytes,
      });
    }
    expect((await again.post('/api/reminders', draftOf())).status).toBe(201);
    await restored.settled();
    expect(told(await operate(elsewhere, 'verify'))).toEqual([
      0,
      expect.stringMatching(/ 0 copies on their way, 0 discrepancies\n$/),
    ]);
  },
  patience,
);

/** Begins a backup and ends it while it writes. */
async function endedInTheMiddle(signal: 'SIGKILL' | 'SIGTERM', target: string): Promise<Ended> {
  const before = await readdir(base);
  const { child, ended } = beginOperating(data, 'backup', target);
  await until(async () => {
    const begun = (await readdir(base)).find((name) => name.endsWith('.partial') && !before.includes(name));
    if (begun === undefined) return false;
    return stat(join(base, begun, 'backup.zip')).then(
      ({ size }) => size > 1_000_000,
      () => false,
    );
  });
  child.kill(signal);
  return ended;
}

/** A data folder at rest with one reminder and one attachment. */
async function atRest(): Promise<{ id: string; sha256: string }> {
  const service = await start();
  const { id, bytes } = await replied(service.url);
  await service.settled();
  await stop();
  return { id, sha256: createHash('sha256').update(bytes).digest('hex') };
}

test(
  'verify names what is not as it must be, and says how much it looked at',
  async () => {
    const { id, sha256 } = await atRest();
    expect(told(await operate(data, 'verify'))).toEqual([
      0,
      expect.stringMatching(/^\d+ files, \d+ commits, 1 attachments, 0 copies on their way, 0 discrepancies\n$/),
    ]);
    const journal = join(data, 'copies', '2026-09.jsonl');
    const lines = (await readFile(journal, 'utf8')).split('\n');
    await writeFile(journal, lines.filter((line) => !line.startsWith(`{"matter":"reminder/${id}"`)).join('\n'));
    await rm(join(data, 'attachments', sha256));
    await writeFile(join(data, 'attachments', '0'.repeat(64)), 'other bytes');
    const { code, said: report } = await operate(data, 'verify');
    expect(code).toBe(1);
    for (const version of [1, 2, 3, 4, 5]) expect(report).toContain(`no-copy\treminder/${id}\t${version}\n`);
    expect(report).toMatch(/^attachment-gone\tattachment\/[^\t]+\t\d+$/m);
    expect(report).toContain(`attachment-other-bytes\tattachments/${'0'.repeat(64)}\t0\n`);
    expect(report).toContain(' 7 discrepancies\n');
  },
  patience,
);

test(
  'a backup that is not what its manifest says restores nothing and names every file',
  async () => {
    await atRest();
    const target = join(base, 'good.zip');
    expect((await operate(data, 'backup', target)).code).toBe(0);
    const entries = unzipSync(await readFile(target));
    // What stands for a running process, or holds room on its disk, belongs to that folder alone.
    expect(Object.keys(entries).filter((name) => /^(reserve|running|last-backup)|\.partial/.test(name))).toEqual([]);
    const elsewhere = join(base, 'elsewhere');
    const tampered = async (change: (files: Record<string, Uint8Array>) => void): Promise<Ended> => {
      const changed = { ...entries };
      change(changed);
      await writeFile(join(base, 'tampered.zip'), zipSync(changed));
      const ended = await operate(elsewhere, 'restore', join(base, 'tampered.zip'));
      expect((await readdir(elsewhere)).filter((name) => !name.startsWith('running.sqlite'))).toEqual([]);
      return ended;
    };
    const changed = await tampered((files) => {
      files['clock.json'] = strToU8('{"ahead":0}');
      files['copies/2026-09.jsonl'] = strToU8('nothing\n');
    });
    expect(changed.code).toBe(1);
    expect(changed.complained).toContain('clock.json is not what the manifest says');
    expect(changed.complained).toContain('copies/2026-09.jsonl is not what the manifest says');
    const without = await tampered((files) => {
      delete files['upload-key'];
    });
    expect(complaint(without)).toEqual([1, expect.stringContaining('upload-key is missing')]);
    const more = await tampered((files) => (files['more.txt'] = strToU8('more')));
    expect(complaint(more)).toEqual([1, expect.stringContaining('more.txt is not in the manifest')]);
    const listed = await tampered((files) => {
      const text = strFromU8(files['manifest.json'] ?? new Uint8Array());
      files['manifest.json'] = strToU8(text.replace(/"sha256":"[0-9a-f]{4}/, '"sha256":"0000'));
    });
    expect(complaint(listed)).toEqual([1, expect.stringContaining('is not what the manifest says')]);
    const none = await tampered((files) => {
      delete files['manifest.json'];
    });
    expect(complaint(none)).toEqual([1, expect.stringContaining('no manifest.json')]);
    await writeFile(join(base, 'cut.zip'), (await readFile(target)).subarray(0, 2000));
    const cut = await operate(elsewhere, 'restore', join(base, 'cut.zip'));
    expect(complaint(cut)).toEqual([1, expect.stringContaining('is no backup that can be read')]);
    // And the good one goes into the same folder.
    expect((await operate(elsewhere, 'restore', target)).code).toBe(0);
  },
  patience,
);

test(
  'a wrong call is refused in a sentence, and changes nothing',
  async () => {
    await atRest();
    const target = join(base, 'good.zip');
    expect((await operate(data, 'backup', target)).code).toBe(0);
    const refused = async (sentence: string, folder: string, ...args: string[]): Promise<void> => {
      const { code, said: answer, complained } = await operate(folder, ...args);
      expect([code, answer, complained]).toEqual([2, '', expect.stringContaining(sentence)]);
      expect(complained.trimEnd().split('\n')).toHaveLength(1);
    };
    await refused('is there already', data, 'backup', target);
    await refused('lies in the data folder itself', data, 'backup', join(data, 'inside.zip'));
    await refused('There is no data', join(base, 'nowhere'), 'backup', join(base, 'two.zip'));
    await refused('There is no data', join(base, 'nowhere'), 'verify');
    await refused('is not empty', data, 'restore', target);
    await refused('There is no file', join(base, 'elsewhere'), 'restore', join(base, 'two.zip'));
    await refused('say where to', data, 'backup');
    await start();
    await refused('A service is running', data, 'restore', target);
    await refused('A service is running', data, 'restore');
  },
  patience,
);

test(
  'a backup that is killed leaves nothing under its name, and the next one is made',
  async () => {
    await atRest();
    await addMuch();
    const target = join(base, 'one.zip');
    const killed = await endedInTheMiddle('SIGKILL', target);
    expect(killed.code).toBeNull();
    expect(await isThere(target)).toBe(false);
    expect(await isThere(join(data, 'last-backup.json'))).toBe(false);
    // Asked to end it takes away what it began; what was killed could not.
    const leftovers = await readdir(base);
    const asked = await endedInTheMiddle('SIGTERM', target);
    expect(asked).toMatchObject({ code: 1, complained: 'It was ended from outside; nothing is left of it.\n' });
    expect(await readdir(base)).toEqual(leftovers);
    expect((await operate(data, 'backup', target)).code).toBe(0);
  },
  patience,
);

test(
  'a restore that is killed keeps the service from starting until it was done again',
  async () => {
    await atRest();
    await addMuch();
    const target = join(base, 'one.zip');
    expect((await operate(data, 'backup', target)).code).toBe(0);
    const elsewhere = join(base, 'elsewhere');
    const { child, ended } = beginOperating(elsewhere, 'restore', target);
    await until(() => isThere(join(elsewhere, 'mail', 'much.eml')));
    child.kill('SIGKILL');
    expect((await ended).code).toBeNull();
    const start = await refusedStart(elsewhere);
    expect(start.code).toBe(2);
    expect(start.complained).toMatch(/^A restore into the data folder [^\n]+ did not end: [^\n]+\n$/);
    expect((await operate(elsewhere, 'restore', target)).code).toBe(0);
    expect(told(await operate(elsewhere, 'verify'))).toEqual([0, expect.stringMatching(clean)]);
  },
  patience,
);

test(
  'making the data file anew goes on where it was killed, wherever that was',
  async () => {
    const { id } = await atRest();
    const kept = 'damaged-2026-09-15T10-00-00-town.sqlite';
    const marker = JSON.stringify({ from: 'copies', kept });
    const begun = async (): Promise<void> => {
      await writeFile(join(data, 'restoring.json'), marker);
      await mkdir(join(data, 'restoring'), { recursive: true });
      await writeFile(join(data, 'restoring', 'town.sqlite'), 'half of it');
    };
    const mended = async (): Promise<void> => {
      const refused = await refusedStart(data);
      expect(complaint(refused)).toEqual([2, expect.stringMatching(/^A restore of [^\n]+\n$/)]);
      expect((await operate(data, 'verify')).code).toBe((await isThere(join(data, 'town.sqlite'))) ? 1 : 2);
      expect((await operate(data, 'restore')).code).toBe(0);
      expect(told(await operate(data, 'verify'))).toEqual([0, expect.stringMatching(clean)]);
      expect(await isThere(join(data, 'restoring'))).toBe(false);
      await rm(join(data, kept));
    };
    // While the new one is written.
    await begun();
    await mended();
    // When the old one has its other name, and the new one has not its own.
    await begun();
    await rename(join(data, 'town.sqlite'), join(data, kept));
    await mended();
    // When both have.
    await begun();
    await writeFile(join(data, kept), await readFile(join(data, 'town.sqlite')));
    await mended();
    const service = await start();
    const clerk = await signIn(service.url, 'clerk');
    expect((await clerk.get(`/api/reminders/${id}`)).status).toBe(200);
  },
  patience,
);
