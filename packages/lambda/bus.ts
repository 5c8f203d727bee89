import type { EventBridgeEvent } from 'aws-lambda';
import { type BusEvent, busEvent } from '@dandang/accept/bus-events.ts';
import type { Log } from '@dandang/accept/log.ts';

/** A bus consumer. What fails is thrown, so that the bus gives it out again and at last to a dead-letter queue. */
export function busFunction(handle: (event: BusEvent) => Promise<void>, log: Log) {
  return async (event: EventBridgeEvent<string, unknown>): Promise<void> => {
    try {
      await handle(busEvent.parse(event.detail));
    } catch (error) {
      log.error('bus-event-failed', { type: event['detail-type'] }, error);
      throw error;
    }
  };
}
