import { type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import type { SendMessage, SendQueue } from '@dandang/accept/bus-events.ts';
import type { Log } from '@dandang/accept/log.ts';

/** The send queue of one machine. It lives in memory: at start every delivery that is still queued is put in again. */
export interface LocalQueue extends SendQueue {
  /** Handles every message whose moment has come by the service's clock, several at a time; resolves when none is left. */
  readonly drain: () => Promise<void>;
  /** How many messages wait whose moment has come. */
  readonly due: () => number;
}

/** No message is put with a longer delay, as in the cloud (SQS), in milliseconds. */
const longestDelay = 900_000;

/** A moment that is further away than any delay was said by a clock that was ahead: it has come. */
const hasCome = (dueAt: number, moment: number): boolean => dueAt <= moment || dueAt > moment + longestDelay;

/** How many mails are sent at a time: an SMTP server greets slowly, but it greets many. */
export const mailsAtATime = 8;

export function localQueue(now: () => Instant, handle: (message: SendMessage) => Promise<void>, log: Log): LocalQueue {
  let waiting: { readonly message: SendMessage; readonly dueAt: number }[] = [];
  let draining: Promise<void> | undefined;

  const one = async (message: SendMessage): Promise<void> => {
    try {
      await handle(message);
    } catch (error) {
      log.error('message-failed', { delivery: message.delivery }, error);
      waiting.push({ message, dueAt: msOf(now()) + 60_000 });
    }
  };
  const work = async (): Promise<void> => {
    for (;;) {
      const moment = msOf(now());
      const due = waiting.filter((entry) => hasCome(entry.dueAt, moment)).slice(0, mailsAtATime);
      if (due.length === 0) return;
      waiting = waiting.filter((entry) => !due.includes(entry));
      await Promise.all(due.map((entry) => one(entry.message)));
    }
  };
  const drain = (): Promise<void> => {
    draining ??= work().finally(() => {
      draining = undefined;
    });
    return draining;
  };
  return {
    put: (message, delaySeconds) => {
      waiting.push({ message, dueAt: msOf(now()) + delaySeconds * 1000 });
      if (delaySeconds === 0) setImmediate(() => void drain());
      return Promise.resolve();
    },
    drain,
    due: () => waiting.filter((entry) => hasCome(entry.dueAt, msOf(now()))).length,
  };
}
