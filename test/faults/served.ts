import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type ApiClient, signedIn } from '@dandang/local/api-client.ts';
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

export async function serve(folder: string): Promise<Served> {
  const begun = performance.now();
  const child: ChildProcess = spawn(process.execPath, [script], {
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
const draft = (subject: string) => ({
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject,
  findings: '（演示）截至上月底完成率低于序时进度。',
  requirements: '（演示）逐项列明原因、责任人和开工时间。',
  replyWithin: { amount: 5, unit: 'working-day' },
});

/** Reminders, one after the other in each lane, until the service answers no more; notes every answer as it comes. */
export async function load(url: string, lanes: number, round: number, noted: Acknowledged[]): Promise<void> {
  const people = await Promise.all(['clerk', 'deputy-leader', 'housing-liaison'].map((name) => signedIn(url, name)));
  const [clerk, leader, liaison] = people;
  if (clerk === undefined || leader === undefined || liaison === undefined) return;
  const asked = async (who: ApiClient, path: string, body: unknown): Promise<string> => {
    const { status, body: said } = await who.post(path, body);
    if (status >= 300) throw new Error(`${path} answered ${status}`);
    const { id, version } = answered.parse(said);
    noted.push({ file: `reminder/${id}`, version });
    return `/api/reminders/${id}`;
  };
  const lane = async (name: string): Promise<void> => {
    for (let count = 0; ; count += 1) {
      const path = await asked(clerk, '/api/reminders', draft(`${name} ${count}`));
      await asked(clerk, `${path}/submit`, {});
      await asked(leader, `${path}/approve`, { opinion: '同意' });
      await asked(clerk, `${path}/issue`, {});
      await asked(liaison, `${path}/reply`, { measures: '已办' });
    }
  };
  await Promise.allSettled(Array.from({ length: lanes }, (_, index) => lane(`${round}-${index}`)));
}
