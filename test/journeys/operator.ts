import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/* The operator's commands and the service's start, each in a process of its own, as whoever types them sees them. */

const operator = join(import.meta.dirname, '../../packages/server/operate/operator.ts');
const starter = join(import.meta.dirname, '../../packages/local/start.ts');

/** How a command ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly said: string;
  readonly complained: string;
}

export interface Begun {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function begin(script: string, args: readonly string[], env: Readonly<Record<string, string>>): Begun {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ended = (async (): Promise<Ended> => {
    const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, said, complained };
  })();
  return { child, ended };
}

/** Begins `npm run <command>` on a data folder. */
export const beginOperating = (folder: string, ...args: readonly string[]): Begun =>
  begin(operator, [...args, '--data', folder], {});

export const operate = (folder: string, ...args: readonly string[]): Promise<Ended> =>
  beginOperating(folder, ...args).ended;

/** Starts a service that does not start. */
export const refusedStart = (folder: string): Promise<Ended> =>
  begin(starter, [], { PORT: '0', DANDANG_DATA: folder }).ended;
