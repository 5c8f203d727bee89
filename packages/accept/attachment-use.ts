import { foldAttachment, namedIn } from '@dandang/casework/attachment.ts';
import { type Commit, reactionActor } from '@dandang/casework/commit.ts';
import type { FileOnRecord, NewCommit } from '@dandang/store/file.ts';
import { attachmentKey, parseKey } from '@dandang/store/keys.ts';
import type { Acceptance } from './acceptance.ts';
import { settleOnFile } from './decide-on-file.ts';

/**
 * Puts on the file of every attachment that a commit names that its matter uses it, so that whoever may see the matter
 * finds it. The request does this after its commit; the bus does it again, so a crash in between heals. What is on file
 * already is left alone.
 */
export async function recordUse(
  deps: Pick<Acceptance, 'commits' | 'now' | 'freshId' | 'pause'>,
  { matter, events }: Pick<Commit, 'matter' | 'events'>,
): Promise<void> {
  const use = parseKey(matter);
  const used = ({ commits }: FileOnRecord, id: string): NewCommit | undefined => {
    const attachment = foldAttachment(id, commits);
    const known = attachment?.uses.some((one) => one.kind === use.kind && one.id === use.id) ?? true;
    if (known) return undefined;
    return {
      at: deps.now(),
      by: reactionActor,
      command: 'use',
      request: { id: deps.freshId(), body: '' },
      events: [{ type: 'AttachmentUsed', data: use }],
    };
  };
  for (const id of namedIn(events))
    await settleOnFile(deps.commits, attachmentKey(id), (file) => used(file, id), deps.pause);
}
