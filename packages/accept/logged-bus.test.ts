import type { BusEvent } from './bus-events.ts';
import type { LogIds } from './log.ts';
import { loggedBus } from './logged-bus.ts';

const commit: BusEvent = { type: 'CommitAccepted', file: 'reminder/a', version: 4, events: ['LetterIssued'] };
const timer: BusEvent = { type: 'DeadlineReached', file: 'reminder/b', deadline: 'reply', day: '2026-09-15' };

test('a commit that the bus took is said to be announced; a timer is not', async () => {
  const said: (readonly [string, LogIds | undefined])[] = [];
  const log = { info: (code: string, ids?: LogIds) => said.push([code, ids]) };
  const taken: BusEvent[] = [];
  const bus = loggedBus({ publish: (events) => Promise.resolve(void taken.push(...events)) }, log);
  await bus.publish([commit, timer]);
  expect(taken).toEqual([commit, timer]);
  expect(said).toEqual([['commit-announced', { file: 'reminder/a', version: 4 }]]);
});

test('what the bus did not take is not said to be announced', async () => {
  const said: string[] = [];
  const bus = loggedBus(
    { publish: () => Promise.reject(new Error('down')) },
    { info: (code: string) => said.push(code) },
  );
  await expect(bus.publish([commit])).rejects.toThrow('down');
  expect(said).toEqual([]);
});
