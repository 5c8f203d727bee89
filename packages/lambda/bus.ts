import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type BusEvent, busEvent } from '@dandang/accept/bus-events.ts';
import { becauseOf } from '@dandang/accept/because.ts';
import type { Log } from '@dandang/accept/log.ts';
import * as z from 'zod/mini';

/** What EventBridge makes of an event: ours is its detail. */
const envelope = z.object({ detail: busEvent });

function eventIn(body: string): BusEvent | undefined {
  try {
    return envelope.safeParse(JSON.parse(body)).data?.detail;
  } catch {
    return undefined;
  }
}

/** What an event is called in the log: a commit by its file and version, what the clock says by its type and file. */
const named = (event: BusEvent): string =>
  event.type === 'CommitAccepted' ? `${event.file}#${event.version}` : `${event.type} ${event.file}`;

/**
 * A bus consumer: it takes the events from a queue of its own, and only those that failed come back (partial batch
 * response), again and again until they are given up. Files are handled at the same time, events of one file one after
 * the other, so that they do not stand in each other's way.
 */
export function busFunction(handle: (event: BusEvent) => Promise<void>, log: Log) {
  const failed = (record: SQSRecord, event: BusEvent | undefined, error: unknown) => {
    const { messageId, attributes } = record;
    const tries = Number(attributes.ApproximateReceiveCount);
    const because = event === undefined ? undefined : named(event);
    log.error('bus-event-failed', { type: event?.type, file: event?.file, because, messageId, tries }, error);
    return { itemIdentifier: messageId };
  };
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const files = new Map<string, { readonly record: SQSRecord; readonly event: BusEvent | undefined }[]>();
    for (const record of Records) {
      const event = eventIn(record.body);
      const file = event?.file ?? '';
      files.set(file, [...(files.get(file) ?? []), { record, event }]);
    }
    const failures = await Promise.all(
      [...files.values()].map(async (ofOneFile) => {
        const came = [];
        for (const { record, event } of ofOneFile)
          try {
            if (event === undefined) throw new Error('no event of ours');
            await becauseOf({ because: named(event) }, () => handle(event));
          } catch (error) {
            came.push(failed(record, event, error));
          }
        return came;
      }),
    );
    return { batchItemFailures: failures.flat() };
  };
}
