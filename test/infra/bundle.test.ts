import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as sdk from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { bundle } from '../../infra/bundle.ts';

const program = fileURLToPath(new URL('failing-store.ts', import.meta.url));

/** Every error that the SDK has a class for, and one that it has none for. */
const names = [
  ...Object.keys(sdk).filter(
    (name) => /(Exception|Exceeded|InternalServerError)$/.test(name) && name !== 'DynamoDBServiceException',
  ),
  'NewException',
];

const outcome = z.object({
  name: z.string(),
  threw: z.string(),
  asked: z.number(),
  trace: z.string(),
  conditional: z.boolean(),
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-bundle-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const saidBy = async (file: string): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...names]);
  return JSON.parse(stdout);
};

test('whatever error a store answers, a bundled function makes of it what the SDK does: name, status, fault, tries, trace', async () => {
  expect(names.length).toBeGreaterThan(30);
  const bundled = join(folder, 'index.cjs');
  const { code } = await bundle(program);
  await writeFile(bundled, code);
  const [whole, less] = await Promise.all([saidBy(program), saidBy(bundled)]);
  expect(less).toEqual(whole);
  const all = z.array(outcome).parse(whole);
  expect(all.map(({ threw }) => threw)).toEqual(names);
  expect(all.filter(({ conditional }) => conditional).map(({ name }) => name)).toEqual([
    'ConditionalCheckFailedException',
  ]);
  expect(new Set(all.map(({ trace }) => trace))).toEqual(new Set(['Root=1-5e-of-the-invocation']));
  // Some are worth another try, others are not: else the comparison would show nothing of it.
  expect(new Set(all.map(({ asked }) => asked))).toEqual(new Set([1, 4]));
}, 180_000);
