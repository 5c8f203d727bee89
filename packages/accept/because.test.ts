import { setTimeout as wait } from 'node:timers/promises';
import { becauseOf } from './because.ts';
import { structuredLog } from './log.ts';

function given() {
  const lines: unknown[] = [];
  const log = structuredLog(
    'reminders',
    () => '2026-09-15T10:00:00.000+08:00',
    (line) => lines.push(JSON.parse(line)),
  );
  return { log, lines };
}

test('every line says what the work was begun by, however deep and late it is logged', async () => {
  const { log, lines } = given();
  await becauseOf({ request: 'r1' }, async () => {
    await wait(1);
    log.info('file-read', { file: 'tolerance/m1' });
    becauseOf({ because: 'reminder/a#4' }, () => log.warn('reaction-refused'));
  });
  expect(lines).toMatchObject([
    { message: 'file-read', file: 'tolerance/m1', request: 'r1' },
    { message: 'reaction-refused', request: 'r1', because: 'reminder/a#4' },
  ]);
});

test('work that goes on at the same time keeps its own, and what nobody began says nothing', async () => {
  const { log, lines } = given();
  const one = (request: string, ms: number) =>
    becauseOf({ request }, async () => {
      await wait(ms);
      log.info(request);
    });
  await Promise.all([one('slow', 20), one('fast', 1)]);
  log.info('after');
  expect(lines).toMatchObject([
    { message: 'fast', request: 'fast' },
    { message: 'slow', request: 'slow' },
    { message: 'after' },
  ]);
  expect(lines.at(-1)).not.toHaveProperty('request');
});
