import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { BusEvent } from '@dandang/accept/bus-events.ts';
import type { LogIds } from '@dandang/accept/log.ts';
import { deadlineActs } from '@dandang/store/keys.ts';
import { memoryCommitStore, memoryViewStore } from '../../test/store/memory-store.ts';
import { sweepLights, type SweepSurroundings } from './sweep.ts';

function given(now: Instant) {
  const clock = { now };
  const announced: BusEvent[] = [];
  const fault: { thrown?: Error } = {};
  const logged: (readonly [string, LogIds | undefined])[] = [];
  const views = memoryViewStore();
  const note = (code: string, ids?: LogIds): void => {
    logged.push([code, ids]);
  };
  const deps: SweepSurroundings = {
    commits: memoryCommitStore(),
    views,
    queue: { put: () => Promise.resolve() },
    bus: {
      publish: (events) => {
        if (fault.thrown !== undefined) return Promise.reject(fault.thrown);
        announced.push(...events);
        return Promise.resolve();
      },
    },
    now: () => clock.now,
    log: { info: note, warn: note, error: note },
  };
  const due = async (id: string, day: string): Promise<void> => {
    const ref = { kind: 'reminder', id };
    await views.put({
      ...deadlineActs.key(ref, 'reply'),
      version: 1,
      data: null,
      listing: {
        ...deadlineActs.listing(ref, 'reply', day),
        brief: { matter: `reminder/${id}`, deadline: 'reply', what: 'near' },
      },
    });
  };
  const files = (): string[] =>
    announced.flatMap((event) => (event.type === 'DeadlineReached' ? [event.file.slice('reminder/'.length)] : []));
  return { clock, deps, due, files, fault, announced, logged };
}

test('a sweep announces what is due today or in the thirty days before, and nothing of tomorrow', async () => {
  const { deps, due, files, announced } = given('2026-09-15T00:05:00.000+08:00');
  for (const day of ['2026-08-15', '2026-08-16', '2026-09-15', '2026-09-16']) await due(day, day);
  await sweepLights(deps);
  expect(files()).toEqual(['2026-08-16', '2026-09-15']);
  expect(announced[1]).toEqual({
    type: 'DeadlineReached',
    file: 'reminder/2026-09-15',
    deadline: 'reply',
    day: '2026-09-15',
  });
});

test('the day is China’s: five past midnight belongs to the new one', async () => {
  const { deps, due, files, clock } = given('2026-09-14T23:59:59.000+08:00');
  await due('a', '2026-09-15');
  await sweepLights(deps);
  expect(files()).toEqual([]);
  clock.now = '2026-09-15T00:00:00.000+08:00';
  await sweepLights(deps);
  expect(files()).toEqual(['a']);
});

test('after an outage of weeks a sweep looks back to the last day it finished', async () => {
  const { deps, due, files, clock } = given('2026-08-01T00:05:00.000+08:00');
  await sweepLights(deps);
  await due('old', '2026-08-03');
  clock.now = '2026-09-15T00:05:00.000+08:00';
  await sweepLights(deps);
  expect(files()).toEqual(['old']);
});

test('a day counts as finished only when the bus has taken everything', async () => {
  const { deps, due, files, clock, fault } = given('2026-08-01T00:05:00.000+08:00');
  await due('a', '2026-08-01');
  fault.thrown = new Error('the bus is down');
  await expect(sweepLights(deps)).rejects.toThrow('the bus is down');
  delete fault.thrown;
  expect(await deps.commits.readNewest('schedule/sweep-lights', 5)).toEqual([]);
  clock.now = '2026-08-02T00:05:00.000+08:00';
  await sweepLights(deps);
  expect(files()).toEqual(['a']);
  expect(await deps.commits.readNewest('schedule/sweep-lights', 5)).toHaveLength(1);
  await sweepLights(deps);
  expect(await deps.commits.readNewest('schedule/sweep-lights', 5)).toHaveLength(1);
});

test('more than one page is announced whole, each matter once', async () => {
  const { deps, due, files, logged } = given('2026-09-15T00:05:00.000+08:00');
  for (let index = 0; index < 230; index += 1) await due(`m${index}`, '2026-09-15');
  expect(await sweepLights(deps)).toBe(230);
  expect(new Set(files()).size).toBe(230);
  expect(logged).toEqual([['sweep-finished', { sweep: 'sweep-lights', days: 31, announced: 230 }]]);
});
