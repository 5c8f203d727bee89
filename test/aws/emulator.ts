import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.ts';

/** Signed with these, a request goes to nobody who checks it. */
export const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
export const region = 'eu-central-1';
export const account = '000000000000';

export const emulatorIsThere = (): boolean => spawnSync('ministack', ['--help'], { stdio: 'ignore' }).status === 0;

/** An AWS of its own on the loopback address, gone with everything it started when it is closed. */
export interface Emulator {
  readonly url: string;
  readonly port: number;
  /** For programs that are to find it in place of AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** The last lines it said. */
  readonly said: () => string;
  readonly close: () => Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(1000) })).status < 500;
  } catch {
    return false;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
}

/** `folder` takes what the emulator writes. Its Lambda functions run on the Node that runs the tests. */
export async function startEmulator(folder: string): Promise<Emulator> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    ...credentials,
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    TMPDIR: folder,
    AWS_REGION: region,
    AWS_ENDPOINT_URL: url,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const lines: string[] = [];
  const child = spawn('ministack', [], {
    cwd: folder,
    // A group of its own, so that its Lambda workers end with it.
    detached: true,
    env: {
      ...environment,
      AWS_ACCESS_KEY_ID: account,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_REGION: region,
      IOT_MTLS_ENABLED: 'false',
      // A failed asynchronous call is tried again at once, not after a minute.
      LAMBDA_ASYNC_RETRY_BASE_SECONDS: '0.2',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const note = (data: unknown): void => {
    lines.push(...String(data).split('\n'));
    lines.splice(0, Math.max(0, lines.length - 400));
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  for (let tries = 0; tries < 120 && !(await answers(url)); tries += 1) {
    if (child.exitCode !== null) throw new Error(`ministack ended: ${lines.join('\n')}`);
    await pause(500);
  }
  return {
    url,
    port,
    environment,
    said: () => lines.join('\n'),
    close: async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      await Promise.race([ended(child), pause(10_000, undefined, { ref: false })]);
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL');
    },
  };
}
