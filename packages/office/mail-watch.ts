import { rm } from 'node:fs/promises';
import { instant, type Instant } from '@dandang/calendar/civil-date.ts';
import type { SendOutcome } from '@dandang/mail/smtp.ts';
import { readIfThere, writeDurably } from '@dandang/server/durable-file.ts';
import * as z from 'zod/mini';

const stored = z.object({ since: instant });

/** Since when no mail has left the house. */
export interface MailWatch {
  /** Hears of each attempt. A server that refuses one recipient for good works. */
  readonly heard: (outcome: SendOutcome['outcome']) => Promise<void>;
  /** The first attempt that failed since one did not; undefined while mails leave. */
  readonly failingSince: () => Instant | undefined;
}

/** Opens the watch; it is kept in a file, since whoever is in trouble starts the service again, and it has to know. */
export async function openMailWatch(path: string, now: () => Instant): Promise<MailWatch> {
  const text = await readIfThere(path);
  let since = text === undefined ? undefined : stored.parse(JSON.parse(text)).since;
  return {
    failingSince: () => since,
    heard: async (outcome) => {
      if ((outcome === 'failed') === (since !== undefined)) return;
      if (outcome === 'failed') {
        since = now();
        await writeDurably(path, JSON.stringify({ since }));
      } else {
        since = undefined;
        await rm(path, { force: true });
      }
    },
  };
}
