import type { Log } from '@dandang/accept/log.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import { doorbell } from './doorbell.ts';

const ring = (file: string): Ring => ({ file, versions: [1] });

function keptLog(): { readonly log: Log; readonly failures: string[] } {
  const failures: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (_code, ids) => failures.push(`${String(ids['consumer'])} ${String(ids['file'])} ${String(ids['tries'])}`),
  };
  return { log, failures };
}

const aside = { put: () => undefined, takeBack: () => undefined };

test('both consumers answer every ring, one after the other each', async () => {
  const { log } = keptLog();
  const answered: string[] = [];
  let inside = 0;
  const consumer = (name: string) => async (rung: Ring) => {
    answered.push(`${name} ${rung.file}`);
    if (name === 'views') inside += 1;
    expect(inside).toBeLessThanOrEqual(1);
    await new Promise((resolve) => setImmediate(resolve));
    if (name === 'views') inside -= 1;
  };
  const bell = doorbell(consumer('views'), consumer('publish'), log, aside);
  expect(bell.busy()).toBe(false);
  for (const file of ['a', 'b', 'c']) bell.ring(ring(file));
  expect(bell.busy()).toBe(true);
  await bell.quiet();
  expect(bell.busy()).toBe(false);
  expect(answered.filter((one) => one.startsWith('views'))).toEqual(['views a', 'views b', 'views c']);
  expect(answered.filter((one) => one.startsWith('publish'))).toEqual(['publish a', 'publish b', 'publish c']);
});

test('a ring that fails is tried five times behind the others, holds nobody up, and is set aside in the end', async () => {
  const { log, failures } = keptLog();
  const answered: string[] = [];
  const gone: string[] = [];
  const bell = doorbell(
    ({ file }) => {
      if (file === 'bad') return Promise.reject(new Error('no'));
      answered.push(file);
      return Promise.resolve();
    },
    () => Promise.resolve(),
    log,
    { put: (consumer, file) => void gone.push(`${consumer} ${file}`), takeBack: () => undefined },
  );
  for (const file of ['bad', 'a', 'b']) bell.ring(ring(file));
  await bell.quiet();
  expect(answered).toEqual(['a', 'b']);
  expect(failures).toEqual([1, 2, 3, 4, 5].map((tries) => `views bad ${tries}`));
  expect(gone).toEqual(['views bad']);
});

test('what an announcement rings for in turn is waited for as well', async () => {
  const { log } = keptLog();
  const answered: string[] = [];
  const bell = doorbell(
    () => Promise.resolve(),
    async ({ file }) => {
      answered.push(file);
      await Promise.resolve();
      if (file.length < 4) bell.ring(ring(`${file}a`));
    },
    log,
    aside,
  );
  bell.ring(ring('a'));
  await bell.quiet();
  expect(answered).toEqual(['a', 'aa', 'aaa', 'aaaa']);
});
