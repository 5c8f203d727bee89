import type { BusEvent } from '@dandang/accept/bus-events.ts';
import { redrive, redriveOf } from './redrive.ts';

const day = '2026-09-21';

describe('a dead letter', () => {
  test.each([
    ['a ring', { file: 'reminder/a', versions: [1] }, 'queue'],
    ['a sending', { delivery: 'd1' }, 'queue'],
    [
      'an event of the bus',
      {
        source: 'dandang',
        'detail-type': 'DeadlineReached',
        detail: { type: 'DeadlineReached', file: 'reminder/a', deadline: 'reply', day },
      },
      'bus',
    ],
    ["a timer's call", { source: 'aws.events', 'detail-type': 'Scheduled Event' }, 'nobody'],
    [
      'a batch of the stream',
      { DDBStreamBatchInfo: { approximateArrivalOfFirstRecord: '2026-09-21T02:00:00Z' } },
      'replay',
    ],
    ['an event of somebody else', { source: 'other', detail: {} }, 'person'],
  ])('that is %s goes where it belongs', (_, letter, to) => {
    expect(redriveOf(JSON.stringify(letter)).to).toBe(to);
  });

  test('that is no JSON waits for a person', () => {
    expect(redriveOf('no message of ours')).toEqual({ to: 'person' });
  });
});

describe('redrive', () => {
  const batch = (at: string): string =>
    JSON.stringify({ DDBStreamBatchInfo: { approximateArrivalOfFirstRecord: `${at}T02:00:00Z` } });

  /** A queue of dead letters, ten a time, and what was done with them, in order. */
  function given(bodies: readonly string[], replays: () => void = () => undefined) {
    const there = new Map(bodies.map((body, index) => [`${index}`, body]));
    const waiting = [...there];
    const did: string[] = [];
    const run = () =>
      redrive({
        letters: {
          take: () =>
            Promise.resolve(
              waiting.splice(0, 10).map(([id, body]) => ({
                id,
                body,
                remove: () => {
                  did.push(`remove ${id}`);
                  there.delete(id);
                  return Promise.resolve();
                },
              })),
            ),
        },
        putBack: (body) => {
          did.push(`put back ${body}`);
          return Promise.resolve();
        },
        bus: {
          publish: (events: readonly BusEvent[]) => {
            did.push(...events.map(({ type }) => `announce ${type}`));
            return Promise.resolve();
          },
        },
        replay: (from) => {
          replays();
          did.push(`replay from ${from}`);
          return Promise.resolve();
        },
        say: () => undefined,
      });
    return { there, did, run };
  }

  test('takes batches of the stream away once what they held was rung for, from the earliest day', async () => {
    const { there, did, run } = given([batch('2026-09-22'), batch('2026-09-20'), batch('2026-09-21')]);
    expect(await run()).toBe(0);
    expect(did).toEqual(['replay from 2026-09-20', 'remove 0', 'remove 1', 'remove 2']);
    expect([...there]).toEqual([]);
  });

  test('leaves batches where they are when ringing failed', async () => {
    const { there, run } = given([batch('2026-09-22')], () => {
      throw new Error('the queue is gone');
    });
    await expect(run()).rejects.toThrow('the queue is gone');
    expect(there.size).toBe(1);
  });

  test('gives each letter back before it takes it away, more than one page of them, and leaves what is none of ours', async () => {
    const ring = JSON.stringify({ file: 'reminder/a', versions: [1] });
    const { there, did, run } = given([...Array.from({ length: 12 }, () => ring), 'no message of ours']);
    expect(await run()).toBe(1);
    expect(did.slice(0, 2)).toEqual([`put back ${ring}`, 'remove 0']);
    expect(did.filter((one) => one.startsWith('replay'))).toEqual([]);
    expect([...there.values()]).toEqual(['no message of ours']);
  });
});
