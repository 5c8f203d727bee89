/**
 * Computes `docs/cost.md`: `npm run cost`. The prices come from the files that are named, by default those of `infra`: one
 * table for each. What no source gives has no price, and stands in the table as missing.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { assumed, type Line, linesOfAMatter, standing } from './bill.ts';
import { deployed } from './deployed.ts';
import { measureInterview, measureReminder } from './measured-matter.ts';
import { priced, priceList, type PriceList } from './prices.ts';

/** What `npm run bench -- http growth disk` measured of a reminder on one machine, by hand: it needs an idle one. */
const oneMachine = { on: '2026-11-30', cpuSeconds: 0.048, diskBytes: 44_000 };

const made = await deployed();
const named = process.argv.slice(2);
const lists = await Promise.all(
  (named.length > 0 ? named : ['infra/prices.json', 'infra/prices.cn-north-1.json']).map(async (path) => ({
    path,
    list: priceList.parse(JSON.parse(await readFile(path, 'utf8'))),
  })),
);
const reminder = await measureReminder();
const interview = await measureInterview();
const sizes = [1_000, 100_000, 10_000_000];

/** What of a line is known: undefined where none of it is. */
interface Sum {
  readonly known: number | undefined;
  readonly complete: boolean;
  readonly elsewhere: boolean;
}

function sumOf({ prices, region }: PriceList, lines: readonly Line[], times = 1): Sum {
  const parts = lines.flatMap((line) => line.parts.map(([name, count]) => ({ of: prices[name], count })));
  const known = parts.flatMap(({ of, count }) => (of.price === undefined ? [] : [of.price * count * times]));
  return {
    known: known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0),
    complete: known.length === parts.length,
    elsewhere: parts.some(({ of }) => of.of !== undefined && of.of !== region),
  };
}

const digits = (value: number): number => (value === 0 || value >= 10 ? 0 : value >= 0.01 ? 2 : 5);
const money = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: digits(value) });
const told = ({ known, complete, elsewhere }: Sum): string =>
  known === undefined ? '–' : `${complete ? '' : '> '}${money(known)}${elsewhere ? ' ‡' : ''}`;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(list: PriceList): string {
  const perMatter = linesOfAMatter(reminder, made);
  const fixed = standing(made);
  const lines = (all: readonly Line[], counted: boolean): string[] =>
    all.map((line) => row([line.name, ...sizes.map((size) => told(sumOf(list, [line], counted ? size : 1)))]));
  const together = sizes.map((size) => {
    const [own, always] = [sumOf(list, perMatter, size), sumOf(list, fixed)];
    return told({
      known: (own.known ?? 0) + (always.known ?? 0),
      complete: own.complete && always.complete,
      elsewhere: own.elsewhere || always.elsewhere,
    });
  });
  const largest = sizes.map((size) => {
    const all = [
      ...perMatter.map((line) => ({ name: line.name, sum: sumOf(list, [line], size) })),
      ...fixed.map((line) => ({ name: line.name, sum: sumOf(list, [line]) })),
    ];
    return all.sort((a, b) => (b.sum.known ?? 0) - (a.sum.known ?? 0))[0]?.name ?? '';
  });
  return [
    row([`${list.currency} a year, at so many reminders a year`, ...sizes.map((size) => size.toLocaleString('en'))]),
    row(['---', ...sizes.map(() => '---:')]),
    ...lines(perMatter, true),
    row(['**what the matters add**', ...sizes.map((size) => `**${told(sumOf(list, perMatter, size))}**`)]),
    ...lines(fixed, false),
    row(['**what stands there without any**', ...sizes.map(() => `**${told(sumOf(list, fixed))}**`)]),
    row(['**together**', ...together.map((one) => `**${one}**`)]),
    row(['largest line', ...largest]),
  ].join('\n');
}

function section({ path, list }: { readonly path: string; readonly list: PriceList }): string {
  const missing = priced.filter((name) => list.prices[name].price === undefined);
  const elsewhere = priced.filter((name) => list.prices[name].of !== undefined);
  const one = (lines: readonly Line[]): string => told(sumOf(list, lines));
  return `## ${list.region}, in ${list.currency}

Without any matter a year costs **${list.currency} ${one(standing(made))}**. A reminder adds **${list.currency} ${one(linesOfAMatter(reminder, made))}**, an interview ${list.currency} ${one(linesOfAMatter(interview, made))}, each in its first year.

${table(list)}

${
  missing.length === 0
    ? ''
    : `**Missing**, because no source that could be read gives it for this region: ${missing.map((name) => `\`${name}\``).join(', ')}. A line without a price is –; “>” stands before a sum that lacks some of its parts, so it is no budget.\n\n`
}${
    elsewhere.length === 0
      ? ''
      : `‡ Has prices of ${[...new Set(elsewhere.map((name) => list.prices[name].of))].join(', ')}, which may be others here: ${elsewhere.map((name) => `\`${name}\``).join(', ')}.\n\n`
  }| price (\`${path}\`) | ${list.currency} | source |
| --- | ---: | --- |
${priced
  .map((name) => {
    const { price, source, of } = list.prices[name];
    return row([
      `\`${name}\``,
      price === undefined ? '–' : String(price),
      source === undefined ? '–' : `${source}${of === undefined ? '' : `; of ${of}`}`,
    ]);
  })
  .join('\n')}
`;
}

const kinds = Object.entries(Object.groupBy(reminder.announced, ({ file }) => file.split('/')[0] ?? ''))
  .map(([kind, commits = []]) => `${commits.length} of ${kind}`)
  .join(', ');
const heardOf = (announced: typeof reminder.announced): number =>
  announced.reduce((sum, one) => sum + made.hearersOf(one), 0);
const terabyte = Math.floor(1e12 / oneMachine.diskBytes / 1e6);

const text = `# What it costs

Computed by \`npm run cost\`; do not edit by hand. One reminder went from draft to closed on one machine; its requests, commits and mails were counted. The write units of both tables and their indexes were computed from the item before and after each put, in bytes; the engine reported the capacity of every read. What is deployed, and who hears of which commit, was counted from the synthesized stacks. Free tiers are not taken off.

One reminder: ${reminder.requests} requests, ${reminder.commits} commits (${kinds}; ${reminder.commitBytes} bytes), heard ${heardOf(reminder.announced)} times, ${reminder.writeUnits} write units (${reminder.viewUnits} for the views; ${reminder.indexUnits} of all in indexes), ${reminder.readUnits} read units, ${reminder.mails} mails (${Math.round(reminder.mailBytes / 1000)} kB), ${Math.round(reminder.answerBytes / 1000)} kB of answers. It is the first of its day, so it pays for the mails that tell everybody once a day of what waits.

One interview, from its application until it is struck off: ${interview.requests} requests, ${interview.commits} commits (${interview.commitBytes} bytes), heard ${heardOf(interview.announced)} times, ${interview.writeUnits} write units (${interview.viewUnits} for the views; ${interview.indexUnits} in indexes), ${interview.readUnits} read units, ${interview.mails} mails (${Math.round(interview.mailBytes / 1000)} kB), ${Math.round(interview.answerBytes / 1000)} kB of answers.

**Counted from the templates:** ${made.queues} queues that Lambda waits at; ${made.alarms} alarms on ${made.alarmMetrics} metrics; ${made.keys} key, ${made.secrets} secret; ${made.schedules} schedules; logs kept for ${made.logDays} days; both tables with recovery to any second; ${made.networks} resources of a network: there is no NAT gateway and no endpoint to pay for. Not priced: ${made.ownMetrics} metrics of our own, which are there only in hours in which something is counted; traces, where X-Ray is on; the stream, which Lambda reads for nothing; schedules and events of AWS on the default bus, likewise; the topic's mails of alarms.

${lists.map(section).join('\n')}
## One machine

A reminder takes ${oneMachine.cpuSeconds} s of one core with everything that follows it, and leaves ${Math.round(oneMachine.diskBytes / 1000)} kB on the disk, its copies included and its mails not (\`npm run bench -- http growth\`, ${oneMachine.on}, two shared cores). A hundred thousand a year are ${Math.round((oneMachine.cpuSeconds * 100_000) / 60)} minutes of one core and ${((oneMachine.diskBytes * 100_000) / 1e9).toFixed(1)} GB a year, each year again, since nothing is thrown away; a terabyte holds ${terabyte} million. What looking costs comes on top: a page of a list takes a few milliseconds. So any server that an office has will do, and what it costs is what the office pays for it, its power, its backup and whoever looks after it: no source says how much.

## What to know about it

**Which line grows.** What the matters add grows with their number and no faster; what stands there does not grow. Storage alone also grows with the years: commits and their copies are kept, so its lines are three times the first year's in the second year and five times in the third; copies under Object Lock cannot be deleted before their time. A key that rotates costs a month's price more after its first and after its second year.

**Assumed, not measured:** ${assumed.seconds} s a Lambda invocation at ${made.memory} GB, which most functions have; ${assumed.logBytesPerInvocation} bytes of log each, ${assumed.accessLogBytes} of the gateway's and ${assumed.trailBytes} of the trail's for each put, of which ${assumed.logKept * 100} % are kept; views ${assumed.viewsPerCommitByte} times the bytes of the commits; ${assumed.keyRequestsPerMatter} requests to KMS a matter; ${assumed.pollers} long polls at each queue; ${assumed.objectLogBytes} bytes that S3 logs of a request; ${assumed.overheadBytes} bytes around an answer or a mail; a second a run of a schedule. The nightly comparison is computed from what it does: it looks at a commit on ${assumed.nights} nights. The sweeps read one row and announce one event for each deadline that is due, which is in no line; attachments and the portal are not counted either. Read capacity comes from dynalite, which counts sizes in characters: Chinese text weighs up to three times as much on AWS, so take the line of reads as a lower bound.

**Where prices come from.** A price with a source was read there; most could be read only in copies without a date, or in what AWS wrote about its own solutions years ago. \`memory\` means that nobody read it anywhere. Check each against the price list of your region before you budget, and give your own list as an argument: \`npm run cost -- my-prices.json\`.
`;
await writeFile('docs/cost.md', await format(text, { parser: 'markdown', printWidth: 120 }));
for (const { list } of lists)
  console.log(
    `${list.region}: ${list.currency} ${told(sumOf(list, standing(made)))} a year, ${told(sumOf(list, linesOfAMatter(reminder, made)))} a reminder`,
  );
