/**
 * Run as a process of its own, as CommonJS: loads a bundled function, gives it one event and prints its answer. It imports
 * nothing that a hello world would not have loaded.
 */
const { createRequire } = process.getBuiltinModule('node:module');
const [bundle = '', event = 'null'] = process.argv.slice(2);

const isHandler = (value: unknown): value is (event: unknown, context: unknown) => unknown =>
  typeof value === 'function';

async function main(): Promise<void> {
  const loaded: unknown = createRequire(bundle)(bundle);
  if (typeof loaded !== 'object' || loaded === null || !('http' in loaded) || !isHandler(loaded.http))
    throw new Error('the bundle exports no function http');
  const parsed: unknown = JSON.parse(event);
  const answer: unknown = await loaded.http(parsed, { awsRequestId: 'bench' });
  process.stdout.write(JSON.stringify(answer));
}

void main();
