import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type FileOnRecord, type NewCommit, readFile } from '@dandang/store/file.ts';
import { givenUp, type Pause, transact, tries, type Verdict } from './transact.ts';

/** The file as it stands afterwards; `appended` is false where there was nothing to do. */
export interface DecidedFile {
  readonly file: FileOnRecord;
  readonly appended: boolean;
}

type ReadAppend = Pick<CommitStore, 'read' | 'append'>;
type Decide<D> = (file: FileOnRecord) => D | undefined | Promise<D | undefined>;

const verdictOf = (file: FileOnRecord, decided: NewCommit | Refusal | undefined): Verdict<DecidedFile | Refusal> => {
  if (decided === undefined) return { answer: { file, appended: false } };
  if (isRefusal(decided)) return { answer: decided };
  return { append: decided, afterwards: (after) => ({ file: after, appended: true }) };
};

/**
 * The way of a request for files that are no matters (directory entries, settings, the calendar, a delivery). `decide`
 * answers the commit, undefined where there is nothing to do, or a refusal; it is asked again, three times, when somebody
 * else was faster, and then the answer is `stale`. A commit beyond the store's size: `too-long`.
 */
export async function decideOnFile(
  commits: ReadAppend,
  key: string,
  decide: Decide<NewCommit | Refusal>,
  pause?: Pause,
): Promise<DecidedFile | Refusal> {
  const read = () => readFile(commits, key);
  const loop = { commits, read, tries: tries.request, pause };
  const outcome = await transact(loop, async (file) => verdictOf(file, await decide(file)));
  return outcome === givenUp ? refuse('stale') : outcome;
}

/**
 * The same for what follows by itself: nobody is there to be refused. Throws where the file changes ten times meanwhile, and
 * for a commit beyond the store's size; whatever set it going comes again.
 */
export async function settleOnFile(
  commits: ReadAppend,
  key: string,
  decide: Decide<NewCommit>,
  pause?: Pause,
): Promise<DecidedFile> {
  const read = () => readFile(commits, key);
  const loop = { commits, read, tries: tries.reaction, pause };
  const outcome = await transact(loop, async (file) => verdictOf(file, await decide(file)));
  if (outcome === givenUp) throw new Error(`${key} changed again and again`);
  if (isRefusal(outcome)) throw new Error(`nothing could be put on ${key}: ${outcome.refused}`);
  return outcome;
}
