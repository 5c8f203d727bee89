import type { Log } from '@dandang/accept/log.ts';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { localQueue } from './send-queue.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function given(handle: (delivery: string) => Promise<void> = () => Promise.resolve()) {
  const clock = { ms: msOf('2026-09-15T10:00:00.000+08:00') };
  const handled: string[] = [];
  const queue = localQueue(
    () => instantAt(clock.ms),
    async ({ delivery }) => {
      handled.push(delivery);
      await handle(delivery);
    },
    silent,
  );
  return { clock, handled, queue };
}

test('a message is handled when its moment has come by the service’s clock, and once', async () => {
  const { clock, handled, queue } = given();
  await queue.put({ delivery: 'a' }, 60);
  await queue.drain();
  expect([handled, queue.due()]).toEqual([[], 0]);
  clock.ms += 60_000;
  expect(queue.due()).toBe(1);
  await queue.drain();
  await queue.drain();
  expect([handled, queue.due()]).toEqual([['a'], 0]);
});

test('a message that waits by a clock that was ahead is handled when the clock is set right', async () => {
  const { clock, handled, queue } = given();
  clock.ms += 86_400_000;
  await queue.put({ delivery: 'a' }, 480);
  clock.ms -= 86_400_000;
  await queue.put({ delivery: 'b' }, 900);
  await queue.drain();
  expect(handled).toEqual(['a']);
});

test('what a message puts in turn is drained too, and eight are handled at a time', async () => {
  let most = 0;
  let inside = 0;
  const { handled, queue } = given(async (delivery) => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    if (delivery === 'm0') await queue.put({ delivery: 'again' }, 0);
  });
  for (let index = 0; index < 20; index += 1) await queue.put({ delivery: `m${index}` }, 0);
  await queue.drain();
  expect(handled).toHaveLength(21);
  expect(most).toBe(8);
});

test('a message whose handler fails comes again after a minute', async () => {
  let failures = 0;
  const { clock, handled, queue } = given(() => {
    failures += 1;
    return failures === 1 ? Promise.reject(new Error('down')) : Promise.resolve();
  });
  await queue.put({ delivery: 'a' }, 0);
  await queue.drain();
  expect(queue.due()).toBe(0);
  clock.ms += 60_000;
  await queue.drain();
  expect(handled).toEqual(['a', 'a']);
});
