import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineClock } from '@dandang/lambda/aws.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { createTables } from '@dandang/store/tables.ts';
import * as z from 'zod/mini';
import { bundle, entryOf } from '../../infra/bundle.ts';
import { apiEvent, type ApiRequestSent } from './api-event.ts';
import type { EngineProcess } from './engine.ts';
import { startIssuer } from './issuer.ts';
import { interleaved, type Paired } from './pairs.ts';
import { clerk, draft, enterTown } from './town.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const firstAnswer = z.object({ statusCode: z.number(), body: z.optional(z.string()) });
type FirstAnswer = z.infer<typeof firstAnswer>;

/** Starts a process and waits for what it prints: the answer, and the milliseconds from the start until it was there. */
function firstAnswerOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly ms: number; readonly answer: FirstAnswer }> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    let ms: number | undefined;
    let printed = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text) => {
      ms ??= performance.now() - start;
      printed += String(text);
    });
    child.once('error', reject);
    child.once('close', () => {
      try {
        resolve({ ms: ms ?? Number.NaN, answer: firstAnswer.parse(JSON.parse(printed)) });
      } catch (error) {
        reject(new Error('a bundled function gave no answer', { cause: error }));
      }
    });
  });
}

/**
 * Milliseconds from the start of a process to the first answer of the bundled `reminders` function, against those of a
 * hello world. `reading` asks for a matter: the issuer's keys are fetched, the token is verified, the file is read and
 * folded. `opening` makes one: settings, calendar and directory are read too, and a commit is written. Nothing is
 * compiled before: a new Lambda sandbox has no compile cache.
 */
export async function coldStart(
  engine: EngineProcess,
  pairs: number,
): Promise<{ readonly reading: Paired; readonly opening: Paired }> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-bench-'));
  const client = dynamoClient({ region: 'local', endpoint: engine.endpoint });
  const issuer = await startIssuer(machineClock());
  try {
    await createTables(client, { commits: 'cold-commits', views: 'cold-views' });
    await enterTown(dynamoCommitStore({ client, table: 'cold-commits' }), machineClock());
    const [ours, hello, runner] = ['reminders.cjs', 'hello-world.cjs', 'first-answer.cjs'].map((name) =>
      join(folder, name),
    );
    if (ours === undefined || hello === undefined || runner === undefined) throw new Error('three files have no name');
    await writeFile(ours, (await bundle(entryOf('reminders'), undefined, 'http')).code);
    await writeFile(hello, (await bundle(here('hello-world.ts'))).code);
    await writeFile(runner, (await bundle(here('first-answer.ts'))).code);
    const token = await issuer.tokenFor(clerk);
    const env = {
      ...issuer.environment,
      PATH: process.env['PATH'],
      COMMITS_TABLE: 'cold-commits',
      VIEWS_TABLE: 'cold-views',
      ATTACHMENTS_BUCKET: 'cold-attachments',
      STORE_ENDPOINT: engine.endpoint,
      AWS_REGION: 'cn-north-1',
      NODE_ENV: 'production',
    };
    const call = async (file: string, request: Omit<ApiRequestSent, 'token'>) => {
      const { ms, answer } = await firstAnswerOf([runner, file, JSON.stringify(apiEvent({ token, ...request }))], env);
      if (answer.statusCode > 201) throw new Error(`${file} answered ${answer.statusCode}`);
      return { ms, answer };
    };
    const open = { method: 'POST', path: '/api/reminders', body: draft } as const;
    const made = z.object({ id: z.string() }).parse(JSON.parse((await call(ours, open)).answer.body ?? ''));
    const read = { method: 'GET', path: `/api/reminders/${made.id}` } as const;
    const helloWorld = async () => (await call(hello, read)).ms;
    await helloWorld();
    return {
      reading: await interleaved(pairs, async () => (await call(ours, read)).ms, helloWorld),
      opening: await interleaved(pairs, async () => (await call(ours, open)).ms, helloWorld),
    };
  } finally {
    client.destroy();
    await issuer.close();
    await rm(folder, { recursive: true });
  }
}
