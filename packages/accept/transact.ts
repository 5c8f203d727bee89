import { setTimeout as wait } from 'node:timers/promises';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { CommitTooLarge, type CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, type FileOnRecord, type NewCommit } from '@dandang/store/file.ts';

/** What a decision on a file comes to: the commit that follows, or the end of it without one. */
export type Decided<R> = { readonly append: NewCommit } | { readonly end: R };

/** What came of it: a commit behind the file as it was read, an end without one, or somebody was faster every time. */
export type Transacted<R> =
  | { readonly what: 'appended'; readonly file: FileOnRecord }
  | { readonly what: 'ended'; readonly end: R }
  | { readonly what: 'too-large' }
  | { readonly what: 'overtaken' };

export interface Transacting {
  /** How often it is decided, at the most; each time on the file as it is by then. */
  readonly tries: number;
  /** How the file is read: whole, or only its end. */
  readonly read: () => Promise<FileOnRecord>;
}

/** After a lost race the others are let pass: 0 to 2, 4, 8 … 64 ms, so that many who want one file do not meet again. */
const pause = async (lost: number): Promise<void> => {
  await wait(Math.random() * 2 ** Math.min(lost, 6));
};

/**
 * The one loop of the service: reads a file, decides on it, appends one commit; where somebody else was faster it reads and
 * decides again. A decision may be asked several times and must have no effect of its own but what may be done twice.
 */
export async function transact<R>(
  commits: Pick<CommitStore, 'append'>,
  { tries, read }: Transacting,
  decide: (file: FileOnRecord) => Promise<Decided<R>> | Decided<R>,
): Promise<Transacted<R>> {
  for (let lost = 0; lost < tries; lost += 1) {
    if (lost > 0) await pause(lost);
    const file = await read();
    const decided = await decide(file);
    if ('end' in decided) return { what: 'ended', end: decided.end };
    try {
      const after = await appendToFile(commits, file, decided.append);
      if (after !== 'version-taken') return { what: 'appended', file: after };
    } catch (error) {
      if (error instanceof CommitTooLarge) return { what: 'too-large' };
      throw error;
    }
  }
  return { what: 'overtaken' };
}

/** How often what a person asked for is decided: once, and three times more after somebody else's commit came between. */
export const personsTries = 4;

/** How often what nobody waits for is decided: the clock, a reaction, an effect. */
export const backgroundTries = 10;

/** The file of a decision changed every time that it was looked at. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
  constructor(key: string, tries: number) {
    super(`${key} changed ${tries} times while it was being decided on`);
  }
}

/** What a person hears of a decision that could not be put on file. */
export const notAppended = ({ what }: { readonly what: 'too-large' | 'overtaken' }): Refusal =>
  refuse(what === 'too-large' ? 'too-long' : 'stale');
