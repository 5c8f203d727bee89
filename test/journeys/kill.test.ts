import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { listedMatter, matterAnswerForm } from '@dandang/lambda/answers.ts';
import { instantAt } from '@dandang/calendar/civil-date.ts';
import { startEmbeddedDynamo } from '@dandang/local/embedded-dynamodb.ts';
import { openMailbox } from '@dandang/local/mailbox.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { parseKey } from '@dandang/store/keys.ts';
import { dynamoViewStore } from '@dandang/store/view-store.ts';
import { foldDelivery } from '@dandang/casework/delivery.ts';
import { unseal, verifyChain } from '@dandang/casework/commit.ts';
import { messageIdFor } from '@dandang/mail/message.ts';
import * as z from 'zod/mini';
import { projection } from '../../functions/views/rows.ts';
import { type Heard, type Person, said, signIn } from './caller.ts';
import { draftOf } from './running-town.ts';

const started = join(import.meta.dirname, '../../packages/local/start.ts');
const day = '2026-09-15';

interface Running {
  readonly url: string;
  readonly kill: () => Promise<void>;
}

const children: ChildProcess[] = [];
/** What the services wrote to standard error. */
const complaints: string[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts the service as `npm start` does, in a process of its own. */
async function start(folder: string): Promise<Running> {
  const child = spawn(process.execPath, [started], {
    env: { ...process.env, PORT: '0', DANDANG_DATA: folder, DANDANG_NOW: `${day}T10:00:00.000+08:00` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the service ended before it said where it is')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /担当 Dandang\s+(http:\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A command that was answered: the matter's path and the state it was told to have then. */
interface Answered {
  readonly path: string;
  readonly version: number;
}

/** Commands to one reminder after the other until the connection breaks; every 2xx is noted in the moment it comes. */
async function workUntilKilled(url: string, lane: string, answered: Answered[]): Promise<void> {
  const [clerk, leader, liaison] = await Promise.all(
    ['clerk', 'deputy-leader', 'housing-liaison'].map((name) => signIn(url, name)),
  );
  if (clerk === undefined || leader === undefined || liaison === undefined) return;
  const note = (heard: Heard): string => {
    const { id, version } = said(heard, matterAnswerForm);
    const path = `/api/reminders/${id}`;
    answered.push({ path, version });
    return path;
  };
  const steps: readonly (readonly [Person, string, unknown])[] = [
    [clerk, 'submit', {}],
    [leader, 'approve', { opinion: '同意' }],
    [clerk, 'issue', {}],
    [liaison, 'reply', { measures: '已办' }],
  ];
  for (let count = 0; ; count += 1) {
    const keyed = { headers: { 'idempotency-key': `${lane}-${count}` } };
    const path = note(await clerk.post('/api/reminders', draftOf({ subject: `${lane} ${count}` }), keyed));
    for (const [person, command, body] of steps) note(await person.post(`${path}/${command}`, body));
  }
}

async function everyFile(commits: CommitStore): Promise<Set<string>> {
  const files = new Set<string>();
  for await (const { matter } of commits.keysOn(day)) files.add(matter);
  return files;
}

test('what was answered is there after every kill, views follow it, and every letter is mailed once or marked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-kill-'));
  const answered: Answered[] = [];
  try {
    for (const [round, wait] of [150, 700, 1600, 900].entries()) {
      const service = await start(folder);
      const lanes = ['a', 'b', 'c'].map((lane) =>
        workUntilKilled(service.url, `${round}${lane}`, answered).catch((error: unknown) => {
          // The kill breaks the connection; anything else is a defect.
          if (!/fetch failed|terminated|ECONN|socket/.test(String(error))) throw error;
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, wait));
      await service.kill();
      await Promise.all(lanes);
    }
    expect(answered.length).toBeGreaterThan(10);

    const service = await start(folder);
    const clerk = await signIn(service.url, 'clerk');
    const listing = z.object({ items: z.array(listedMatter), next: z.optional(z.string()) });
    const listed = new Map<string, number>();
    for (let cursor = ''; ;) {
      const page = said(await clerk.get(`/api/reminders?limit=100${cursor}`), listing);
      for (const one of page.items) listed.set(`/api/reminders/${one.id}`, one.version);
      if (page.next === undefined) break;
      cursor = `&cursor=${page.next}`;
    }
    for (const { path, version } of answered) {
      expect(said(await clerk.get(path), matterAnswerForm).version).toBeGreaterThanOrEqual(version);
      expect(listed.get(path) ?? 0).toBeGreaterThanOrEqual(version);
    }
    // A repeat of what was cut off finds what was done, or does it now.
    const again = await clerk.post('/api/reminders', draftOf({ subject: '0a 0' }), {
      headers: { 'idempotency-key': '0a-0' },
    });
    expect(again.status).toBe(201);
    // The lease of an attempt that a kill cut off has to run out first.
    expect((await clerk.put('/dev/clock', { now: `${day}T11:00:00.000+08:00` })).status).toBe(200);
    await clerk.get('/dev/mail');
    await service.kill();

    expect(complaints.filter((line) => !/"level":"(INFO|WARN)"/.test(line))).toEqual([]);
    await verifyFolder(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

/** Looks at what lies in the folder with nobody running: chains, views, mails. */
async function verifyFolder(folder: string): Promise<void> {
  const database = await startEmbeddedDynamo({ folder: join(folder, 'store') });
  const client = dynamoClient({ region: 'local', endpoint: database.endpoint });
  const mailbox = await openMailbox({ folder: join(folder, 'mail'), clock: () => instantAt(0) });
  try {
    const commits = dynamoCommitStore({ client, table: 'commits' });
    const views = dynamoViewStore({ client, table: 'views' });
    const numbers: string[] = [];
    const expectedMails = new Set<string>();
    for (const file of await everyFile(commits)) {
      const stored = await commits.read(file);
      expect({ file, ...verifyChain(file, stored) }).toEqual({ file, intact: true });
      const content = stored.map(unseal);
      const ref = parseKey(file);
      for (const row of projection(ref, content)) {
        const found = await views.get(row.pk, row.sk, z.unknown());
        expect(found).toEqual(JSON.parse(JSON.stringify(row)));
      }
      for (const event of content.flatMap((commit) => commit.events))
        if (event.type === 'LettersIssued') {
          const { letters } = z.parse(lettersIssued, event.data);
          for (const letter of letters) {
            if (letter.number !== undefined) numbers.push(letter.number);
            for (const one of letter.deliveries)
              expectedMails.add(messageIdFor(one.id, one.address, 'dandang.example'));
          }
        }
      if (ref.kind !== 'delivery') continue;
      const delivery = foldDelivery(content);
      // A second to-do mail of a day is held until the next.
      const expected = (delivery?.notBefore ?? '') > day ? ['queued'] : ['sent', 'dropped'];
      expect(expected).toContain(delivery?.state);
    }
    expect(numbers.length).toBeGreaterThan(0);
    expect(new Set(numbers).size).toBe(numbers.length);

    const mails = await mailbox.list();
    const seen = new Set<string>();
    for (const mail of mails) {
      if (seen.has(mail.messageId)) expect(mail.possibleDuplicate).toBe(true);
      seen.add(mail.messageId);
    }
    expect([...expectedMails].filter((id) => !seen.has(id))).toEqual([]);
  } finally {
    await mailbox.close();
    client.destroy();
    await database.close();
  }
}

const lettersIssued = z.object({
  letters: z.array(
    z.object({
      number: z.optional(z.string()),
      deliveries: z.array(z.object({ id: z.string(), address: z.string() })),
    }),
  ),
});
