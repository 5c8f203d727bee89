import { rm } from 'node:fs/promises';
import { instant, type Instant } from '@dandang/calendar/civil-date.ts';
import type { SendOutcome } from '@dandang/mail/smtp.ts';
import { writeDurably } from '@dandang/server/durable-file.ts';
import * as z from 'zod/mini';
import { readNote } from './kept-note.ts';

const stored = z.object({ since: instant });

/** Since when no mail has left the house. */
export interface MailWatch {
  /** Hears of each attempt, and never rejects. A server that refuses one recipient for good works. */
  readonly heard: (outcome: SendOutcome['outcome']) => Promise<void>;
  /** The first attempt that failed since one did not; undefined while mails leave. */
  readonly failingSince: () => Instant | undefined;
}

/** Opens the watch; it is kept in a file, since whoever is in trouble starts the service again, and it has to know. */
export async function openMailWatch(path: string, now: () => Instant): Promise<MailWatch> {
  let since = (await readNote(path, stored))?.since;
  return {
    failingSince: () => since,
    heard: async (outcome) => {
      if ((outcome === 'failed') === (since !== undefined)) return;
      since = outcome === 'failed' ? now() : undefined;
      try {
        if (since === undefined) await rm(path, { force: true });
        else await writeDurably(path, JSON.stringify({ since }));
      } catch {
        // On a full disk this process remembers it all the same; what became of the mail must not be lost over it.
      }
    },
  };
}
