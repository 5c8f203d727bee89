import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface EngineProcess {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** An embedded DynamoDB in a process of its own, with nothing in it. */
export async function startEngine(): Promise<EngineProcess> {
  const script = fileURLToPath(new URL('engine-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdout.setEncoding('utf8');
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(String(line).trim()));
    child.once('exit', (code) => reject(new Error(`the engine ended with ${String(code)}`)));
  });
  return {
    endpoint,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
