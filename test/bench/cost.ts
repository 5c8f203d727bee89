import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import * as z from 'zod/mini';
import { city, synthesize } from '../infra/synthesized.ts';
import { type MeasuredMatter, measureInterview, measureReminder } from './measured-matter.ts';

/** Computes `docs/cost.md`: `npm run cost`. The prices come from a file, by default `infra/prices.json`. */
const price = z.number().check(z.minimum(0));
const priceList = z.strictObject({
  currency: z.string(),
  source: z.string(),
  writeUnits: price,
  readUnits: price,
  tableGbMonth: price,
  recoveryGbMonth: price,
  apiRequests: price,
  invocations: price,
  gbSeconds: price,
  busEvents: price,
  queueRequests: price,
  objectPuts: price,
  objectGets: price,
  objectGbMonth: price,
  logGb: price,
  keyRequests: price,
  keyMonth: price,
  secretMonth: price,
  alarmMonth: price,
});
type PriceList = z.infer<typeof priceList>;

/** What is assumed where one machine cannot measure. */
const assumed = {
  /** Of an invocation with 512 MB, cold starts spread over all. */
  seconds: 0.08,
  logBytesPerInvocation: 1000,
  /** Rows of the views, with the index, beside the commits. */
  viewsPerCommitByte: 3,
  /** Of those who hear the bus, so many hear of a commit: dispatch, attachments, now and then a measure. */
  hearersPerCommit: 2.5,
  /** Lambda waits at every queue with five long polls of twenty seconds, also when nothing comes. */
  pollsPerQueueAndYear: (5 * 365 * 86_400) / 20,
  /** DynamoDB and S3 bucket keys ask KMS once in minutes; the rest is mail's secret. */
  keyRequestsPerMatter: 5,
} as const;

/** Lines of a year's bill: what a matter adds, and what is there without any. */
function bill(matter: MeasuredMatter, matters: number, prices: PriceList): Map<string, number> {
  // Each commit wakes views, publish and, over the bus, who hears of it; each mail is a message.
  const heard = matter.commits * assumed.hearersPerCommit;
  const invocations = matter.requests + matter.commits * 2 + heard + matter.mails;
  const gb = (bytes: number): number => (bytes * matters) / 1e9;
  // What is written over a year lies there for half of it, on average.
  const months = 6;
  const yearly = (perMatter: number): number => perMatter * matters;
  return new Map([
    ['DynamoDB writes', yearly(matter.writeUnits * prices.writeUnits)],
    ['DynamoDB reads', yearly(matter.readUnits * prices.readUnits)],
    [
      'DynamoDB storage and recovery, first year',
      gb(matter.commitBytes * (1 + assumed.viewsPerCommitByte)) *
        months *
        (prices.tableGbMonth + prices.recoveryGbMonth),
    ],
    ['HTTP API', yearly(matter.requests * prices.apiRequests)],
    ['Lambda', yearly(invocations * (prices.invocations + 0.5 * assumed.seconds * prices.gbSeconds))],
    ['EventBridge', yearly(matter.commits * prices.busEvents)],
    // A message is put, received and deleted.
    ['SQS', yearly((matter.mails + heard) * 3 * prices.queueRequests)],
    [
      'Copies under Object Lock, first year',
      yearly(matter.commits * (prices.objectPuts + prices.objectGets)) +
        gb(matter.commitBytes) * months * prices.objectGbMonth,
    ],
    ['Logs', gb(invocations * assumed.logBytesPerInvocation) * prices.logGb],
    ['KMS requests', yearly(assumed.keyRequestsPerMatter * prices.keyRequests)],
    ['Waiting at empty queues', deployed.queues * assumed.pollsPerQueueAndYear * prices.queueRequests],
    ['Key, secret, alarms', 12 * (prices.keyMonth + prices.secretMonth + deployed.alarmMetrics * prices.alarmMonth)],
  ]);
}

/** What is deployed whether anybody works or not. An alarm is paid for by the metrics that it looks at. */
async function standing() {
  const made = await synthesize(city);
  const mappings = made.ofType('AWS::Lambda::EventSourceMapping');
  const alarms = made.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => sums.parse(Properties).Metrics);
  return {
    queues: mappings.filter(({ Properties }) => !('StartingPosition' in Properties)).length,
    alarms: alarms.length,
    alarmMetrics: alarms.reduce((sum, metrics) => sum + (metrics?.filter((one) => 'MetricStat' in one).length ?? 1), 0),
  };
}
const sums = z.object({ Metrics: z.optional(z.array(z.looseObject({}))) });

const deployed = await standing();
const prices = priceList.parse(JSON.parse(await readFile(process.argv[2] ?? 'infra/prices.json', 'utf8')));
const matter = await measureReminder();
const interview = await measureInterview();
const sizes = [1_000, 100_000, 10_000_000];
const bills = sizes.map((size) => bill(matter, size, prices));
const money = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });
const totals = bills.map((lines) => [...lines.values()].reduce((sum, one) => sum + one, 0));
const largest = bills.map((lines) => [...lines].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '');
const row = (name: string, values: readonly string[]): string => `| ${name} | ${values.join(' | ')} |`;
const names = [...(bills[0]?.keys() ?? [])];

const text = `# What it costs

Computed by \`npm run cost\`; do not edit by hand. One reminder went from draft to closed on one machine; its requests, commits and mails were counted. The write units of both tables and their indexes were computed from the item before and after each put, in bytes; the engine reported the capacity of every read. Prices: ${prices.source} (\`infra/prices.json\`; another list is given as an argument).

One reminder: ${matter.requests} requests, ${matter.commits} commits of all files (${matter.commitBytes} bytes), ${matter.writeUnits} write units (${matter.viewUnits} for the views; ${matter.indexUnits} of all in indexes), ${matter.readUnits} read units, ${matter.mails} mails. It is the first of its day, so it pays for the mails that tell everybody once a day of what waits.

One interview, from its application until it is struck off: ${interview.requests} requests, ${interview.commits} commits (${interview.commitBytes} bytes), ${interview.writeUnits} write units (${interview.viewUnits} for the views; ${interview.indexUnits} in indexes), ${interview.readUnits} read units, ${interview.mails} mails.

${row(
  `${prices.currency} a year, at so many matters a year`,
  sizes.map((size) => size.toLocaleString('en')),
)}
${row(
  '---',
  sizes.map(() => '---:'),
)}
${names
  .map((name) =>
    row(
      name,
      bills.map((lines) => money(lines.get(name) ?? 0)),
    ),
  )
  .join('\n')}
${row(
  '**together**',
  totals.map((total) => `**${money(total)}**`),
)}
${row('largest line', largest)}

**Which line grows.** Everything but the last two lines grows with the number of matters, and none faster. Storage alone also grows with the years: commits and their copies are kept, so its line is three times the first year's in the second year and five times in the third; copies under Object Lock cannot be deleted before their time.

**Assumed, not measured:** ${assumed.seconds} s a Lambda invocation at 512 MB; ${assumed.logBytesPerInvocation} bytes of log each; views ${assumed.viewsPerCommitByte} times the bytes of the commits; ${assumed.keyRequestsPerMatter} requests to KMS a matter; ${assumed.hearersPerCommit} functions that hear of a commit on the bus; five long polls at each of ${deployed.queues} queues. Counted from the templates: ${deployed.alarms} alarms on ${deployed.alarmMetrics} metrics. Not counted: the sweeps and the nightly comparison, which read what is due and what was written that day; attachments; transfer to the internet; free tiers; the portal. Read capacity comes from dynalite, which counts sizes in characters: Chinese text weighs up to three times as much on AWS, so take the line of reads as a lower bound.
`;
await writeFile('docs/cost.md', await format(text, { parser: 'markdown', printWidth: 120 }));
console.log(`docs/cost.md: ${totals.map(money).join(', ')} ${prices.currency}`);
