import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { machineClock } from '@dandang/lambda/aws.ts';
import type { HttpFunction } from '@dandang/lambda/http.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { createTables } from '@dandang/store/tables.ts';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { apiEvent, type ApiRequestSent } from './api-event.ts';
import type { EngineProcess } from './engine.ts';
import { startIssuer } from './issuer.ts';
import { interleaved, type Paired, timed } from './pairs.ts';
import { clerk, draft, enterTown } from './town.ts';

const commitsTable = 'warm-commits';
/** Commands of either side before they count: V8 compiles the SDK's code only after some hundreds. */
const warmUp = 400;

/** What Lambda passes beside the event; middy reads the time that is left. */
const context: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'bench',
  functionVersion: '1',
  invokedFunctionArn: 'bench',
  memoryLimitInMB: '256',
  awsRequestId: 'bench',
  logGroupName: 'bench',
  logStreamName: 'bench',
  getRemainingTimeInMillis: () => 30_000,
  /* eslint-disable @typescript-eslint/no-deprecated -- the type still demands them */
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
  /* eslint-enable @typescript-eslint/no-deprecated */
};

const opened = z.object({ id: z.string() });

/** The whole work of a command in the store, bare: the file is read, and one item with these bytes is put behind it. */
async function bareCommand(client: DynamoDBClient, matter: string, item: Record<string, unknown>): Promise<void> {
  await client.send(
    new QueryCommand({
      TableName: commitsTable,
      ConsistentRead: true,
      KeyConditionExpression: '#matter = :matter',
      ExpressionAttributeNames: { '#matter': 'matter' },
      ExpressionAttributeValues: marshall({ ':matter': matter }),
    }),
  );
  await client.send(
    new PutItemCommand({
      TableName: commitsTable,
      Item: marshall({ ...item, matter }),
      ConditionExpression: 'attribute_not_exists(#matter)',
      ExpressionAttributeNames: { '#matter': 'matter' },
    }),
  );
}

/**
 * A warm command of the deployed `reminders` function (a draft is revised: token, route, read, fold, decide, append,
 * answer) against the same reads and writes without any of it, and against itself with an Idempotency-Key. Every
 * command meets a file of one commit.
 */
export async function warmCommand(
  engine: EngineProcess,
  pairs: number,
): Promise<{ readonly overStore: Paired; readonly withKey: Paired }> {
  const issuer = await startIssuer(machineClock());
  const client = dynamoClient({ region: 'local', endpoint: engine.endpoint });
  try {
    await createTables(client, { commits: commitsTable, views: 'warm-views' });
    await enterTown(dynamoCommitStore({ client, table: commitsTable }), machineClock());
    Object.assign(process.env, issuer.environment, {
      COMMITS_TABLE: commitsTable,
      ATTACHMENTS_BUCKET: 'warm-attachments',
      VIEWS_TABLE: 'warm-views',
      STORE_ENDPOINT: engine.endpoint,
      AWS_REGION: 'local',
    });
    const { http }: { http: HttpFunction } = await import('../../functions/reminders/index.ts');
    const token = await issuer.tokenFor(clerk);
    const post = async (request: Omit<ApiRequestSent, 'method' | 'token'>): Promise<string> => {
      const { statusCode, body } = await http(apiEvent({ method: 'POST', token, ...request }), context);
      if (statusCode !== 200 && statusCode !== 201) throw new Error(`the function answered ${String(statusCode)}`);
      return body ?? '';
    };
    const openDraft = async (): Promise<string> =>
      opened.parse(JSON.parse(await post({ path: '/api/reminders', body: draft }))).id;
    const body = { findings: `${draft.findings}（已更新）` };

    // What a revision puts, to be put again bare behind copies of the same first commit.
    const model = await openDraft();
    await post({ path: `/api/reminders/${model}/revise`, body });
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: commitsTable,
        KeyConditionExpression: 'matter = :matter',
        ExpressionAttributeValues: marshall({ ':matter': `reminder/${model}` }),
      }),
    );
    const [first, second] = Items.map((item) => unmarshall(item));
    if (first === undefined || second === undefined) throw new Error('the model has not two commits');

    let number = 0;
    const next = (): string => String((number += 1)).padStart(model.length, '0');
    const revision = async (idempotencyKey?: string): Promise<number> => {
      const path = `/api/reminders/${await openDraft()}/revise`;
      return timed(() => post({ path, body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }));
    };
    const bare = async (): Promise<number> => {
      const matter = `reminder/${next()}`;
      await client.send(new PutItemCommand({ TableName: commitsTable, Item: marshall({ ...first, matter }) }));
      return timed(() => bareCommand(client, matter, second));
    };
    const keyed = (): Promise<number> => revision(`bench-${next()}`);

    // Neither side counts before both are compiled.
    await interleaved(warmUp, keyed, bare);
    const overStore = await interleaved(pairs, () => revision(), bare);
    const withKey = await interleaved(pairs, keyed, () => revision());
    return { overStore, withKey };
  } finally {
    client.destroy();
    await issuer.close();
  }
}
