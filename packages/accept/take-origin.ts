import type { Context, FileRef } from '@dandang/casework/command.ts';
import { reactionActor } from '@dandang/casework/commit.ts';
import { takersOf } from '@dandang/casework/origin.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';
import { notAppended, personsTries, transact } from './transact.ts';

/**
 * Puts on the file of an origin that a matter is being opened from it, by one conditional write: of two at the same moment
 * the second one decides again on what the first one wrote. `decide` looks up the origin anew and refuses; where the
 * origin's last word is of this very matter (the request came again) there is nothing to write.
 */
export async function takeOrigin(
  commits: Pick<CommitStore, 'read' | 'append'>,
  { taker, origin }: { readonly taker: FileRef; readonly origin: FileRef },
  decide: () => Promise<Pick<Context, 'now'> | Refusal>,
): Promise<Refusal | undefined> {
  const key = matterKey(origin.kind, origin.id);
  const transacting = { tries: personsTries, read: () => readFile(commits, key) };
  const outcome = await transact<Refusal | undefined>(commits, transacting, async (file) => {
    const decided = await decide();
    if (isRefusal(decided)) return { end: decided };
    const last = takersOf(file.commits).at(-1);
    if (last?.kind === taker.kind && last.id === taker.id) return { end: undefined };
    const policy = file.commits[0]?.policy;
    return {
      append: {
        at: decided.now,
        by: reactionActor,
        command: 'take-as-origin',
        request: { id: matterKey(taker.kind, taker.id), body: '' },
        ...(policy === undefined ? {} : { policy }),
        events: [{ type: 'TakenAsOrigin', data: { kind: taker.kind, id: taker.id } }],
      },
    };
  });
  if (outcome.what === 'appended') return undefined;
  return outcome.what === 'ended' ? outcome.end : notAppended(outcome);
}
