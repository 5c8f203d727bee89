import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type FileOnRecord, type NewCommit, readFile } from '@dandang/store/file.ts';
import { backgroundTries, notAppended, Overtaken, personsTries, transact } from './transact.ts';

/** The file as it stands afterwards; `appended` is false where there was nothing to do. */
export interface DecidedFile {
  readonly file: FileOnRecord;
  readonly appended: boolean;
}

/**
 * A request on a file that is no matter (a directory entry, settings, the calendar, a delivery). `decide` answers the
 * commit, undefined where there is nothing to do, or a refusal. Overtaken again and again: `stale`; a commit beyond the
 * store's size: `too-long`.
 */
export async function decideOnFile(
  commits: Pick<CommitStore, 'read' | 'append'>,
  key: string,
  decide: (file: FileOnRecord) => Promise<NewCommit | Refusal | undefined> | NewCommit | Refusal | undefined,
): Promise<DecidedFile | Refusal> {
  const transacting = { tries: personsTries, read: () => readFile(commits, key) };
  const outcome = await transact<DecidedFile | Refusal>(commits, transacting, async (file) => {
    const decided = await decide(file);
    if (decided === undefined) return { end: { file, appended: false } };
    return isRefusal(decided) ? { end: decided } : { append: decided };
  });
  if (outcome.what === 'appended') return { file: outcome.file, appended: true };
  return outcome.what === 'ended' ? outcome.end : notAppended(outcome);
}

/**
 * The same for what follows by itself: nobody is there to be refused. Throws Overtaken where the file changes ten times
 * meanwhile, and for a commit beyond the store's size; whatever set it going comes again.
 */
export async function settleOnFile(
  commits: Pick<CommitStore, 'read' | 'append'>,
  key: string,
  decide: (file: FileOnRecord) => Promise<NewCommit | undefined> | NewCommit | undefined,
): Promise<DecidedFile> {
  const transacting = { tries: backgroundTries, read: () => readFile(commits, key) };
  const outcome = await transact<DecidedFile>(commits, transacting, async (file) => {
    const append = await decide(file);
    return append === undefined ? { end: { file, appended: false } } : { append };
  });
  if (outcome.what === 'appended') return { file: outcome.file, appended: true };
  if (outcome.what === 'ended') return outcome.end;
  if (outcome.what === 'overtaken') throw new Overtaken(key, backgroundTries);
  throw new Error(`what follows for ${key} is too large for its file`);
}
