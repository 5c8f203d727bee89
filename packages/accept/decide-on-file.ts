import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type FileOnRecord, type NewCommit, readFile } from '@dandang/store/file.ts';
import { notAppended, personsTries, transact } from './transact.ts';

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
