import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matterAnswerForm, problemAnswer } from '@dandang/api/answers.ts';
import { acceptCommand } from '@dandang/accept/accept.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import { folderAttachments } from '@dandang/server/folder-attachments.ts';
import { type LocalService, startService } from '@dandang/local/service.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { readFile } from '@dandang/store/file.ts';
import { attachmentKey } from '@dandang/store/keys.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import * as z from 'zod/mini';
import { alongside } from '../../functions/views/alongside.ts';
import { type Heard, type Person, personWith, said, signIn } from './caller.ts';
import { draftOf, keptLog } from './running-town.ts';

/** Milliseconds: the machine does other things too. */
const patience = 60_000;
const startAt = '2026-09-15T10:00:00.000+08:00';
const pdf = 'application/pdf';
const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const filename = '朱建同志的情况说明（定稿）.pdf';
const people = [
  'clerk',
  'deputy-leader',
  'deputy-leader-2',
  'housing-liaison',
  'housing-director',
  'ecology-liaison',
  'discipline-officer',
  'admin',
] as const;
type Name = (typeof people)[number];

let folder: string;
let service: LocalService;
let signedIn: ReadonlyMap<string, Person>;
let log: ReturnType<typeof keptLog>;

const start = async () => {
  log = keptLog();
  service = await startService({
    folder,
    port: 0,
    startAt,
    policyId: 'yichang',
    demonstration: true,
    log: log.log,
  });
  const found = people.map(async (name) => [name, await signIn(service.url, name)] as const);
  signedIn = new Map(await Promise.all(found));
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-attachments-'));
  await start();
}, patience);
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const as = (name: Name): Person => signedIn.get(name) ?? personWith(service.url, '');
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const some = (size = 2000): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(size));
const codeOf = (heard: Heard) => ({ status: heard.status, code: z.parse(problemAnswer, heard.body).code });

const announced = z.object({
  id: z.string(),
  upload: z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) }),
});
type Announced = z.infer<typeof announced>;

async function announce(name: Name, bytes: Uint8Array, change: Record<string, unknown> = {}): Promise<Announced> {
  const body = { filename, contentType: pdf, size: bytes.length, sha256: hash(bytes), ...change };
  const heard = await as(name).post('/api/attachments', body);
  expect(heard.status).toBe(201);
  return z.parse(announced, heard.body);
}

const put = ({ upload }: Announced, body: Uint8Array<ArrayBuffer>) =>
  fetch(upload.url, { method: upload.method, headers: upload.headers, body });

async function uploaded(name: Name, bytes: Uint8Array<ArrayBuffer>, change: Record<string, unknown> = {}) {
  const one = await announce(name, bytes, change);
  expect((await put(one, bytes)).status).toBe(200);
  return one.id;
}

async function issued(): Promise<string> {
  const { id } = said(await as('clerk').post('/api/reminders', draftOf()), matterAnswerForm);
  const path = `/api/reminders/${id}`;
  for (const [name, command, body] of [
    ['clerk', 'submit', {}],
    ['deputy-leader', 'approve', { opinion: '同意' }],
    ['clerk', 'issue', {}],
  ] as const)
    said(await as(name).post(`${path}/${command}`, body), matterAnswerForm);
  return path;
}

const reply = (path: string, ...attachments: readonly string[]) =>
  as('housing-liaison').post(`${path}/reply`, { measures: '已开工。', attachments });
const status = async (name: Name, id: string) => (await as(name).get(`/api/attachments/${id}`)).status;

describe('an attachment', () => {
  test('is announced, uploaded, named by a reply, and fetched again by those who see the reply', async () => {
    const path = await issued();
    const bytes = some();
    const id = await uploaded('housing-liaison', bytes);
    const replied = said(await reply(path, id), matterAnswerForm);
    const shown = { id, filename, contentType: pdf, size: 2000, sha256: hash(bytes) };
    expect(replied.details).toMatchObject({ reply: { attachments: [shown] } });

    const heard = await as('clerk').get(`/api/attachments/${id}`);
    expect(heard.status).toBe(200);
    expect(heard.bytes).toEqual(bytes);
    expect(Object.fromEntries(heard.headers)).toMatchObject({
      'content-type': pdf,
      'content-disposition': `attachment; filename="${id}.pdf"; filename*=UTF-8''${encodeURIComponent(filename)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  test('that is a .docx comes back byte for byte', async () => {
    const path = await issued();
    const { documents } = said(await as('housing-liaison').get(path), matterAnswerForm);
    const letter = await as('housing-liaison').get(`${path}/documents/${documents[0]?.id}.docx`);
    const docx = new Uint8Array(letter.bytes);
    expect(docx.length).toBeGreaterThan(1000);
    const id = await uploaded('housing-liaison', docx, { filename: '函.docx', contentType: docxType });
    expect((await reply(path, id)).status).toBe(200);
    expect((await as('clerk').get(`/api/attachments/${id}`)).bytes).toEqual(docx);
  });

  test('of equal content is stored once and belongs to each uploader by itself', async () => {
    const bytes = some();
    const first = await uploaded('housing-liaison', bytes);
    const before = await readdir(join(folder, 'attachments'));
    const second = await uploaded('ecology-liaison', bytes);
    expect(second).not.toBe(first);
    expect(await readdir(join(folder, 'attachments'))).toEqual(before);
    expect([await status('ecology-liaison', first), await status('ecology-liaison', second)]).toEqual([404, 200]);
  });

  test('leaves no name in an address or a log', async () => {
    const path = await issued();
    const one = await announce('housing-liaison', some());
    expect(decodeURIComponent(one.upload.url)).not.toMatch(/朱建|housing|liaison/);
    await reply(path, one.id);
    expect(JSON.stringify(log.lines)).not.toContain('朱建');
  });
});

describe('announcing', () => {
  const ask = (change: Record<string, unknown>, headers: Record<string, string> = {}) =>
    as('housing-liaison').post(
      '/api/attachments',
      { filename: 'a.pdf', contentType: pdf, size: 10, sha256: 'a'.repeat(64), ...change },
      { headers },
    );

  test.each([
    ['a type that is not allowed', { contentType: 'text/html', filename: 'a.html' }, 'contentType'],
    ['an ending of another type', { filename: 'a.docx' }, 'filename'],
    ['more than 20 MB', { size: 20 * 1024 * 1024 + 1 }, 'size'],
    ['no hash', { sha256: '' }, 'sha256'],
    ['an unknown field', { by: 'clerk' }, 'by'],
  ])('%s is malformed', async (_, change, path) => {
    const heard = await ask(change);
    expect(codeOf(heard)).toEqual({ status: 400, code: 'malformed' });
    expect(z.parse(problemAnswer, heard.body).errors?.map((one) => one.path)).toEqual([path]);
  });

  test('needs a token', async () => {
    const heard = await personWith(service.url, '').post('/api/attachments', {});
    expect(codeOf(heard)).toEqual({ status: 401, code: 'unauthenticated' });
  });

  test('twice with one key is once, and the key is good for one body', async () => {
    const key = { 'idempotency-key': 'photo-1' };
    const [first, second] = [await ask({}, key), await ask({}, key)];
    expect(second.status).toBe(201);
    expect(z.parse(announced, second.body).id).toBe(z.parse(announced, first.body).id);
    expect(codeOf(await ask({ size: 11 }, key))).toEqual({ status: 422, code: 'key-reused' });
    expect((await ask({})).status).toBe(201);
  });
});

describe('a reply is refused', () => {
  test('with attachment-missing where nothing was uploaded, the id is unknown, or it is another person’s', async () => {
    const path = await issued();
    const { id } = await announce('housing-liaison', some());
    const others = await uploaded('housing-director', some());
    for (const named of [id, 'unknown', others])
      expect(codeOf(await reply(path, named))).toEqual({ status: 422, code: 'attachment-missing' });
    expect(said(await as('clerk').get(path), matterAnswerForm).state).toBe('issued');
  });

  test('with attachment-missing where another matter uses it already', async () => {
    const id = await uploaded('housing-liaison', some());
    expect((await reply(await issued(), id)).status).toBe(200);
    expect(codeOf(await reply(await issued(), id))).toEqual({ status: 422, code: 'attachment-missing' });
  });

  test.each([
    ['fewer bytes', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, 100)],
    ['as many other bytes', () => some()],
    ['more bytes', () => some(3000)],
  ])('with attachment-mismatch where %s arrived, until the right ones have', async (_, wrong) => {
    const path = await issued();
    const bytes = some();
    const one = await announce('housing-liaison', bytes);
    expect((await put(one, wrong(bytes))).status).toBe(422);
    expect(codeOf(await reply(path, one.id))).toEqual({ status: 422, code: 'attachment-mismatch' });
    expect(await status('housing-liaison', one.id)).toBe(404);
    expect((await put(one, bytes)).status).toBe(200);
    expect((await reply(path, one.id)).status).toBe(200);
  });
});

describe('an upload', () => {
  test(
    'of more than 20 MB is refused, and the next request on the line is answered',
    async () => {
      const one = await announce('housing-liaison', some());
      const answer = await put(one, new Uint8Array(20 * 1024 * 1024 + 1));
      expect({ status: answer.status, code: z.parse(problemAnswer, await answer.json()).code }).toEqual({
        status: 413,
        code: 'too-large',
      });
      expect(codeOf(await reply(await issued(), one.id))).toEqual({ status: 422, code: 'attachment-missing' });
    },
    patience,
  );

  test(
    'of exactly 20 MB arrives',
    async () => {
      const bytes = new Uint8Array(20 * 1024 * 1024).fill(7);
      const id = await uploaded('housing-liaison', bytes);
      expect((await as('housing-liaison').get(`/api/attachments/${id}`)).bytes.length).toBe(bytes.length);
    },
    patience,
  );

  /** Sends the head of an upload and waits for what is said before a byte of the body has been sent. */
  const headOf = (url: string, size: number, more = '') =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port, pathname, host } = new URL(url);
      const socket = connect(Number(port), hostname, () =>
        socket.write(`PUT ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${size}\r\n${more}\r\n`),
      );
      socket.once('data', (heard) => {
        socket.destroy();
        resolve(heard.toString('utf8').split('\r\n')[0] ?? '');
      });
      socket.once('error', reject);
    });

  test('asks for its permission first: what nobody may bring is refused before any of it has come', async () => {
    const one = await announce('housing-liaison', some());
    const size = 19 * 1024 * 1024;
    expect(await headOf(`${service.url}/upload/nothing`, size)).toBe('HTTP/1.1 404 Not Found');
    expect(await headOf(`${one.upload.url}x`, size)).toBe('HTTP/1.1 404 Not Found');
    expect(await headOf(one.upload.url, 21 * 1024 * 1024)).toBe('HTTP/1.1 413 Payload Too Large');
    expect(await headOf(one.upload.url, size, 'Expect: 100-continue\r\n')).toBe('HTTP/1.1 100 Continue');
    const leftBehind = async () => (await readdir(join(folder, 'attachments'))).filter((name) => /partial/.test(name));
    await expect(settling(leftBehind)).resolves.toEqual([]);
  });

  /** What it gives when it gives nothing any more, or in the end: a line that was cut is noticed a moment later. */
  const settling = async (ask: () => Promise<readonly string[]>): Promise<readonly string[]> => {
    for (let time = 0; time < 50 && (await ask()).length > 0; time += 1) await new Promise((on) => setTimeout(on, 50));
    return ask();
  };

  test(
    'lies in the folder while it comes, not in memory; of too many at once the last are told to come again',
    async () => {
      const size = 20 * 1024 * 1024;
      const bytes = new Uint8Array(size);
      const many = await Promise.all(Array.from({ length: 33 }, () => announce('housing-liaison', bytes)));
      const statuses: string[] = [];
      const before = process.memoryUsage().rss;
      const sockets = many.map(({ upload }) => {
        const { hostname, port, pathname, host } = new URL(upload.url);
        const socket = connect(Number(port), hostname, () => {
          socket.write(`PUT ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${size}\r\n\r\n`);
          socket.write(bytes.subarray(0, size / 4));
        });
        socket.on('data', (heard) => statuses.push(heard.toString('utf8').split('\r\n\r\n')[0] ?? ''));
        socket.on('error', () => undefined);
        return socket;
      });
      const coming = async () => {
        const names = (await readdir(join(folder, 'attachments'))).filter((name) => name.endsWith('.partial'));
        const sizes = await Promise.all(
          names.map(async (name) => (await stat(join(folder, 'attachments', name))).size),
        );
        return sizes.filter((one) => one === size / 4);
      };
      await settling(async () => ((await coming()).length < 32 || statuses.length === 0 ? ['not yet'] : []));
      expect((await coming()).length).toBe(32);
      expect(statuses).toEqual([expect.stringMatching(/^HTTP\/1\.1 429 .*\r\n(?:.*\r\n)*retry-after: 5/i)]);
      // 160 MB have come.
      expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
      for (const socket of sockets) socket.destroy();
      await settling(async () => (await readdir(join(folder, 'attachments'))).filter((name) => /partial/.test(name)));
      expect((await put(many[0] ?? (await announce('housing-liaison', bytes)), bytes)).status).toBe(200);
    },
    patience,
  );

  test('needs its own address, once, by PUT', async () => {
    const bytes = some();
    const one = await announce('housing-liaison', bytes);
    const at = (url: string, method = 'PUT') => fetch(url, { method, ...(method === 'PUT' ? { body: bytes } : {}) });
    expect((await at(one.upload.url, 'GET')).status).toBe(404);
    expect((await at(`${one.upload.url}x`)).status).toBe(404);
    expect((await at(`${service.url}/upload/${one.id}`)).status).toBe(404);
    expect((await at(one.upload.url)).status).toBe(200);
    expect((await at(one.upload.url)).status).toBe(404);
    expect((await put(one, some())).status).toBe(404);
    expect((await reply(await issued(), one.id)).status).toBe(200);
  });
});

describe('the gate', () => {
  test('shows it to its uploader alone before a matter uses it', async () => {
    const id = await uploaded('housing-liaison', some());
    expect(await status('housing-liaison', id)).toBe(200);
    for (const name of ['clerk', 'housing-director', 'ecology-liaison', 'deputy-leader', 'admin'] as const)
      expect({ name, status: await status(name, id) }).toEqual({ name, status: 404 });
    expect((await personWith(service.url, '').get(`/api/attachments/${id}`)).status).toBe(401);
  });

  test('opens with the reply, to those who see it and nobody else, and stays so when the letters are taken back', async () => {
    const path = await issued();
    const id = await uploaded('housing-liaison', some());
    expect((await reply(path, id)).status).toBe(200);
    const seen = async () =>
      Object.fromEntries(await Promise.all(people.map(async (name) => [name, await status(name, id)] as const)));
    const expected = {
      clerk: 200,
      'deputy-leader': 200,
      'deputy-leader-2': 200,
      'housing-liaison': 200,
      'housing-director': 404,
      'ecology-liaison': 404,
      'discipline-officer': 404,
      admin: 404,
    };
    expect(await seen()).toEqual(expected);
    expect((await as('deputy-leader').post(`${path}/rescind`, { reason: '事实有误' })).status).toBe(200);
    expect(await seen()).toEqual(expected);
  });

  test('knows no attachment that nobody announced', async () => {
    expect(await status('clerk', 'nothing')).toBe(404);
  });
});

test(
  'a kill after the reply and before the attachment knows of it heals at the next start',
  async () => {
    const path = await issued();
    const id = await uploaded('housing-liaison', some());
    await service.close();

    // What the request had done when the process died: the commit, and nothing after it.
    const town = openSqliteTown({ folder, alongside });
    const { commits, views } = town;
    const done = await acceptCommand(
      {
        commits,
        views,
        reference: referenceFrom({ commits, policyId: 'yichang', rememberFor: 0, elapsed: () => 0 }),
        now: () => startAt,
        freshId: () => 'killed',
        attachments: folderAttachments(folder),
      },
      reminder,
      path.slice('/api/reminders/'.length),
      'reply',
      {
        caller: { id: 'housing-liaison', name: '杨联（演示）', unit: 'housing', roles: ['unit'] },
        body: { measures: '已开工。', attachments: [id] },
        path: `${path}/reply`,
      },
    );
    expect(done).toMatchObject({ repeated: false, open: { matter: { state: 'replied' } } });
    expect((await readFile(commits, attachmentKey(id))).version).toBe(1);
    await town.close();

    await start();
    await service.settled();
    expect(await status('clerk', id)).toBe(200);
    expect(await status('ecology-liaison', id)).toBe(404);
  },
  patience,
);
