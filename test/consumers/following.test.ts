import { becauseOf } from '@dandang/accept/because.ts';
import type { BusEvent } from '@dandang/accept/bus-events.ts';
import { structuredLog } from '@dandang/accept/log.ts';
import { loggedBus } from '@dandang/accept/logged-bus.ts';
import { loggedCommits } from '@dandang/accept/logged-commits.ts';
import type { Route } from '@dandang/api/route.ts';
import { reactionActor } from '@dandang/casework/commit.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import type { SQSRecord } from 'aws-lambda';
import { announce } from '../../functions/publish/announce.ts';
import { callApi, verifyCallerToken } from '../http/call.ts';
import { memoryCommitStore } from '../store/memory-store.ts';
import { leader } from './rig.ts';

/** The message in which a queue holds an announcement. */
const queued = (event: BusEvent): SQSRecord => ({
  messageId: 'm1',
  body: JSON.stringify({ detail: event }),
  receiptHandle: '',
  attributes: {
    ApproximateReceiveCount: '1',
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

test('one request can be followed in the log, from the gateway’s id to the commit, what is announced of it, and what follows', async () => {
  const lines: unknown[] = [];
  const log = structuredLog(
    'test',
    () => '2026-09-15T10:00:00.000+08:00',
    (line) => lines.push(JSON.parse(line)),
  );
  const commits = loggedCommits(memoryCommitStore(), log);
  const put = async (file: string, type: string) => {
    await appendToFile(commits, await readFile(commits, file), {
      at: '2026-09-15T10:00:00.000+08:00',
      by: reactionActor,
      command: 'x',
      request: { id: `asked for ${file}`, body: '' },
      events: [{ type, data: { recipient: '张三' } }],
    });
  };
  const issue: Route = {
    method: 'POST',
    path: '/api/reminders/{id}/issue',
    sheet: { summary: '' },
    handle: async () => {
      await put('reminder/a', 'LetterIssued');
      return { status: 200, body: {} };
    },
  };
  const http = httpFunction([issue], verifyCallerToken, log);
  await callApi(http, { method: 'POST', path: '/api/reminders/a/issue', caller: leader });

  const announced: BusEvent[] = [];
  const copies = {
    has: () => Promise.resolve(false),
    put: () => Promise.resolve(),
    get: () => Promise.resolve(undefined),
  };
  const bus = loggedBus({ publish: (events) => Promise.resolve(void announced.push(...events)) }, log);
  await announce({ commits, bus, copies, log }, { file: 'reminder/a', versions: [1] });
  const dispatch = busFunction(() => put('delivery/d1', 'DeliveryQueued'), log);
  await dispatch({ Records: announced.map(queued) });

  expect(lines).toMatchObject([
    { message: 'commit-accepted', request: 'test', file: 'reminder/a', version: 1, asked: 'asked for reminder/a' },
    { message: 'commit-announced', file: 'reminder/a', version: 1 },
    { message: 'commit-accepted', because: 'reminder/a#1', file: 'delivery/d1', version: 1, events: 'DeliveryQueued' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('张三');
});

test('an announcement that fails is logged with what it was about', async () => {
  const lines: unknown[] = [];
  const log = structuredLog(
    'test',
    () => '2026-09-15T10:00:00.000+08:00',
    (line) => lines.push(JSON.parse(line)),
  );
  const failing = busFunction(() => becauseOf({}, () => Promise.reject(new Error('no'))), log);
  const timer: BusEvent = { type: 'DeadlineReached', file: 'reminder/a', deadline: 'reply', day: '2026-09-15' };
  await failing({ Records: [queued(timer)] });
  expect(lines).toMatchObject([{ message: 'bus-event-failed', because: 'DeadlineReached reminder/a', tries: 1 }]);
});
