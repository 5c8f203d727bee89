import * as z from 'zod/mini';
import { type Bus, type BusEvent, busEvent, busSource, sendMessage } from '@dandang/accept/bus-events.ts';
import { ring } from '@dandang/accept/ring.ts';

/** What is to be done with a dead letter. */
export type Redriven =
  /** It goes back into the queue that it came from. */
  | { readonly to: 'queue' }
  /** It is announced on the bus again: whoever has handled it finds nothing to do. */
  | { readonly to: 'bus'; readonly event: BusEvent }
  /** A timer's call: the next run does what this one did not. */
  | { readonly to: 'nobody' }
  /** A batch of the stream that was given up: what was accepted since that day is rung for. */
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

export interface DeadLetters {
  /** Some letters, none when there are no more; each is seen once a run. */
  readonly take: () => Promise<
    readonly { readonly id: string; readonly body: string; readonly remove: () => Promise<void> }[]
  >;
}

export interface RedriveSurroundings {
  readonly letters: DeadLetters;
  /** Puts a body back into the queue that the letters came from. */
  readonly putBack: (body: string) => Promise<void>;
  readonly bus: Bus;
  /** Rings for what was accepted from that day on, at the consumer whose letters these are. */
  readonly replay: (from: string) => Promise<unknown>;
  readonly say: (line: string) => void;
}

/**
 * Takes every dead letter once. One that was given back is removed; those of batches when what they held was rung for, once
 * for all of them. Gives the number of those that stay for a person, each of which was said.
 */
export async function redrive({ letters, putBack, bus, replay, say }: RedriveSurroundings): Promise<number> {
  let left = 0;
  const batches: { readonly from: string; readonly remove: () => Promise<void> }[] = [];
  for (let some = await letters.take(); some.length > 0; some = await letters.take())
    for (const { id, body, remove } of some) {
      const what = redriveOf(body);
      say(`${id}\t${what.to}${what.to === 'replay' ? ` from ${what.from}` : ''}`);
      if (what.to === 'person') left += 1;
      else if (what.to === 'replay') batches.push({ from: what.from, remove });
      else {
        if (what.to === 'queue') await putBack(body);
        if (what.to === 'bus') await bus.publish([what.event]);
        await remove();
      }
    }
  const [first, ...others] = batches.map(({ from }) => from);
  if (first === undefined) return left;
  await replay(others.reduce((earliest, one) => (one < earliest ? one : earliest), first));
  for (const { remove } of batches) await remove();
  return left;
}
