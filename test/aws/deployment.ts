import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { account, type Emulator, region } from './emulator.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Deployment {
  readonly apiId: string;
  readonly commitsTable: string;
}

const outputs = z.object({ 'dandang-test-service': z.object({ ApiId: z.string() }) });

/** Synthesizes, bootstraps and deploys both stacks with the CDK's own command line, as an operator does. */
export async function deploy(emulator: Emulator, stage: unknown, folder: string): Promise<Deployment> {
  const stageFile = join(folder, 'stage.json');
  const outputsFile = join(folder, 'outputs.json');
  await writeFile(stageFile, JSON.stringify(stage));
  const cdk = async (...args: readonly string[]): Promise<void> => {
    const command = [
      'node_modules/aws-cdk/bin/cdk',
      ...args,
      '--output',
      join(folder, 'cdk.out'),
      '-c',
      `stage=${stageFile}`,
    ];
    await run(process.execPath, command, {
      cwd: root,
      env: { ...emulator.environment, CDK_DISABLE_VERSION_CHECK: '1', CI: 'true' },
      maxBuffer: 64 * 1024 * 1024,
      timeout: 300_000,
    });
  };
  await cdk('bootstrap', `aws://${account}/${region}`);
  await cdk('deploy', '--all', '--require-approval', 'never', '--outputs-file', outputsFile);
  const made = outputs.parse(JSON.parse(await readFile(outputsFile, 'utf8')));
  return { apiId: made['dandang-test-service'].ApiId, commitsTable: 'dandang-test-commits' };
}

/** What came back: `body` is parsed where it is JSON. */
export interface Heard {
  readonly status: number;
  readonly body: unknown;
  readonly bytes: Uint8Array;
}

export interface Person {
  readonly get: (path: string) => Promise<Heard>;
  readonly post: (path: string, body?: unknown) => Promise<Heard>;
  readonly put: (path: string, body: unknown) => Promise<Heard>;
}

/** Somebody with a token who talks to the deployed API. `fetch` would not let us say the Host that the gateway goes by. */
export function personAt(emulator: Emulator, { apiId }: Deployment, token: string | undefined): Person {
  const ask = async (method: string, path: string, body?: unknown): Promise<Heard> => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const { status, bytes, type } = await new Promise<{ status: number; bytes: Buffer; type: string }>(
      (resolve, reject) => {
        const asking = request(
          {
            host: '127.0.0.1',
            port: emulator.port,
            method,
            path,
            timeout: 60_000,
            headers: {
              host: `${apiId}.execute-api.localhost`,
              ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
              ...(text === undefined ? {} : { 'content-type': 'application/json' }),
            },
          },
          (response) => {
            const parts: Buffer[] = [];
            response.on('data', (part: Buffer) => parts.push(part));
            response.once('error', reject);
            response.once('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                bytes: Buffer.concat(parts),
                type: response.headers['content-type'] ?? '',
              }),
            );
          },
        );
        asking.once('error', reject);
        asking.once('timeout', () => asking.destroy(new Error(`${method} ${path} took too long`)));
        asking.end(text);
      },
    );
    const parsed: unknown = type.includes('json') ? JSON.parse(bytes.toString('utf8')) : undefined;
    return { status, body: parsed, bytes };
  };
  return {
    get: (path) => ask('GET', path),
    post: (path, body = {}) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
  };
}

/** Calls a deployed function as a rule of EventBridge does. */
export async function invoke(emulator: Emulator, functionName: string): Promise<unknown> {
  const response = await fetch(`${emulator.url}/2015-03-31/functions/${functionName}/invocations`, {
    method: 'POST',
    body: '{}',
    headers: {
      // The emulator reads the region from here and checks nothing.
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`,
    },
    signal: AbortSignal.timeout(60_000),
  });
  const said = await response.text();
  const failed = response.headers.get('x-amz-function-error');
  if (!response.ok || failed !== null) throw new Error(`${functionName}: ${response.status} ${failed ?? ''} ${said}`);
  return said;
}

/** Runs an operator's command against the emulator: what it printed, and the code it ended with. */
export async function operate(emulator: Emulator, ...args: readonly string[]): Promise<{ code: number; said: string }> {
  const command = ['packages/lambda/operate/operator.ts', ...args, '--stage', 'test', '--account', account];
  const env = { ...emulator.environment, AWS_REGION: region };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd: root, env, timeout: 60_000 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}
