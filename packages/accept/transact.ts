import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { CommitTooLarge, type CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, type FileOnRecord, type NewCommit } from '@dandang/store/file.ts';

/** What is waited for before a file is read again; `tried` counts the races that were lost, from 1. */
export type Pause = (tried: number) => Promise<void>;

/** How often a file is decided on before it is given up, by who asks. */
export const tries = {
  /** A person waits, and is told that somebody else was faster. */
  request: 4,
  /** Nobody waits; what throws comes again. */
  reaction: 10,
  /** Many letters may ask one register at once, and each must get its number. */
  number: 100,
} as const;

/** The longest pause, in milliseconds. */
const longestPause = 100;

/** None after the first race, which was mostly the only one; then a random while that grows, so that rivals spread out. */
const shortPause: Pause = async (tried) => {
  if (tried > 1) await setTimeout(randomInt(Math.min(longestPause, 5 * 2 ** tried)));
};

/** Something to append, and what to answer once it is on file; or an answer at once. */
export type Verdict<A> =
  { readonly append: NewCommit; readonly afterwards: (after: FileOnRecord) => A } | { readonly answer: A };

/** Somebody else was faster, again and again. */
export const givenUp = Symbol('given up');

export interface Loop<F extends FileOnRecord> {
  readonly commits: Pick<CommitStore, 'append'>;
  /** Reads what is decided on, as of now. */
  readonly read: () => Promise<F>;
  readonly tries: number;
  readonly pause?: Pause | undefined;
}

/**
 * Reads a file, decides, and appends one commit: the one place where that is tried again after somebody else's commit came
 * between. The answer is what `decide` said, `too-long` for a commit beyond the store's size, or `givenUp`.
 */
export async function transact<F extends FileOnRecord, A>(
  { commits, read, tries: most, pause = shortPause }: Loop<F>,
  decide: (file: F) => Verdict<A> | Promise<Verdict<A>>,
): Promise<A | Refusal | typeof givenUp> {
  for (let tried = 1; ; tried += 1) {
    const file = await read();
    const verdict = await decide(file);
    if ('answer' in verdict) return verdict.answer;
    try {
      const after = await appendToFile(commits, file, verdict.append);
      if (after !== 'version-taken') return verdict.afterwards(after);
    } catch (error) {
      if (error instanceof CommitTooLarge) return refuse('too-long');
      throw error;
    }
    if (tried >= most) return givenUp;
    await pause(tried);
  }
}
