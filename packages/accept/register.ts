import { type Instant, yearOf } from '@dandang/calendar/civil-date.ts';
import { clockActor, type Commit, unseal } from '@dandang/casework/commit.ts';
import { documentNumber } from '@dandang/letters/number.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, fileEndingWith } from '@dandang/store/file.ts';
import { registerKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';

/**
 * One number of a register: its version in the register's file is the number. It belongs to one letter of one matter,
 * never to a version of it, so that a retry finds its own.
 */
export const numberReserved = z.object({
  type: z.literal('NumberReserved'),
  data: z.object({ matter: z.string(), letter: z.string() }),
});

export interface NumberWanted {
  readonly series: string;
  readonly matter: string;
  readonly letter: string;
  /** When the matter was opened: an older entry of the register cannot be its own. */
  readonly openedAt: Instant;
  readonly now: Instant;
  readonly today: string;
}

const entryOf = (commit: Commit) => commit.events.map((event) => numberReserved.parse(event).data)[0];

/**
 * The document number of a letter, reserved in the register of its series and year by one conditional Put. Asked again
 * for the same letter it gives the same number: it reads downwards to its own entry or to one older than the matter. No
 * number is given twice; one whose letter was never issued is void 作废 when its matter closes.
 */
export async function reserveNumber(
  store: Pick<CommitStore, 'readNewest' | 'append'>,
  wanted: NumberWanted,
): Promise<string> {
  const year = yearOf(wanted.today);
  const key = registerKey(wanted.series, year);
  for (;;) {
    let page = await store.readNewest(key, 25);
    const newest = page[0];
    for (;;) {
      const commits = page.map(unseal);
      const own = commits.find((commit) => {
        const entry = entryOf(commit);
        return entry?.matter === wanted.matter && entry.letter === wanted.letter;
      });
      if (own !== undefined) return documentNumber(wanted.series, year, own.version);
      const last = commits.at(-1);
      if (last === undefined || last.version === 1 || last.at < wanted.openedAt) break;
      page = await store.readNewest(key, page.length * 4);
    }
    const reserved = await appendToFile(store, fileEndingWith(key, newest), {
      at: wanted.now,
      by: clockActor,
      command: 'reserve-number',
      request: { id: `${wanted.matter}/${wanted.letter}`, body: '' },
      events: [{ type: 'NumberReserved', data: { matter: wanted.matter, letter: wanted.letter } }],
    });
    if (reserved !== 'version-taken') return documentNumber(wanted.series, year, reserved.version);
  }
}
