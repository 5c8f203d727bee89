import { unseal } from '@dandang/casework/commit.ts';
import type { Acceptance } from '@dandang/accept/context.ts';
import { recordUse } from '@dandang/accept/attachment-use.ts';
import type { BusEvent } from '@dandang/accept/bus-events.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import { parseKey } from '@dandang/store/keys.ts';

/** Hears of every commit to a matter or a delivery and puts on file which attachments it uses, where the request died before it did. */
export function attachmentReactions(deps: Pick<Acceptance, 'commits' | 'now' | 'freshId'>) {
  return async (event: BusEvent): Promise<void> => {
    if (event.type !== 'CommitAccepted') return;
    const { kind } = parseKey(event.file);
    if (kind !== 'delivery' && measureOfKind(kind) === undefined) return;
    const [stored] = await deps.commits.read(event.file, { from: event.version });
    if (stored !== undefined) await recordUse(deps, unseal(stored));
  };
}
