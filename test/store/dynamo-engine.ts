import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { createTables, type TableNames } from '@dandang/store/tables.ts';
import { dynamoViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { commitOf, type EngineUnderTest, storeContract, tag } from './contract.ts';

interface DynamoEngine extends EngineUnderTest {
  readonly endpoint: string;
  readonly names: TableNames;
  readonly client: DynamoDBClient;
}

/** An engine under load, on a machine that tests share, takes its time to answer a new connection. */
const connectionTimeout = 10_000;

/** The stores on a DynamoDB. Tables get fresh names, so nothing is left of an earlier run. */
async function dynamoEngine({
  endpoint,
  close,
}: {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}): Promise<DynamoEngine> {
  const client = dynamoClient({ endpoint, region: 'us-east-1', connectionTimeout });
  const run = randomUUID();
  const names = { commits: `commits-${run}`, views: `views-${run}` };
  await createTables(client, names);
  const plant = async (table: string, item: object): Promise<void> => {
    await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
  };
  return {
    endpoint,
    names,
    client,
    commits: dynamoCommitStore({ client, table: names.commits }),
    views: dynamoViewStore({ client, table: names.views }),
    prepareAgain: () => createTables(client, names),
    plantCommit: (commit) => plant(names.commits, commit),
    plantRow: ({ pk, sk, json }) => plant(names.views, { pk, sk, version: 1, json, list: pk, at: '1', brief: json }),
    close: async () => {
      client.destroy();
      await close();
    },
  };
}

const batchAsked = z.object({ RequestItems: z.record(z.string(), z.unknown()) });

/** What the stores promise, tried on a DynamoDB, and what they make of answers that only one over a network gives. */
export function dynamoContract(
  name: string,
  start: () => Promise<{ readonly endpoint: string; readonly close: () => Promise<void> }>,
): void {
  storeContract(name, async () => dynamoEngine(await start()));

  describe(`answers of ${name}`, () => {
    let engine: DynamoEngine;
    beforeAll(async () => {
      engine = await dynamoEngine(await start());
    }, 60_000);
    afterAll(() => engine.close(), 60_000);

    test('a commit whose answer was lost on the way is appended, once', async () => {
      const matter = `reminder/${randomUUID()}`;
      const unlucky = dynamoClient({ endpoint: engine.endpoint, region: 'us-east-1', connectionTimeout });
      let sent = 0;
      unlucky.middlewareStack.add(
        (next, context) => async (args) => {
          const answer = next(args);
          if (context.commandName !== 'PutItemCommand') return answer;
          sent += 1;
          if (sent > 1) return answer;
          await answer;
          throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
        },
        { step: 'deserialize', priority: 'high', name: 'loseFirstAnswer' },
      );
      const commit = commitOf(matter, 1);
      try {
        expect(await dynamoCommitStore({ client: unlucky, table: engine.names.commits }).append(commit)).toBe(
          'appended',
        );
      } finally {
        unlucky.destroy();
      }
      expect(sent).toBe(2);
      expect(await engine.commits.read(matter)).toEqual([commit]);
    });

    test.each([
      ['a few times', 3, true],
      ['again and again', 1_000, false],
    ])(
      'rows that the engine leaves aside %s are asked for again, with a bound',
      async (_, times, comes) => {
        const key = { pk: `matter#reminder/${randomUUID()}`, sk: 'head' };
        await engine.views.put({ ...key, version: 1, data: { tag: 'a' } });
        const throttled = dynamoClient({ endpoint: engine.endpoint, region: 'us-east-1', connectionTimeout });
        let sent = 0;
        throttled.middlewareStack.add(
          (next, { commandName }) =>
            async (call) => {
              const answer = await next(call);
              if (commandName !== 'BatchGetItemCommand' || (sent += 1) > times) return answer;
              const { RequestItems } = batchAsked.parse(call.input);
              return { ...answer, output: { $metadata: {}, Responses: {}, UnprocessedKeys: RequestItems } };
            },
          { step: 'initialize', name: 'leaveAside' },
        );
        const asked = dynamoViewStore({ client: throttled, table: engine.names.views }).getMany([key], tag);
        if (comes) expect(await asked).toHaveLength(1);
        else await expect(asked).rejects.toThrow('left aside');
        expect(sent).toBeLessThan(20);
        throttled.destroy();
      },
      30_000,
    );

    test('commits of release 0.1.0, which stand under the bare day, are found among the others', async () => {
      const day = '2031-04-01';
      const file = (n: number) => `reminder/${day}-${n}`;
      const at = (n: number) => `${day}T09:00:00.00${n}+08:00`;
      for (const n of [1, 3]) await engine.commits.append(commitOf(file(n), 1, { day, at: at(n) }));
      for (const n of [2, 4])
        await engine.client.send(
          new PutItemCommand({
            TableName: engine.names.commits,
            Item: marshall(commitOf(file(n), 1, { day, at: at(n) })),
          }),
        );
      const found = await Array.fromAsync(engine.commits.keysOn(day));
      expect(found).toEqual([1, 2, 3, 4].map((n) => ({ matter: file(n), version: 1, at: at(n) })));
      expect(
        await Array.fromAsync(engine.commits.keysOn(day, { after: { matter: file(2), version: 1, at: at(2) } })),
      ).toEqual(found.slice(2));
      for (const n of [1, 2])
        expect(await engine.commits.read(file(n))).toEqual([commitOf(file(n), 1, { day, at: at(n) })]);
    });
  });
}
