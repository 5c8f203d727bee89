import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { addDays, type Instant } from '@dandang/calendar/civil-date.ts';
import type { ActRow } from '@dandang/casework/work-rows.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { deadlineActs } from '@dandang/store/keys.ts';
import { createTables } from '@dandang/store/tables.ts';
import { dynamoViewStore } from '@dandang/store/view-store.ts';
import { sweepLights } from '../../functions/deadlines/sweep.ts';
import { countOperations } from './operations.ts';
import { interleaved, type Paired, timed } from './pairs.ts';

const today = '2026-11-02';
const at: Instant = `${today}T00:05:00.000+08:00`;
/** Over so many days to come the deadlines that are not due are spread. */
const daysAhead = 250;

/** Puts the rows that the sweep's index knows of open deadlines: one each, `due` of them for today. */
async function seed(client: DynamoDBClient, table: string, open: number, due: number): Promise<void> {
  const item = (n: number) => {
    const matter = { kind: 'reminder', id: `seed-${String(n).padStart(8, '0')}` };
    const day = n < due ? today : addDays(today, 1 + (n % daysAhead));
    const data: ActRow = { matter: `reminder/${matter.id}`, deadline: 'reply', what: 'near' };
    const row = { ...deadlineActs.key(matter, 'reply'), version: 1, json: 'null', brief: JSON.stringify(data) };
    return marshall({ ...row, ...deadlineActs.listing(matter, 'reply', day) });
  };
  const batch = async (start: number): Promise<void> => {
    const items = Array.from({ length: Math.min(25, open - start) }, (_, offset) => item(start + offset));
    const { UnprocessedItems = {} } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: items.map((Item) => ({ PutRequest: { Item } })) } }),
    );
    if (Object.keys(UnprocessedItems).length > 0) throw new Error('the engine left items unwritten');
  };
  for (let start = 0; start < open; start += 100)
    await Promise.all([0, 25, 50, 75].filter((offset) => start + offset < open).map((offset) => batch(start + offset)));
}

/** A sweep over its own tables, which a run leaves as they are: nobody acts on what it announces. */
async function sweepOver(endpoint: string, open: number, due: number) {
  const client = dynamoClient({ region: 'local', endpoint });
  const [commitsTable, viewsTable] = [`sweep-commits-${open}`, `sweep-views-${open}`];
  await createTables(client, { commits: commitsTable, views: viewsTable });
  await seed(client, viewsTable, open, due);
  let announced = 0;
  const run = (): Promise<number> =>
    sweepLights({
      commits: dynamoCommitStore({ client, table: commitsTable }),
      views: dynamoViewStore({ client, table: viewsTable }),
      bus: {
        publish: (events) => {
          announced += events.length;
          return Promise.resolve();
        },
      },
      queue: { put: () => Promise.resolve() },
      now: () => at,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
  // The first run of a day puts on file that the day is finished; every other only reads.
  await run();
  return { client, run, announcedOf: () => announced, close: () => client.destroy() };
}

/** View items that a sweep reads for each deadline that is due; the one commit that says what it finished last is apart. */
export async function itemsReadPerDue(endpoint: string, open: number, due: number): Promise<number> {
  const sweep = await sweepOver(endpoint, open, due);
  try {
    const operations = countOperations(sweep.client);
    const before = sweep.announcedOf();
    await sweep.run();
    if (sweep.announcedOf() - before !== due) throw new Error('the sweep did not announce what is due');
    const own = 1;
    return ((operations.get('QueryCommand')?.itemsRead ?? 0) - own) / due;
  } finally {
    sweep.close();
  }
}

/** How long a sweep of as many due deadlines takes among many open ones, against among few. */
export async function sweepTimes(
  endpoint: string,
  {
    many,
    few,
    due,
    pairs,
  }: { readonly many: number; readonly few: number; readonly due: number; readonly pairs: number },
): Promise<Paired> {
  const [large, small] = [await sweepOver(endpoint, many, due), await sweepOver(endpoint, few, due)];
  try {
    await interleaved(
      5,
      () => timed(large.run),
      () => timed(small.run),
    );
    return await interleaved(
      pairs,
      () => timed(large.run),
      () => timed(small.run),
    );
  } finally {
    large.close();
    small.close();
  }
}
