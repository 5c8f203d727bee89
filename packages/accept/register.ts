import { type Instant, yearOf } from '@dandang/calendar/civil-date.ts';
import { clockActor, type Commit, unseal } from '@dandang/casework/commit.ts';
import { eventReader } from '@dandang/casework/event-reader.ts';
import { documentNumber } from '@dandang/letters/number.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { fileEndingWith } from '@dandang/store/file.ts';
import { registerKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { Overtaken, transact } from './transact.ts';

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

/** Many want a number at once when letters go out together; somebody wins each round. */
const registerTries = 200;

const reservations = eventReader(numberReserved);
/** Nothing where a newer release took the number for something else: it is taken all the same. */
const entryOf = (commit: Commit) => reservations.all([commit])[0]?.data;

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
  /** The end of the register, newest first. */
  const end = async (limit: number) => {
    const page = await store.readNewest(key, limit);
    return { ...fileEndingWith(key, page[0]), commits: page.map(unseal) };
  };
  /** The own entry, looked for downwards from the end to one that is older than the matter. */
  const ownIn = async (page: readonly Commit[]): Promise<Commit | undefined> => {
    const own = page.find((commit) => {
      const entry = entryOf(commit);
      return entry?.matter === wanted.matter && entry.letter === wanted.letter;
    });
    const last = page.at(-1);
    if (own !== undefined || last === undefined || last.version === 1 || last.at < wanted.openedAt) return own;
    return ownIn((await end(page.length * 4)).commits);
  };
  const transacting = { tries: registerTries, read: () => end(25) };
  const outcome = await transact<number>(store, transacting, async ({ commits }) => {
    const own = await ownIn(commits);
    if (own !== undefined) return { end: own.version };
    return {
      append: {
        at: wanted.now,
        by: clockActor,
        command: 'reserve-number',
        request: { id: `${wanted.matter}/${wanted.letter}`, body: '' },
        events: [{ type: 'NumberReserved', data: { matter: wanted.matter, letter: wanted.letter } }],
      },
    };
  });
  if (outcome.what === 'overtaken' || outcome.what === 'too-large') throw new Overtaken(key, registerTries);
  return documentNumber(wanted.series, year, outcome.what === 'ended' ? outcome.end : outcome.file.version);
}
