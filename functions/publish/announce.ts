import { unseal } from '@dandang/casework/commit.ts';
import type { Bus, Copies } from '@dandang/accept/bus-events.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';

export interface AnnounceSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly bus: Bus;
  readonly copies: Copies;
}

/**
 * Announces the named commits of a file on the bus and stores their copies. The copy comes last: it is the receipt, and a
 * commit without one is announced again by the nightly reconcile. A commit that has its receipt is left alone.
 */
export async function announce({ commits, bus, copies }: AnnounceSurroundings, ring: Ring): Promise<void> {
  const named = new Set(ring.versions);
  const first = ring.versions[0];
  if (first === undefined) return;
  for (const stored of await commits.read(ring.file, { from: first })) {
    if (!named.has(stored.version) || (await copies.has(ring.file, stored.version))) continue;
    const events = unseal(stored).events.map((event) => event.type);
    await bus.publish([{ type: 'CommitAccepted', file: ring.file, version: stored.version, events }]);
    await copies.put(ring.file, stored.version, stored.commit);
  }
}
