import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { msOf } from '@dandang/calendar/civil-date.ts';
import { type MovingClock, occurrencesBetween, openClock } from './moving-clock.ts';

let folder = '';
let machineMs = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-clock-'));
  machineMs = msOf('2030-01-01T00:00:00.000+08:00');
});
afterEach(() => rm(folder, { recursive: true }));

const open = (startAt?: string): Promise<MovingClock> =>
  openClock(join(folder, 'clock.json'), startAt, () => machineMs);
const runs = (): { readonly seen: string[]; readonly run: Parameters<MovingClock['moveTo']>[1] } => {
  const seen: string[] = [];
  return { seen, run: ({ name, at }) => Promise.resolve(void seen.push(`${name} ${at.slice(0, 16)}`)) };
};

test('schedules between two instants come in order: behind the first, up to and with the second', () => {
  const found = occurrencesBetween('2026-09-15T00:05:00.000+08:00', '2026-09-16T00:05:00.000+08:00');
  expect(found.map(({ name, at }) => `${name} ${at.slice(0, 16)}`)).toEqual([
    'reconcile 2026-09-15T02:00',
    'mails 2026-09-15T09:00',
    'lights 2026-09-16T00:05',
  ]);
});

test('a new folder’s clock starts where it is told and ticks with the machine', async () => {
  const clock = await open('2026-09-15T10:00:00.000+08:00');
  expect(clock.now()).toBe('2026-09-15T10:00:00.000+08:00');
  machineMs += 90_000;
  expect(clock.now()).toBe('2026-09-15T10:01:30.000+08:00');
});

test('moving runs every schedule on the way with the clock at its moment', async () => {
  const clock = await open('2026-09-15T10:00:00.000+08:00');
  const moments: string[] = [];
  await clock.moveTo('2026-09-16T09:00:00.000+08:00', ({ at }) => {
    expect(clock.now()).toBe(at);
    moments.push(at.slice(5, 16));
    return Promise.resolve();
  });
  expect(moments).toEqual(['09-16T00:05', '09-16T02:00', '09-16T09:00']);
  expect(clock.now()).toBe('2026-09-16T09:00:00.000+08:00');
});

test('it is kept over a restart, and a folder’s own clock wins over a new start', async () => {
  const clock = await open('2026-09-15T10:00:00.000+08:00');
  const { run } = runs();
  await clock.moveTo('2026-09-20T10:00:00.000+08:00', run);
  machineMs += 60_000;
  const again = await open('2020-01-01T00:00:00.000+08:00');
  expect(again.now()).toBe('2026-09-20T10:01:00.000+08:00');
});

test('what fell due while nobody ran is run at the first tick, and once', async () => {
  await open('2026-09-15T10:00:00.000+08:00');
  machineMs += 24 * 3_600_000;
  const clock = await open();
  const { seen, run } = runs();
  await clock.tick(run);
  await clock.tick(run);
  expect(seen).toEqual(['lights 2026-09-16T00:05', 'reconcile 2026-09-16T02:00', 'mails 2026-09-16T09:00']);
});

test('a schedule that fails is run again, and those behind it wait', async () => {
  const clock = await open('2026-09-15T23:00:00.000+08:00');
  const failing = () => Promise.reject(new Error('down'));
  await expect(clock.moveTo('2026-09-16T03:00:00.000+08:00', failing)).rejects.toThrow('down');
  const { seen, run } = runs();
  await clock.moveTo('2026-09-16T03:00:00.000+08:00', run);
  expect(seen).toEqual(['lights 2026-09-16T00:05', 'reconcile 2026-09-16T02:00']);
});

test('it does not go back, and two moves run one after the other', async () => {
  const clock = await open('2026-09-15T10:00:00.000+08:00');
  const { seen, run } = runs();
  await expect(clock.moveTo('2026-09-15T09:59:59.000+08:00', run)).rejects.toBeInstanceOf(RangeError);
  await Promise.all([
    clock.moveTo('2026-09-16T01:00:00.000+08:00', run),
    clock.moveTo('2026-09-16T02:00:00.000+08:00', run),
  ]);
  expect(seen).toEqual(['lights 2026-09-16T00:05', 'reconcile 2026-09-16T02:00']);
});

test('opening a clock that is there writes nothing: a service starts on a full disk', async () => {
  await open('2026-09-15T10:00:00.000+08:00');
  const before = await stat(join(folder, 'clock.json'));
  await open();
  expect((await stat(join(folder, 'clock.json'))).ino).toBe(before.ino);
});

test('a move that fails on the way leaves the clock at the last schedule that ran, and can be made again', async () => {
  const clock = await open('2026-09-15T10:00:00.000+08:00');
  let full = true;
  const { seen, run } = runs();
  const fails: typeof run = async (one) => {
    if (full && one.at > '2026-09-16T01') throw new Error('the disk is full');
    await run(one);
  };
  const to = '2026-09-17T10:00:00.000+08:00';
  await expect(clock.moveTo(to, fails)).rejects.toThrow('the disk is full');
  expect(clock.now()).toBe('2026-09-16T00:05:00.000+08:00');
  expect((await open()).now()).toBe(clock.now());
  full = false;
  await clock.moveTo(to, fails);
  expect(seen).toEqual([...new Set(seen)]);
  expect(clock.now()).toBe(to);
});
