import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { account, type Emulator, region } from './emulator.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

interface Deployment {
  /** Where the API answers: by its path, because `fetch` would not let us say the Host that the gateway goes by. */
  readonly url: string;
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
  const { ApiId } = made['dandang-test-service'];
  return { url: `${emulator.url}/_aws/execute-api/${ApiId}/$default`, commitsTable: 'dandang-test-commits' };
}

/** Calls a deployed function as a rule of EventBridge does. */
export async function invoke(emulator: Emulator, functionName: string): Promise<void> {
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
