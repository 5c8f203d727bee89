import { type Instant, yearOf } from '@dandang/calendar/civil-date.ts';
import { clockActor, type Commit, unseal } from '@dandang/casework/commit.ts';
import { documentNumber } from '@dandang/letters/number.ts';
import type { CommitStore, StoredCommit } from '@dandang/store/commit-store.ts';
import { fileEndingWith, type FileOnRecord } from '@dandang/store/file.ts';
import { registerKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { type Pause, transact, tries } from './transact.ts';

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

/** A page of a register's newest entries, newest first, as what the next one is appended behind. */
async function newestEntries(
  store: Pick<CommitStore, 'readNewest'>,
  key: string,
): Promise<FileOnRecord & { readonly page: readonly StoredCommit[] }> {
  const page = await store.readNewest(key, 25);
  return { ...fileEndingWith(key, page[0]), page };
}

/** The number that the letter has already, if any: it is looked for downwards to an entry that is older than the matter. */
async function numberOnFile(
  store: Pick<CommitStore, 'readNewest'>,
  key: string,
  newest: readonly StoredCommit[],
  { matter, letter, openedAt }: NumberWanted,
): Promise<number | undefined> {
  for (let page = newest; ; page = await store.readNewest(key, page.length * 4)) {
    const commits = page.map(unseal);
    const own = commits.find((commit) => {
      const entry = entryOf(commit);
      return entry?.matter === matter && entry.letter === letter;
    });
    if (own !== undefined) return own.version;
    const last = commits.at(-1);
    if (last === undefined || last.version === 1 || last.at < openedAt) return undefined;
  }
}

/**
 * The document number of a letter, reserved in the register of its series and year by one conditional Put. Asked again
 * for the same letter it gives the same number. No number is given twice; one whose letter was never issued is void 作废 when
 * its matter closes. Throws where others are faster a hundred times.
 */
export async function reserveNumber(
  store: Pick<CommitStore, 'readNewest' | 'append'>,
  wanted: NumberWanted,
  pause?: Pause,
): Promise<string> {
  const year = yearOf(wanted.today);
  const key = registerKey(wanted.series, year);
  const read = () => newestEntries(store, key);
  const reserved = await transact({ commits: store, read, tries: tries.number, pause }, async ({ page }) => {
    const own = await numberOnFile(store, key, page, wanted);
    if (own !== undefined) return { answer: own };
    return {
      append: {
        at: wanted.now,
        by: clockActor,
        command: 'reserve-number',
        request: { id: `${wanted.matter}/${wanted.letter}`, body: '' },
        events: [{ type: 'NumberReserved', data: { matter: wanted.matter, letter: wanted.letter } }],
      },
      afterwards: ({ version }) => version,
    };
  });
  if (typeof reserved !== 'number') throw new Error(`no number could be reserved in ${key}`);
  return documentNumber(wanted.series, year, reserved);
}
