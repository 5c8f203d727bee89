import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
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

const outputs = z.object({ 'dandang-test-core': z.object({ ApiId: z.string() }) });

const templateOf = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });
const sum = z.looseObject({ Metrics: z.array(z.looseObject({ Id: z.string() })) });

/**
 * The emulator's CloudFormation refuses an alarm on a sum of metrics. So that all else is deployed as it stands, such an
 * alarm watches nothing here; what it says is tested over the templates (test/infra/alarms.test.ts).
 */
async function withoutSums(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.template.json')) continue;
    const file = join(folder, name);
    const template = templateOf.parse(JSON.parse(await readFile(file, 'utf8')));
    for (const made of Object.values(template.Resources)) {
      const alarm = made.Type === 'AWS::CloudWatch::Alarm' ? sum.safeParse(made['Properties']).data : undefined;
      if (alarm === undefined) continue;
      const { Metrics: _, ...rest } = alarm;
      made['Properties'] = { ...rest, Namespace: 'none', MetricName: 'none', Period: 300, Statistic: 'Sum' };
    }
    await writeFile(file, JSON.stringify(template));
  }
}

/** The CDK's own command line, as an operator uses it. */
async function cdk(emulator: Emulator, ...args: readonly string[]): Promise<void> {
  await run(process.execPath, ['node_modules/aws-cdk/bin/cdk', ...args], {
    cwd: root,
    env: { ...emulator.environment, CDK_DISABLE_VERSION_CHECK: '1', CI: 'true' },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 300_000,
  });
}

/** Synthesizes what a stage file says. */
async function synth(emulator: Emulator, stage: unknown, folder: string): Promise<string> {
  const stageFile = join(folder, 'stage.json');
  await writeFile(stageFile, JSON.stringify(stage));
  const app = join(folder, 'cdk.out');
  await cdk(emulator, 'synth', '--quiet', '--output', app, '-c', `stage=${stageFile}`);
  await withoutSums(app);
  return app;
}

/** Synthesizes, bootstraps and deploys all stacks with the CDK's own command line, as an operator does. */
export async function deploy(emulator: Emulator, stage: unknown, folder: string): Promise<Deployment> {
  const outputsFile = join(folder, 'outputs.json');
  const app = await synth(emulator, stage, folder);
  await cdk(emulator, 'bootstrap', `aws://${account}/${region}`, '--app', app);
  await cdk(emulator, 'deploy', '--all', '--app', app, '--require-approval', 'never', '--outputs-file', outputsFile);
  const made = outputs.parse(JSON.parse(await readFile(outputsFile, 'utf8')));
  const { ApiId } = made['dandang-test-core'];
  return { url: `${emulator.url}/_aws/execute-api/${ApiId}/$default`, commitsTable: 'dandang-test-commits' };
}

/** Deploys some stacks of a stage that stands, or all, after its file was changed. */
export async function deployAgain(
  emulator: Emulator,
  stage: unknown,
  folder: string,
  ...stacks: readonly string[]
): Promise<void> {
  const app = await synth(emulator, stage, folder);
  const which = stacks.length === 0 ? ['--all'] : stacks;
  await cdk(emulator, 'deploy', ...which, '--app', app, '--require-approval', 'never');
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
    const child = execFile(process.execPath, command, { cwd: root, env, timeout: 180_000 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}
