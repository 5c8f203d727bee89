import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Log } from '@dandang/accept/log.ts';
import type { Ring } from '@dandang/accept/ring.ts';

export interface StreamSurroundings {
  readonly log: Log;
  /** Puts a ring aside that could not be answered, so that the batch goes on. */
  readonly retryLater: (ring: Ring) => Promise<void>;
}

/** The files that a batch names, each once, whatever the order and however often. */
function ringsOf(event: DynamoDBStreamEvent, log: Log): Ring[] {
  const versions = new Map<string, Set<number>>();
  for (const record of event.Records) {
    const file = record.dynamodb?.Keys?.['matter']?.S;
    const version = Number(record.dynamodb?.Keys?.['version']?.N);
    if (file === undefined || !Number.isSafeInteger(version)) continue;
    // Commits are only ever inserted. Anything else means that somebody reached past the service.
    if (record.eventName !== 'INSERT') log.error('commit-tampered', { file, version }, new Error(record.eventName));
    const known = versions.get(file) ?? new Set<number>();
    versions.set(file, known.add(version));
  }
  return [...versions].map(([file, named]) => ({ file, versions: [...named].sort((a, b) => a - b) }));
}

/**
 * A stream consumer: a record is a doorbell, so the batch only says which files to look at. One file that cannot be
 * handled goes to the retry queue by its key while the batch succeeds; where even that fails the batch comes again.
 */
export function streamFunction(answer: (ring: Ring) => Promise<void>, { log, retryLater }: StreamSurroundings) {
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (const ring of ringsOf(event, log)) {
      try {
        await answer(ring);
      } catch (error) {
        log.error('ring-failed', { file: ring.file }, error);
        await retryLater(ring);
      }
    }
    return { batchItemFailures: [] };
  };
}
