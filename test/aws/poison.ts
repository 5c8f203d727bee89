import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DeployedTown } from './deployed-town.ts';

/** A message, an event and a commit that nobody can handle. */
export const poison = { message: 'no message of ours', event: 'no event of ours', file: 'reminder/poisoned' };

/** Puts them where the service will find them: in the queue of the mails, in that of a measure's events, in the table. */
export async function putPoison({ aws, commitsTable, queueUrl }: DeployedTown): Promise<void> {
  const sqs = new SQSClient(aws);
  await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl('send'), MessageBody: poison.message }));
  await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl('tolerance'), MessageBody: poison.event }));
  sqs.destroy();
  const table = new DynamoDBClient(aws);
  await table.send(
    new PutItemCommand({
      TableName: commitsTable,
      Item: {
        matter: { S: poison.file },
        version: { N: '1' },
        commit: { S: 'no commit of ours' },
        hash: { S: '0' },
        day: { S: '2026-01-01' },
        at: { S: '2026-01-01T00:00:00.000+08:00' },
      },
    }),
  );
  table.destroy();
}
