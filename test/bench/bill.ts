import type { Deployed } from './deployed.ts';
import type { MeasuredMatter } from './measured-matter.ts';
import type { Priced } from './prices.ts';

/** What is assumed where one machine cannot measure. */
export const assumed = {
  /** Of an invocation, cold starts spread over all. */
  seconds: 0.08,
  logBytesPerInvocation: 1000,
  /** The gateway's line of a request. */
  accessLogBytes: 250,
  /** What the trail writes into its log of one put. */
  trailBytes: 1500,
  /** What CloudWatch keeps of a byte of log, compressed. */
  logKept: 0.15,
  /** A line that S3 writes about a request to the copies. */
  objectLogBytes: 700,
  /** Rows of the views, with the index, beside the commits. */
  viewsPerCommitByte: 3,
  /** Lambda waits at every queue with five long polls of twenty seconds, also when nothing comes. */
  pollers: 5,
  /** DynamoDB and S3 bucket keys ask KMS once in minutes; the rest is mail's secret. */
  keyRequestsPerMatter: 5,
  /** The nightly comparison looks at a commit on the two nights after it. */
  nights: 2,
  /** What headers and encryption add to an answer or a mail, in bytes. */
  overheadBytes: 1000,
} as const;

/** One line of a bill: so many of what has a price. */
export interface Line {
  readonly name: string;
  readonly parts: readonly (readonly [Priced, number])[];
}

const day = 86_400;
const gb = (bytes: number): number => bytes / 1e9;
/** What is written over a year lies there for half of it, on average. */
const months = 6;

/** What one matter adds to the bill of its year. */
export function linesOfAMatter(matter: MeasuredMatter, made: Deployed): Line[] {
  const { announced, commits, mails, requests, commitBytes, answerBytes, mailBytes } = matter;
  const heard = announced.reduce((sum, one) => sum + made.hearersOf(one), 0);
  // Each commit wakes views and publish; each that hears of it, and each mail, is a message.
  const invocations = requests + commits * 2 + heard + mails;
  // The trail tells of each commit's put and of its copy's.
  const trailed = commits * 2;
  const logs =
    invocations * assumed.logBytesPerInvocation +
    requests * assumed.accessLogBytes +
    trailed * made.trails * assumed.trailBytes;
  const objectRequests = commits * (2 + assumed.nights);
  const files = new Set(announced.map(({ file }) => file)).size;
  return [
    { name: 'DynamoDB writes', parts: [['writeUnits', matter.writeUnits]] },
    { name: 'DynamoDB reads', parts: [['readUnits', matter.readUnits]] },
    {
      name: 'DynamoDB storage, first year',
      parts: [['tableGbMonth', gb(commitBytes * (1 + assumed.viewsPerCommitByte)) * months]],
    },
    {
      name: 'DynamoDB recovery to any second, first year',
      parts: [['recoveryGbMonth', gb(commitBytes * (1 + assumed.viewsPerCommitByte)) * months]],
    },
    { name: 'HTTP API', parts: [['apiRequests', requests]] },
    {
      name: 'Lambda',
      parts: [
        ['invocations', invocations],
        ['gbSeconds', invocations * made.memory * assumed.seconds],
      ],
    },
    { name: 'EventBridge', parts: [['busEvents', commits]] },
    // A message is put, received and deleted.
    { name: 'SQS', parts: [['queueRequests', (mails + heard) * 3]] },
    {
      name: 'Copies under Object Lock, first year',
      parts: [
        ['objectPuts', commits],
        ['objectGets', commits],
        ['objectGbMonth', gb(commitBytes + objectRequests * assumed.objectLogBytes) * months],
      ],
    },
    {
      name: 'Nightly comparison',
      parts: [
        ['objectGets', commits * assumed.nights],
        // A key of the day's index is some 150 bytes; of each file the head is read.
        ['readUnits', assumed.nights * ((commits * 150) / 8192 + files)],
        ['gbSeconds', assumed.nights * commits * 0.01 * made.memory],
      ],
    },
    { name: 'Logs, taken in', parts: [['logGb', gb(logs)]] },
    { name: 'Logs, kept', parts: [['logGbMonth', gb(logs * assumed.logKept) * (made.logDays / 30.4)]] },
    { name: 'Trail of writes', parts: [['trailEvents', trailed * made.trails]] },
    { name: 'KMS requests', parts: [['keyRequests', assumed.keyRequestsPerMatter]] },
    {
      name: 'Transfer to the internet',
      parts: [['transferGb', gb(answerBytes + mailBytes + (requests + mails) * assumed.overheadBytes)]],
    },
  ];
}

/** What a year costs without any matter. */
export function standing(made: Deployed): Line[] {
  const polls = (assumed.pollers * 365 * day) / 20;
  return [
    { name: 'Waiting at empty queues', parts: [['queueRequests', made.queues * polls]] },
    { name: 'Alarms', parts: [['alarmMonth', 12 * made.alarmMetrics]] },
    { name: 'Dashboard', parts: [['dashboardMonth', 12 * made.dashboards]] },
    { name: 'Key', parts: [['keyMonth', 12 * made.keys]] },
    { name: 'Secret', parts: [['secretMonth', 12 * made.secrets]] },
    {
      name: 'Schedules',
      parts: [
        ['invocations', 365 * made.schedules],
        ['gbSeconds', 365 * made.schedules * made.memory],
      ],
    },
  ];
}
