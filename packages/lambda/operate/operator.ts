import { parseArgs } from 'node:util';
import { DescribeTableCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { addDays, chinaDate, type CivilDate, isCivilDate } from '@dandang/calendar/civil-date.ts';
import { foldFile } from '@dandang/measures/fold-file.ts';
import { replay } from '@dandang/operate/replay.ts';
import { restore } from '@dandang/operate/restore.ts';
import { discrepancyLine, filesOfDays, verify } from '@dandang/operate/verify.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { type CommitStore, dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { tables } from '@dandang/store/tables.ts';
import { machineClock } from '../aws.ts';
import { eventBridgeBus, sqsRingQueue } from '../aws-bus.ts';
import { type CopiedVersions, copiedVersions } from '../copied-versions.ts';
import { sqsDeadLetters } from './dead-letters.ts';
import { redrive } from './redrive.ts';
import { whyRefused, WrongCall } from './why-refused.ts';

/**
 * The operator's commands (`docs/runbook.md`), run with the role `auditor` (verify), `operator` (the others) or
 * `break-glass` (restore): `verify`, `replay --from <day>`, `rebuild-views`, `restore --into <table>`,
 * `redrive --queue <name>`, each with `--stage`, where copies are read `--account`, and `--table` where the stage was
 * switched to another table of commits. The region comes from `AWS_REGION`. Ends with 1 where something is wrong, and with 2
 * and one sentence for a wrong call, a name that is not there or a right that is lacking.
 */
const options = {
  stage: { type: 'string' },
  account: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  queue: { type: 'string' },
  into: { type: 'string' },
  table: { type: 'string' },
} as const;

/** No commit is older than the software. */
const firstDay = '2026-01-01';

/** Files are restored so many at once: a commit waits for its copy to come and for its put to be taken. */
const filesAtOnce = 16;

const commands = 'say verify, replay, rebuild-views, restore or redrive';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function parsed() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new WrongCall(`${error instanceof Error ? error.message : ''}: ${commands}`);
  }
}

function needed(value: string | undefined, name: string, spelled = /./): string {
  if (value === undefined || value === '') throw new WrongCall(`say ${name}`);
  if (!spelled.test(value)) throw new WrongCall(`${name} cannot be ${value}`);
  return value;
}

function daysFrom(first: string, last: string): CivilDate[] {
  if (!isCivilDate(first) || !isCivilDate(last)) throw new WrongCall('a day is written 2026-09-30');
  const days: CivilDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** What is looked for at the moment, for the sentence that says that it is not there. */
let asked = 'service';

async function run(region: string): Promise<number> {
  const { positionals, values } = parsed();
  const stage = needed(values.stage, '--stage', /^[a-z][a-z0-9-]{0,11}$/);
  needed(region, 'AWS_REGION', /^[a-z]{2}(-[a-z]+)+-\d$/);
  const prefix = `dandang-${stage}`;
  const today = chinaDate(machineClock());
  const commitsTable = values.table ?? `${prefix}-commits`;
  // An operator may sit far away from the region.
  const client = dynamoClient({ region, connectionTimeout: 5000 });
  const commitsIn = (table: string): CommitStore => dynamoCommitStore({ client, table });
  const sqs = new SQSClient({});

  const bucketName = (): string => `${prefix}-copies-${needed(values.account, '--account', /^\d{12}$/)}-${region}`;
  const queueUrl = async (name: string): Promise<string> => {
    asked = `queue ${prefix}-${name}`;
    return needed((await sqs.send(new GetQueueUrlCommand({ QueueName: `${prefix}-${name}` }))).QueueUrl, name);
  };
  const described = async (table: string): Promise<TableDescription | undefined> => {
    asked = `table ${table}`;
    return (await client.send(new DescribeTableCommand({ TableName: table }))).Table;
  };
  const lastDay = values.to ?? today;

  const verified = async (table: string, copies: CopiedVersions): Promise<number> => {
    const commits = commitsIn(table);
    const named = filesOfDays(commits, daysFrom(values.from ?? firstDay, lastDay));
    const outcome = await verify({ commits, copies, copied: copies.files(), fold: foldFile, named });
    for (const one of outcome.discrepancies) say(discrepancyLine(one));
    say(`${outcome.files} files, ${outcome.commits} commits, ${outcome.discrepancies.length} discrepancies`);
    return outcome.discrepancies.length === 0 ? 0 : 1;
  };

  const verifyNow = async (): Promise<number> => {
    const bucket = bucketName();
    await lookAt(commitsTable, bucket);
    return verified(commitsTable, copiedVersions(bucket));
  };

  /** The names are looked at before anything is read, so that a wrong one is said by itself. */
  const lookAt = async (table: string, bucket: string): Promise<void> => {
    await commitsIn(table)
      .readNewest('schedule/reconcile', 1)
      .catch((error: unknown) => {
        asked = `table ${table}`;
        throw error;
      });
    asked = `bucket ${bucket}`;
  };

  const replayed = async (from: string, to: string, queues: readonly string[]): Promise<number> => {
    const days = daysFrom(from, to);
    const ring = [];
    for (const name of queues) ring.push(sqsRingQueue(await queueUrl(name)));
    asked = `table ${commitsTable}`;
    const rung = await replay({ commits: commitsIn(commitsTable), ring }, days);
    say(`${rung} files rung for: ${queues.join(', ')}`);
    return 0;
  };

  /** Fills another table from the copies and verifies it. It is never the stage's own. */
  const restoreNow = async (table: string): Promise<number> => {
    if (table === commitsTable) throw new WrongCall('restore into a new table, never over the old');
    const bucket = bucketName();
    const made = await described(table);
    const indexed = made?.GlobalSecondaryIndexes?.some(({ IndexName }) => IndexName === tables.commits.index.name);
    if (made?.StreamSpecification?.StreamViewType !== tables.commits.stream || indexed !== true)
      throw new WrongCall(
        `${table} was not made by the data stack: say it as commitsTable in the stage's file and deploy that stack`,
      );
    asked = `bucket ${bucket}`;
    const copies = copiedVersions(bucket);
    const began = performance.now();
    const outcome = await restore({ commits: commitsIn(table), copies, copied: copies.files() }, filesAtOnce);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    for (const { file, version } of outcome.conflicts) say(`conflict\t${file}\t${version}`);
    const { files, commits, conflicts } = outcome;
    say(`${files} files, ${commits} commits restored in ${seconds} s, ${conflicts.length} conflicts`);
    const clean = await verified(table, copies);
    say(`next: deploy all stacks with "commitsTable": "${table}", then npm run rebuild-views -- --table ${table}`);
    return conflicts.length === 0 ? clean : 1;
  };

  const redriveNow = async (name: string): Promise<number> => {
    const letters = await queueUrl(`${name}-dead-letters`);
    const left = await redrive({
      letters: sqsDeadLetters(letters, sqs),
      putBack: async (body) => sqsDeadLetters(await queueUrl(name), sqs).put(body),
      bus: eventBridgeBus(prefix),
      // What the batches of a consumer held is rung for at that consumer alone.
      replay: (from) => replayed(from, today, [`${name}-retry`]),
      say,
    });
    say(`${left} left for a person`);
    return left === 0 ? 0 : 1;
  };

  switch (positionals[0]) {
    case 'verify':
      return verifyNow();
    case 'replay':
      return replayed(needed(values.from, '--from'), lastDay, ['views-retry', 'publish-retry']);
    case 'rebuild-views':
      return replayed(values.from ?? firstDay, lastDay, ['views-retry']);
    case 'restore':
      return restoreNow(needed(values.into, '--into', /^[A-Za-z0-9_.-]{3,255}$/));
    case 'redrive':
      return redriveNow(needed(values.queue, '--queue', /^[a-z0-9-]+$/));
    default:
      throw new WrongCall(commands);
  }
}

const region = process.env['AWS_REGION'] ?? '';
try {
  process.exitCode = await run(region);
} catch (error) {
  const why = whyRefused(error, asked, region);
  if (why === undefined) throw error;
  process.stderr.write(`${why}\n`);
  process.exitCode = 2;
}
