import { type Instant, yearOf } from '@dandang/calendar/civil-date.ts';
import { clockActor, type Commit, unseal } from '@dandang/casework/commit.ts';
import { eventReader } from '@dandang/casework/event-reader.ts';
import { documentNumber } from '@dandang/letters/number.ts';
import type { CommitStore, StoredCommit } from '@dandang/store/commit-store.ts';
import { fileEndingWith } from '@dandang/store/file.ts';
import { registerKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { inTurn } from './in-turn.ts';
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

/** Many processes want a number at once when letters go out together; somebody wins each round. */
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
  const isOwn = (stored: StoredCommit): boolean => {
    const entry = entryOf(unseal(stored));
    return entry?.matter === wanted.matter && entry.letter === wanted.letter;
  };
  /** The own entry, looked for downwards from the end, newest first, to one that is older than the matter. */
  const ownIn = async (end: readonly StoredCommit[]): Promise<number | undefined> => {
    const own = end.filter(({ at }) => at >= wanted.openedAt).find(isOwn);
    const last = end.at(-1);
    if (own !== undefined || last === undefined || last.version === 1 || last.at < wanted.openedAt) return own?.version;
    return ownIn(await store.readNewest(key, end.length * 4));
  };
  let end: readonly StoredCommit[] = [];
  const read = async () => {
    end = await store.readNewest(key, 25);
    return fileEndingWith(key, end[0]);
  };
  const reserve = () =>
    transact<number>(store, { tries: registerTries, read }, async () => {
      const own = await ownIn(end);
      if (own !== undefined) return { end: own };
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
  const outcome = await inTurn(store, key, reserve);
  if (outcome.what === 'overtaken' || outcome.what === 'too-large') throw new Overtaken(key, registerTries);
  return documentNumber(wanted.series, year, outcome.what === 'ended' ? outcome.end : outcome.file.version);
}
