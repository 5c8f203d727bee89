import { parseArgs } from 'node:util';
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { addDays, chinaDate, type CivilDate, isCivilDate } from '@dandang/calendar/civil-date.ts';
import { foldFile } from '@dandang/measures/fold-file.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { machineClock } from '../aws.ts';
import { bucketCopies, copiesIn, eventBridgeBus, sqsRingQueue } from '../aws-bus.ts';
import { redriveOf } from './redrive.ts';
import { replay } from '@dandang/operate/replay.ts';
import { restore } from '@dandang/operate/restore.ts';
import { discrepancyLine, filesOfDays, verify } from '@dandang/operate/verify.ts';

/**
 * The operator's commands (`docs/runbook.md`), run with the role `auditor` (verify) or `operator` (the others):
 * `verify`, `replay --from <day>`, `rebuild-views`, `restore --into <table>`, `redrive --queue <name>`, each with `--stage`,
 * where copies are read `--account`, and `--table` where the stage was switched to another table of commits. The region comes from `AWS_REGION`. Ends with 1 where something is wrong and 2 for a wrong call.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    stage: { type: 'string' },
    account: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    queue: { type: 'string' },
    into: { type: 'string' },
    table: { type: 'string' },
  },
});

/** No commit is older than the software. */
const firstDay = '2026-01-01';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

class WrongCall extends Error {}

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new WrongCall(`say ${name}`);
  return value;
}

function daysFrom(first: string, last: string): CivilDate[] {
  if (!isCivilDate(first) || !isCivilDate(last)) throw new WrongCall('a day is written 2026-09-30');
  const days: CivilDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

async function verifyNow(): Promise<number> {
  const bucket = `dandang-${stage}-copies-${needed(values.account, '--account')}-${region}`;
  const outcome = await verify({
    commits,
    copies: bucketCopies(bucket),
    copied: copiesIn(bucket),
    fold: foldFile,
    named: filesOfDays(commits, daysFrom(values.from ?? firstDay, values.to ?? today)),
  });
  for (const one of outcome.discrepancies) say(discrepancyLine(one));
  say(`${outcome.files} files, ${outcome.commits} commits, ${outcome.discrepancies.length} discrepancies`);
  return outcome.discrepancies.length === 0 ? 0 : 1;
}

async function replayNow(from: string, queues: readonly string[]): Promise<number> {
  const ring = await Promise.all(queues.map(async (name) => sqsRingQueue(await queueUrl(name))));
  const rung = await replay({ commits, ring }, daysFrom(from, values.to ?? today));
  say(`${rung} files rung for: ${queues.join(', ')}`);
  return 0;
}

/** Fills another table from the copies. It is never the stage's own. */
async function restoreInto(table: string): Promise<number> {
  if (table === commitsTable) throw new WrongCall('restore into a new table, never over the old');
  const bucket = `dandang-${stage}-copies-${needed(values.account, '--account')}-${region}`;
  const into = dynamoCommitStore({ client: dynamoClient({ region }), table });
  const outcome = await restore({ commits: into, copies: bucketCopies(bucket), copied: copiesIn(bucket) });
  for (const { file, version } of outcome.conflicts) say(`conflict\t${file}\t${version}`);
  say(`${outcome.files} files, ${outcome.commits} commits restored, ${outcome.conflicts.length} conflicts`);
  return outcome.conflicts.length === 0 ? 0 : 1;
}

/** Takes every dead letter once. What cannot be sent back stays where it is, and is listed. */
async function redriveNow(name: string): Promise<number> {
  const from = await queueUrl(`${name}-dead-letters`);
  const bus = eventBridgeBus(`dandang-${stage}`);
  let left = 0;
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: from, MaxNumberOfMessages: 10, VisibilityTimeout: 300 }),
    );
    if (Messages.length === 0) break;
    for (const { MessageId = '', Body = '', ReceiptHandle } of Messages) {
      const what = redriveOf(Body);
      say(`${MessageId}\t${what.to}${what.to === 'replay' ? `: npm run replay -- --from ${what.from}` : ''}`);
      if (what.to === 'person' || what.to === 'replay') left += 1;
      else {
        if (what.to === 'queue')
          await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(name), MessageBody: Body }));
        if (what.to === 'bus') await bus.publish([what.event]);
        await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
      }
    }
  }
  say(`${left} left for a person`);
  return left === 0 ? 0 : 1;
}

const run = (): Promise<number> => {
  switch (positionals[0]) {
    case 'verify':
      return verifyNow();
    case 'replay':
      return replayNow(needed(values.from, '--from'), ['views-retry', 'publish-retry']);
    case 'rebuild-views':
      return replayNow(values.from ?? firstDay, ['views-retry']);
    case 'restore':
      return restoreInto(needed(values.into, '--into'));
    case 'redrive':
      return redriveNow(needed(values.queue, '--queue'));
    default:
      throw new WrongCall('say verify, replay, rebuild-views, restore or redrive');
  }
};

const stage = values.stage ?? '';
const region = process.env['AWS_REGION'] ?? '';
// Before anything is made that wants to know a region itself.
for (const [name, value] of Object.entries({ '--stage': stage, AWS_REGION: region }))
  if (value === '') {
    process.stderr.write(`say ${name}\n`);
    process.exit(2);
  }
const today = chinaDate(machineClock());
const sqs = new SQSClient({});
const commitsTable = values.table ?? `dandang-${stage}-commits`;
const commits = dynamoCommitStore({ client: dynamoClient({ region }), table: commitsTable });
const queueUrl = async (name: string): Promise<string> =>
  needed((await sqs.send(new GetQueueUrlCommand({ QueueName: `dandang-${stage}-${name}` }))).QueueUrl, name);

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof WrongCall)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
