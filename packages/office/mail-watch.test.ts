import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MailWatch, openMailWatch } from './mail-watch.ts';

let folder = '';
let clock = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-mails-'));
  clock = '2026-09-15T10:00:00.000+08:00';
});
afterEach(() => rm(folder, { recursive: true }));
const open = (): Promise<MailWatch> => openMailWatch(join(folder, 'mails-failing.json'), () => clock);

test('counts from the first attempt that failed, over restarts', async () => {
  const watch = await open();
  expect(watch.failingSince()).toBeUndefined();
  await watch.heard('failed');
  clock = '2026-09-15T10:30:00.000+08:00';
  await watch.heard('failed');
  expect((await open()).failingSince()).toBe('2026-09-15T10:00:00.000+08:00');
});

test.each(['accepted', 'refused'] as const)('ends when the server has %s one: then it works', async (outcome) => {
  const watch = await open();
  await watch.heard('failed');
  await watch.heard(outcome);
  expect(watch.failingSince()).toBeUndefined();
  expect((await open()).failingSince()).toBeUndefined();
});

test('a disk that takes no note of it takes nothing from what became of the mail', async () => {
  const watch = await openMailWatch(join(folder, 'mails-failing.json'), () => clock);
  await rm(folder, { recursive: true });
  await writeFile(folder, '');
  await watch.heard('failed');
  expect(watch.failingSince()).toBe(clock);
});
