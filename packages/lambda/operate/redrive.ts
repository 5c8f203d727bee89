import * as z from 'zod/mini';
import { type BusEvent, busEvent, busSource, sendMessage } from '@dandang/accept/bus-events.ts';
import { ring } from '@dandang/accept/ring.ts';

/** What is to be done with a dead letter. */
export type Redriven =
  /** It goes back into the queue that it came from. */
  | { readonly to: 'queue' }
  /** It is announced on the bus again: whoever has handled it finds nothing to do. */
  | { readonly to: 'bus'; readonly event: BusEvent }
  /** A timer's call: the next run does what this one did not. */
  | { readonly to: 'nobody' }
  /** A batch of the stream that was given up: its commits are rung for by `npm run replay -- --from <day>`. */
  | { readonly to: 'replay'; readonly from: string }
  /** Nothing of ours: it stays for a person. */
  | { readonly to: 'person' };

const ours = z.object({ source: z.literal(busSource), detail: busEvent });
const timer = z.object({ source: z.literal('aws.events') });
const streamBatch = z.object({
  DDBStreamBatchInfo: z.object({ approximateArrivalOfFirstRecord: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}/)) }),
});

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Reads a dead letter; whatever it is, nothing is thrown. */
export function redriveOf(body: string): Redriven {
  const letter = parsed(body);
  if (ring.safeParse(letter).success || sendMessage.safeParse(letter).success) return { to: 'queue' };
  const event = ours.safeParse(letter);
  if (event.success) return { to: 'bus', event: event.data.detail };
  if (timer.safeParse(letter).success) return { to: 'nobody' };
  const batch = streamBatch.safeParse(letter);
  if (batch.success)
    return { to: 'replay', from: batch.data.DDBStreamBatchInfo.approximateArrivalOfFirstRecord.slice(0, 10) };
  return { to: 'person' };
}
