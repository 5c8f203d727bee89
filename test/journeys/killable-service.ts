import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Commit, unseal, verifyChain } from '@dandang/casework/commit.ts';
import { instantAt } from '@dandang/calendar/civil-date.ts';
import { foldDelivery } from '@dandang/casework/delivery.ts';
import { openMailbox } from '@dandang/local/mailbox.ts';
import { messageIdFor } from '@dandang/mail/message.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { parseKey } from '@dandang/store/keys.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import * as z from 'zod/mini';
import { alongside } from '../../functions/views/alongside.ts';
import { projection } from '../../functions/views/rows.ts';

/* The service in a process of its own, to be killed at any moment, and what its folder must hold afterwards. */

const started = join(import.meta.dirname, '../../packages/local/start.ts');
/** The day on which everything happens. */
export const day = '2026-09-15';

export interface Running {
  readonly url: string;
  readonly kill: () => Promise<void>;
}

const children: ChildProcess[] = [];
/** What the services wrote to standard error. */
const complaints: string[] = [];
/** Lines of theirs that are no log of something ordinary. */
export const unexpectedComplaints = (): string[] => complaints.filter((line) => !/"level":"(INFO|WARN)"/.test(line));
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts the service as `npm start` does, in a process of its own. */
export async function start(folder: string): Promise<Running> {
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

async function everyFile(commits: CommitStore): Promise<Set<string>> {
  const files = new Set<string>();
  for await (const { matter } of commits.keysOn(day)) files.add(matter);
  return files;
}

/** Looks at what lies in the folder with nobody running: chains, views, mails. Gives every file. */
export async function verifyFolder(folder: string): Promise<ReadonlyMap<string, readonly Commit[]>> {
  const town = openSqliteTown({ folder, alongside });
  const mailbox = await openMailbox({ folder: join(folder, 'mail'), clock: () => instantAt(0) });
  try {
    const { commits, views } = town;
    const numbers: string[] = [];
    const expectedMails = new Set<string>();
    const files = new Map<string, readonly Commit[]>();
    for (const file of await everyFile(commits)) {
      const stored = await commits.read(file);
      expect({ file, ...verifyChain(file, stored) }).toEqual({ file, intact: true });
      const content = stored.map(unseal);
      files.set(file, content);
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
    return files;
  } finally {
    await mailbox.close();
    await town.close();
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
