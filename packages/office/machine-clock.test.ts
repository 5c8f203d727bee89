import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import fc from 'fast-check';
import { dueAt, type MachineClock, openMachineClock, wentBackFile } from './machine-clock.ts';

let folder = '';
let machineMs = 0;
let said: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-machine-'));
  said = [];
  set('2026-09-15T10:00:00.000+08:00');
});
afterEach(() => rm(folder, { recursive: true }));

const set = (at: string): void => {
  machineMs = msOf(at);
};
const log = { warn: (code: string) => void said.push(code), error: (code: string) => void said.push(code) };
const open = (): Promise<MachineClock> => openMachineClock(folder, { machine: () => machineMs, log });
/** What one tick runs. */
async function ticked(clock: MachineClock, failing: readonly string[] = []): Promise<string[]> {
  const seen: string[] = [];
  await clock.tick(({ name }) => {
    seen.push(name);
    return failing.includes(name) ? Promise.reject(new Error('no')) : Promise.resolve();
  });
  return seen;
}
const late = (clock: MachineClock): string[] => clock.late().map(({ name, at }) => `${name} ${at.slice(0, 16)}`);

test('shows what the machine shows', async () => {
  const clock = await open();
  expect(clock.now()).toBe('2026-09-15T10:00:00.000+08:00');
  set('2026-09-15T10:00:01.000+08:00');
  expect(clock.now()).toBe('2026-09-15T10:00:01.000+08:00');
});

test('a new data folder owes nothing of the time before it', async () => {
  expect(await ticked(await open())).toEqual([]);
});

test.each(['', '{}', 'null'])(
  'a note of its own that somebody has made “%s” keeps nothing from starting',
  async (content) => {
    await writeFile(join(folder, 'schedules.json'), content);
    const clock = await open();
    set('2026-09-16T00:05:00.000+08:00');
    expect(await ticked(clock)).toEqual(['lights']);
  },
);

test('each schedule runs once when its time has come', async () => {
  const clock = await open();
  set('2026-09-16T00:04:59.999+08:00');
  expect(await ticked(clock)).toEqual([]);
  set('2026-09-16T00:05:00.000+08:00');
  expect(await ticked(clock)).toEqual(['lights']);
  expect(await ticked(clock)).toEqual([]);
  set('2026-09-16T09:00:00.000+08:00');
  expect(await ticked(clock)).toEqual(['reconcile', 'mails']);
});

test('what was missed while nobody ran it runs at the next start, once, however many days it was', async () => {
  await open();
  set('2026-10-08T08:00:00.000+08:00');
  const clock = await open();
  expect(await ticked(clock)).toEqual(['mails', 'lights', 'reconcile']);
  expect(await ticked(await open())).toEqual([]);
});

test('a schedule that fails keeps no other waiting, is tried again after five minutes, and is late after an hour', async () => {
  const clock = await open();
  set('2026-09-16T02:30:00.000+08:00');
  expect(await ticked(clock, ['lights'])).toEqual(['lights', 'reconcile']);
  expect(said).toEqual(['schedule-failed']);
  set('2026-09-16T02:34:59.000+08:00');
  expect(await ticked(clock)).toEqual([]);
  expect(late(clock)).toEqual(['lights 2026-09-16T00:05']);
  set('2026-09-16T02:35:00.000+08:00');
  expect(await ticked(clock)).toEqual(['lights']);
  expect(late(clock)).toEqual([]);
});

test('nothing is late within its hour', async () => {
  const clock = await open();
  set('2026-09-16T01:04:59.000+08:00');
  expect(late(clock)).toEqual([]);
  set('2026-09-16T01:05:00.000+08:00');
  expect(late(clock)).toEqual(['lights 2026-09-16T00:05']);
});

test('a clock that was ahead and is set right goes on with its schedules that very moment, and remembers it', async () => {
  const clock = await open();
  set('2036-09-15T10:00:00.000+08:00');
  expect(await ticked(clock)).toEqual(['lights', 'reconcile', 'mails']);
  expect(await clock.wentBack()).toBeUndefined();
  set('2026-09-15T11:00:00.000+08:00');
  expect(await ticked(clock)).toEqual(['lights', 'reconcile', 'mails']);
  expect(said).toEqual(['clock-went-back']);
  expect(await clock.wentBack()).toEqual({
    ahead: '2036-09-15T10:00:00.000+08:00',
    back: '2026-09-15T11:00:00.000+08:00',
  });
  set('2026-09-16T00:05:00.000+08:00');
  expect(await ticked(clock)).toEqual(['lights']);
  const again = await open();
  expect(await again.wentBack()).toBeDefined();
  await rm(join(folder, wentBackFile));
  expect(await again.wentBack()).toBeUndefined();
});

test('so does one that was set right while the service was stopped', async () => {
  set('2036-09-15T10:00:00.000+08:00');
  await open();
  set('2026-09-15T11:00:00.000+08:00');
  const clock = await open();
  await ticked(clock);
  expect(await clock.wentBack()).toMatchObject({ ahead: '2036-09-15T10:00:00.000+08:00' });
  set('2026-09-16T00:05:00.000+08:00');
  expect(await ticked(clock)).toEqual(['lights']);
});

test('one that was behind and is set right again is no longer spoken of', async () => {
  const clock = await open();
  set('1970-01-01T08:00:00.000+08:00');
  await ticked(clock);
  expect(await clock.wentBack()).toBeDefined();
  set('2026-09-15T10:05:00.000+08:00');
  await ticked(clock);
  expect(await clock.wentBack()).toBeUndefined();
});

test('a minute is no going back', async () => {
  const clock = await open();
  set('2026-09-15T09:59:00.000+08:00');
  await ticked(clock);
  expect(said).toEqual([]);
});

test('wherever the clock stands, a schedule is due exactly where it has not run since its time of day', () => {
  const hour = 3_600_000;
  const from = msOf('2020-01-01T00:00:00.000+08:00');
  fc.assert(
    fc.property(fc.nat(200_000), fc.integer({ min: 0, max: 100 }), (start, hours) => {
      const ran = instantAt(from + start * hour);
      const now = instantAt(from + (start + hours) * hour);
      const due = dueAt(() => ran, now);
      for (const { at } of due) {
        expect(msOf(at)).toBeGreaterThan(msOf(ran));
        expect(msOf(at)).toBeLessThanOrEqual(msOf(now));
        expect(msOf(now) - msOf(at)).toBeLessThan(24 * hour);
      }
      if (hours >= 24) expect(due).toHaveLength(3);
      expect(dueAt(() => now, now)).toEqual([]);
    }),
  );
});
