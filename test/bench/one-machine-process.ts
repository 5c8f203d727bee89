/**
 * Run in a process of its own, so that its processor time and its writes are the service's alone: starts the demonstration
 * on a folder, says where it is, and then answers a line with a line of JSON (`one-machine.ts`). Ends with its input.
 */
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { startService } from '@dandang/local/service.ts';
import { type Connect, connect } from '@dandang/store/sqlite/connection.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import { given, type Usage } from './one-machine.ts';

const { folder, startAt, slowerBy } = given.parse(JSON.parse(process.argv[2] ?? '{}'));
let transactions = 0;
const asleep = new Int32Array(new SharedArrayBuffer(4));

/** What a slow disk does to whoever waits for it: the whole loop stands still. */
const watched: Connect = (path) => {
  const inner = connect(path);
  return {
    exec: (sql) => {
      inner.exec(sql);
      if (sql !== 'COMMIT') return;
      transactions += 1;
      if (slowerBy > 0) Atomics.wait(asleep, 0, 0, slowerBy);
    },
    prepare: (sql) => inner.prepare(sql),
    close: () => inner.close(),
  };
};

/** What Linux counts of this process; undefined elsewhere. */
async function writesOf(): Promise<Pick<Usage, 'writeCalls' | 'writtenBytes'>> {
  const text = await readFile('/proc/self/io', 'utf8').catch(() => '');
  const counted = (name: string): number | undefined => {
    const value = new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1];
    return value === undefined ? undefined : Number(value);
  };
  return { writeCalls: counted('syscw'), writtenBytes: counted('write_bytes') };
}

const service = await startService({
  folder,
  port: 0,
  startAt,
  policyId: 'yichang',
  demonstration: true,
  log: { info: () => undefined, warn: () => undefined, error: (code, ids) => console.error(code, ids) },
  openTown: (town) => Promise.resolve(openSqliteTown({ ...town, open: watched })),
});

async function usage(): Promise<Usage> {
  const { user, system } = process.cpuUsage();
  const writes = await writesOf();
  return { cpu: (user + system) / 1000, rss: process.memoryUsage.rss(), transactions, ...writes };
}

const say = (told: unknown): void => void process.stdout.write(`${JSON.stringify(told)}\n`);
say({ url: service.url, ...(await usage()) });
for await (const line of createInterface({ input: process.stdin })) {
  // What follows the answers is part of their cost.
  if (line === 'settled') await service.settled();
  say(await usage());
}
await service.close();
