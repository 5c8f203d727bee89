import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { instant } from '@dandang/calendar/civil-date.ts';

/** What the process of a service is told when it is started. */
export const given = z.object({
  folder: z.string(),
  /** Where the clock of a new folder begins. */
  startAt: instant,
  /** So many milliseconds every COMMIT takes longer. */
  slowerBy: z._default(z.number(), 0),
});

/** What the process of a service has taken since it began. */
export const usage = z.object({
  /** Milliseconds of processor time, of all its threads. */
  cpu: z.number(),
  /** Bytes in memory now. */
  rss: z.number(),
  /** Transactions of the commits' file. */
  transactions: z.number(),
  /** Calls that write, to files and sockets, and bytes that were on their way to a disk; undefined where nobody counts them. */
  writeCalls: z.optional(z.number()),
  writtenBytes: z.optional(z.number()),
});
export type Usage = z.infer<typeof usage>;

const started = z.extend(usage, { url: z.string() });

/** The whole service on one machine, in a process of its own. */
export interface OneMachine {
  readonly url: string;
  /** Milliseconds until it said where it is, and the processor time that it had taken until then. */
  readonly startedIn: number;
  readonly startCpu: number;
  readonly usage: () => Promise<Usage>;
  /** The same, once everything that was set going has come to rest. */
  readonly settled: () => Promise<Usage>;
  readonly close: () => Promise<void>;
}

/** @param under a program, with its arguments, that starts the process and watches it. */
export const startOneMachine = (told: z.input<typeof given>, under: readonly string[] = []): Promise<OneMachine> =>
  startMeasured('one-machine-process.ts', told, under);

/** Starts a script beside this one that says where it is and then what it has taken. */
export async function startMeasured(name: string, told: unknown, under: readonly string[] = []): Promise<OneMachine> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const [program, ...rest] = [...under, process.execPath, script, JSON.stringify(told)];
  const begun = performance.now();
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  const said = (): Promise<string> => {
    const line = new Promise<string>((resolve) => waiting.push(resolve));
    return Promise.race([line, ended.then(() => Promise.reject(new Error('the service ended')))]);
  };
  const first = started.parse(JSON.parse(await said()));
  const startedIn = performance.now() - begun;
  const ask = async (word: string): Promise<Usage> => {
    const answer = said();
    child.stdin.write(`${word}\n`);
    return usage.parse(JSON.parse(await answer));
  };
  return {
    url: first.url,
    startedIn,
    startCpu: first.cpu,
    usage: () => ask('usage'),
    settled: () => ask('settled'),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
