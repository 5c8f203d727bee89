import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { anonymous, type ApiClient, signedIn } from '@dandang/local/api-client.ts';
import * as z from 'zod/mini';

const script = join(import.meta.dirname, '../../packages/local/start.ts');
/** The day on which everything happens. */
export const day = '2026-09-15';

/** A service in a process of its own. */
export interface Served {
  readonly url: string;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly ended: Promise<unknown>;
  /** From its start until it said where it is, in milliseconds. */
  readonly startedIn: number;
}

/** Starts a service; `program` is another than that of `npm start`. */
export async function serve(folder: string, program = script): Promise<Served> {
  const begun = performance.now();
  const child: ChildProcess = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: '0', DANDANG_DATA: folder, DANDANG_NOW: `${day}T10:00:00.000+08:00` },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.stdout === null) throw new Error('the service says nothing');
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((resolve, reject) => {
    void ended.then(() => reject(new Error('the service ended before it said where it is')));
    lines.on('line', (line) => {
      const found = /担当 Dandang\s+(http:\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { url, ended, signal: (name) => void child.kill(name), startedIn: performance.now() - begun };
}

/** A command that was answered: the matter's file, and the version it was told to have then. */
export interface Acknowledged {
  readonly file: string;
  readonly version: number;
}

const answered = z.object({ id: z.string(), version: z.number() });
export const draft = (subject: string) => ({
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject,
  findings: '（演示）截至上月底完成率低于序时进度。',
  requirements: '（演示）逐项列明原因、责任人和开工时间。',
  replyWithin: { amount: 5, unit: 'working-day' },
});

/** So many reminders, issued and not answered. */
export async function issueReminders(url: string, count: number, noted: Acknowledged[]): Promise<void> {
  const [clerk, leader] = await Promise.all([signedIn(url, 'clerk'), signedIn(url, 'deputy-leader')]);
  const asked = async (who: ApiClient, path: string, body: unknown): Promise<string> => {
    const said = await who.post(path, body);
    if (said.status >= 300) throw new Error(`${path} answered ${said.status}`);
    const { id, version } = answered.parse(said.body);
    noted.push({ file: `reminder/${id}`, version });
    return `/api/reminders/${id}`;
  };
  for (let number = 0; number < count; number += 1) {
    const path = await asked(clerk, '/api/reminders', draft(`to be chased ${number}`));
    await asked(clerk, `${path}/submit`, {});
    await asked(leader, `${path}/approve`, { opinion: '同意' });
    await asked(clerk, `${path}/issue`, {});
  }
}

/** How requests were answered while something was wrong. */
export interface Tally {
  /** Commands that were refused because the disk is full (507). */
  refused: number;
  /** Commands that ended in any other way than with 2xx or 507. */
  failed: number;
  /** Requests that only read, and those of them that were not answered with 200. */
  reads: number;
  unread: number;
}

export const noTally = (): Tally => ({ refused: 0, failed: 0, reads: 0, unread: 0 });

class Refused extends Error {}

/**
 * Reminders, one after the other in each lane; notes every answer as it comes. Without a tally it ends when the service
 * answers no more; with one it goes on, whatever is answered, until `ended`, and reads beside.
 */
export async function load(
  url: string,
  lanes: number,
  round: number | string,
  noted: Acknowledged[],
  { tally, ended = () => false }: { readonly tally?: Tally; readonly ended?: () => boolean } = {},
): Promise<void> {
  const people = await Promise.all(['clerk', 'deputy-leader', 'housing-liaison'].map((name) => signedIn(url, name)));
  const [clerk, leader, liaison] = people;
  if (clerk === undefined || leader === undefined || liaison === undefined) return;
  const asked = async (who: ApiClient, path: string, body: unknown): Promise<string> => {
    const { status, body: said } = await who.post(path, body);
    if (status === 507) throw new Refused();
    if (status >= 300) throw new Error(`${path} answered ${status}`);
    const { id, version } = answered.parse(said);
    noted.push({ file: `reminder/${id}`, version });
    return `/api/reminders/${id}`;
  };
  const lane = async (name: string): Promise<void> => {
    for (let count = 0; !ended(); count += 1)
      try {
        const path = await asked(clerk, '/api/reminders', draft(`${name} ${count}`));
        await asked(clerk, `${path}/submit`, {});
        await asked(leader, `${path}/approve`, { opinion: '同意' });
        await asked(clerk, `${path}/issue`, {});
        await asked(liaison, `${path}/reply`, { measures: '已办' });
      } catch (error) {
        if (tally === undefined) throw error;
        tally[error instanceof Refused ? 'refused' : 'failed'] += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
  };
  const reader = async (counted: Tally): Promise<void> => {
    const read = async (asks: () => Promise<{ readonly status: number }>): Promise<void> => {
      counted.reads += 1;
      const status = await asks().then(
        (answer) => answer.status,
        () => 0,
      );
      if (status !== 200) counted.unread += 1;
    };
    while (!ended()) {
      const newest = noted.at(-1);
      await read(() => clerk.get('/api/reminders?limit=20'));
      await read(() => clerk.get('/api/todo'));
      if (newest !== undefined) await read(() => clerk.get(`/api/${newest.file.replace('/', 's/')}`));
      await read(() => anonymous(url).post('/dev/token', { as: 'clerk' }));
    }
  };
  const lanesAtWork = Array.from({ length: lanes }, (_, index) => lane(`${round}-${index}`));
  await Promise.allSettled(tally === undefined ? lanesAtWork : [...lanesAtWork, reader(tally)]);
}
