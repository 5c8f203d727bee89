import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Requests of one kind, and how many items those that read have looked at. */
export interface Operations {
  readonly requests: number;
  readonly itemsRead: number;
}

const scanned = (output: object): number =>
  'ScannedCount' in output && typeof output.ScannedCount === 'number' ? output.ScannedCount : 0;

/** Counts every operation that a client sends from now on, by the name of its command. Attempts are not counted apart. */
export function countOperations(client: DynamoDBClient): Map<string, Operations> {
  const counted = new Map<string, Operations>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (sent) => {
        const answer = await next(sent);
        const { requests, itemsRead } = counted.get(commandName) ?? { requests: 0, itemsRead: 0 };
        counted.set(commandName, { requests: requests + 1, itemsRead: itemsRead + scanned(answer.output) });
        return answer;
      },
    { step: 'initialize', name: 'countOperations' },
  );
  return counted;
}
