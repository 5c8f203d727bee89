import type { AttributeValue, DynamoDBRecord, EventBridgeEvent, SQSRecord } from 'aws-lambda';
import { busFunction } from './bus.ts';
import { type BusEvent, sendMessage } from '@dandang/accept/bus-events.ts';
import type { Log, LogIds } from '@dandang/accept/log.ts';
import { queueFunction } from './queue.ts';
import { scheduleFunction } from './schedule.ts';
import { type Ring } from '@dandang/accept/ring.ts';
import { streamFunction } from './stream.ts';

interface Line {
  readonly code: string;
  readonly ids: LogIds;
}

function keptLog(): { readonly log: Log; readonly lines: Line[] } {
  const lines: Line[] = [];
  const note = (code: string, ids: LogIds = {}): void => {
    lines.push({ code, ids });
  };
  return { lines, log: { info: note, warn: note, error: note } };
}

const record = (
  matter: string,
  version: number,
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE' = 'INSERT',
): DynamoDBRecord => {
  const Keys: Record<string, AttributeValue> = { matter: { S: matter }, version: { N: String(version) } };
  return { eventName, dynamodb: { Keys } };
};

describe('a stream consumer', () => {
  const consumer = (answer: (ring: Ring) => Promise<void>, retry?: (ring: Ring) => Promise<void>) => {
    const { log, lines } = keptLog();
    const later: Ring[] = [];
    const retryLater = retry ?? ((ring: Ring) => Promise.resolve(void later.push(ring)));
    return { run: streamFunction(answer, { log, retryLater }), lines, later };
  };

  test('answers each file once, whatever the order and however often a batch names it', async () => {
    const answered: Ring[] = [];
    const { run, lines } = consumer((ring) => Promise.resolve(void answered.push(ring)));
    const Records = [
      record('reminder/a', 3),
      record('reminder/b', 1),
      record('reminder/a', 2),
      record('reminder/a', 3),
    ];
    expect(await run({ Records })).toEqual({ batchItemFailures: [] });
    expect(answered).toEqual([
      { file: 'reminder/a', versions: [2, 3] },
      { file: 'reminder/b', versions: [1] },
    ]);
    expect(lines).toEqual([]);
  });

  test('puts one bad file aside by its key, while the others of the batch are answered', async () => {
    const answered: string[] = [];
    const { run, later, lines } = consumer(({ file }) => {
      if (file === 'reminder/bad') return Promise.reject(new Error('a text that nobody may log'));
      answered.push(file);
      return Promise.resolve();
    });
    const Records = [record('reminder/a', 1), record('reminder/bad', 4), record('reminder/b', 1)];
    expect(await run({ Records })).toEqual({ batchItemFailures: [] });
    expect(answered).toEqual(['reminder/a', 'reminder/b']);
    expect(later).toEqual([{ file: 'reminder/bad', versions: [4] }]);
    expect(lines).toEqual([{ code: 'ring-failed', ids: { file: 'reminder/bad' } }]);
  });

  test('lets the batch come again when not even the retry queue takes the file', async () => {
    const { run } = consumer(
      () => Promise.reject(new Error('first')),
      () => Promise.reject(new Error('queue')),
    );
    await expect(run({ Records: [record('reminder/a', 1)] })).rejects.toThrow('queue');
  });

  test.each(['MODIFY', 'REMOVE'] as const)(
    'reports a %s as tampering, and answers the file all the same',
    async (name) => {
      const answered: Ring[] = [];
      const { run, lines } = consumer((ring) => Promise.resolve(void answered.push(ring)));
      await run({ Records: [record('reminder/a', 1), record('reminder/a', 2, name)] });
      expect(lines).toEqual([{ code: 'commit-tampered', ids: { file: 'reminder/a', version: 2 } }]);
      expect(answered).toEqual([{ file: 'reminder/a', versions: [1, 2] }]);
    },
  );

  test('passes over a record without a key', async () => {
    const { run, later } = consumer(() => Promise.reject(new Error('never asked')));
    expect(await run({ Records: [{ eventName: 'INSERT' }, { dynamodb: {} }] })).toEqual({ batchItemFailures: [] });
    expect(later).toEqual([]);
  });
});

const message = (messageId: string, body: string, tries = 1): SQSRecord => ({
  messageId,
  body,
  receiptHandle: '',
  attributes: {
    ApproximateReceiveCount: String(tries),
    SentTimestamp: '',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
});

describe('a queue consumer', () => {
  test('gives back only what failed: a handler’s error, no JSON, another form', async () => {
    const { log, lines } = keptLog();
    const handled: string[] = [];
    const run = queueFunction(
      sendMessage,
      ({ delivery }) => {
        if (delivery === 'bad') return Promise.reject(new Error('secret'));
        handled.push(delivery);
        return Promise.resolve();
      },
      log,
    );
    const outcome = await run({
      Records: [
        message('1', '{"delivery":"good"}'),
        message('2', '{"delivery":"bad"}'),
        message('3', '{'),
        message('4', '{"other":1}'),
        message('5', '{"delivery":"fine"}'),
      ],
    });
    expect(outcome.batchItemFailures.map((one) => one.itemIdentifier)).toEqual(['2', '3', '4']);
    expect(handled).toEqual(['good', 'fine']);
    expect(lines.map((line) => line.ids['messageId']).sort()).toEqual(['2', '3', '4']);
  });
});

describe('a bus consumer', () => {
  const announced = (messageId: string, detail: unknown, tries = 1): SQSRecord => {
    const event: EventBridgeEvent<string, unknown> = {
      id: messageId,
      version: '0',
      account: '',
      time: '',
      region: '',
      resources: [],
      source: 'dandang',
      'detail-type': 'CommitAccepted',
      detail,
    };
    return message(messageId, JSON.stringify(event), tries);
  };
  const accepted = (file: string, version = 1): BusEvent => ({
    type: 'CommitAccepted',
    file,
    version,
    events: ['ReminderDrafted'],
  });

  test('hands over what was announced', async () => {
    const { log, lines } = keptLog();
    const heard: BusEvent[] = [];
    const run = busFunction((event) => Promise.resolve(void heard.push(event)), log);
    const Records = [announced('1', accepted('reminder/a')), announced('2', accepted('reminder/b'))];
    expect(await run({ Records })).toEqual({ batchItemFailures: [] });
    expect(heard).toEqual([accepted('reminder/a'), accepted('reminder/b')]);
    expect(lines).toEqual([]);
  });

  test('gives back only what failed, and says for the how manyth time', async () => {
    const { log, lines } = keptLog();
    const heard: string[] = [];
    const run = busFunction(({ file }) => {
      if (file === 'reminder/bad') return Promise.reject(new Error('a text that nobody may log'));
      heard.push(file);
      return Promise.resolve();
    }, log);
    const Records = [
      announced('1', accepted('reminder/a')),
      announced('2', accepted('reminder/bad'), 7),
      announced('3', { type: 'Unheard' }),
      message('4', '{'),
      announced('5', accepted('reminder/b')),
    ];
    const { batchItemFailures } = await run({ Records });
    expect(batchItemFailures.map((one) => one.itemIdentifier).sort()).toEqual(['2', '3', '4']);
    expect(heard).toEqual(['reminder/a', 'reminder/b']);
    expect(lines.map((line) => line.code)).toEqual(['bus-event-failed', 'bus-event-failed', 'bus-event-failed']);
    expect(lines.find(({ ids }) => ids['messageId'] === '2')?.ids).toMatchObject({ file: 'reminder/bad', tries: 7 });
  });

  test('handles the events of one file one after the other, whatever happens to the first', async () => {
    const { log } = keptLog();
    const said: string[] = [];
    const run = busFunction(async (event) => {
      const version = event.type === 'CommitAccepted' ? event.version : 0;
      said.push(`begins ${version}`);
      await Promise.resolve();
      said.push(`ends ${version}`);
      if (version === 1) throw new Error('not now');
    }, log);
    const Records = [announced('1', accepted('reminder/a', 1)), announced('2', accepted('reminder/a', 2))];
    expect((await run({ Records })).batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
    expect(said).toEqual(['begins 1', 'ends 1', 'begins 2', 'ends 2']);
  });
});

test('a schedule that has run says so at its end; one that fails is logged and thrown, and does not say so', async () => {
  const { log, lines } = keptLog();
  await scheduleFunction('lights', () => Promise.resolve(), log)();
  await expect(scheduleFunction('mails', () => Promise.reject(new Error('late')), log)()).rejects.toThrow('late');
  expect(lines).toEqual([
    { code: 'schedule-finished', ids: { schedule: 'lights' } },
    { code: 'schedule-failed', ids: { schedule: 'mails' } },
  ]);
});
