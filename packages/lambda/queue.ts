import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import { becauseOf } from '@dandang/accept/because.ts';
import type { Log } from '@dandang/accept/log.ts';

/**
 * A queue consumer: every message on its own, and only those that failed come back (partial batch response). They are
 * handled at the same time, since each is about another file.
 */
export function queueFunction<T>(schema: z.ZodMiniType<T>, handle: (message: T) => Promise<void>, log: Log) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.all(
      event.Records.map(async ({ messageId, body }) => {
        try {
          await becauseOf({ messageId }, () => handle(schema.parse(JSON.parse(body))));
          return undefined;
        } catch (error) {
          log.error('message-failed', { messageId }, error);
          return { itemIdentifier: messageId };
        }
      }),
    );
    return { batchItemFailures: outcomes.filter((one) => one !== undefined) };
  };
}
