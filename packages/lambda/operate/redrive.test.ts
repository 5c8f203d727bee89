import { redriveOf } from './redrive.ts';

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
