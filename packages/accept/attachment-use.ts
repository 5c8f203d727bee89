import { foldAttachment, namedIn } from '@dandang/casework/attachment.ts';
import { type Commit, reactionActor } from '@dandang/casework/commit.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { attachmentKey, parseKey } from '@dandang/store/keys.ts';
import type { Acceptance } from './context.ts';
import { decideOnFile } from './decide-on-file.ts';

/**
 * Puts on the file of every attachment that a commit names that its matter uses it, so that whoever may see the matter
 * finds it. The request does this after its commit; the bus does it again, so a crash in between heals. What is on file
 * already is left alone.
 */
export async function recordUse(
  deps: Pick<Acceptance, 'commits' | 'now' | 'freshId'>,
  { matter, events }: Pick<Commit, 'matter' | 'events'>,
): Promise<void> {
  const use = parseKey(matter);
  for (const id of namedIn(events)) {
    const decided = await decideOnFile(deps.commits, attachmentKey(id), ({ commits }) => {
      const attachment = foldAttachment(id, commits);
      const known = attachment?.uses.some((one) => one.kind === use.kind && one.id === use.id) ?? true;
      if (known) return Promise.resolve(undefined);
      return Promise.resolve({
        at: deps.now(),
        by: reactionActor,
        command: 'use',
        request: { id: deps.freshId(), body: '' },
        events: [{ type: 'AttachmentUsed', data: use }],
      });
    });
    if (isRefusal(decided)) throw new Error(`the file of attachment ${id} changed again and again`);
  }
}
