import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { CommitTooLarge, type CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, type FileOnRecord, type NewCommit, readFile } from '@dandang/store/file.ts';

/** How often a file is decided on again after somebody else's commit came between. */
const decideAgain = 3;

/** The file as it stands afterwards; `appended` is false where there was nothing to do. */
export interface DecidedFile {
  readonly file: FileOnRecord;
  readonly appended: boolean;
}

/**
 * The way of a request for files that are no matters (directory entries, settings, the calendar): read, decide, append
 * one commit. `decide` answers the commit, undefined where there is nothing to do, or a refusal; it is asked again, three
 * times, when somebody else was faster, and then the answer is `stale`. A commit beyond the store's size: `too-long`.
 */
export async function decideOnFile(
  commits: Pick<CommitStore, 'read' | 'append'>,
  key: string,
  decide: (file: FileOnRecord) => Promise<NewCommit | Refusal | undefined>,
): Promise<DecidedFile | Refusal> {
  for (let attempt = 0; attempt <= decideAgain; attempt += 1) {
    const file = await readFile(commits, key);
    const decided = await decide(file);
    if (decided === undefined) return { file, appended: false };
    if (isRefusal(decided)) return decided;
    try {
      const after = await appendToFile(commits, file, decided);
      if (after !== 'version-taken') return { file: after, appended: true };
    } catch (error) {
      if (error instanceof CommitTooLarge) return refuse('too-long');
      throw error;
    }
  }
  return refuse('stale');
}
