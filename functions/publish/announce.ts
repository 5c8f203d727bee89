import { unseal } from '@dandang/casework/commit.ts';
import { type Bus, type Copies, CopyConflict } from '@dandang/accept/bus-events.ts';
import type { Log } from '@dandang/accept/log.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';

export interface AnnounceSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly bus: Bus;
  readonly copies: Pick<Copies, 'get' | 'put'>;
  readonly log: Pick<Log, 'error'>;
}

/**
 * Announces the named commits of a file on the bus and stores their copies. The copy comes last: it is the receipt, and a
 * commit without one is announced again by the nightly reconcile. A commit that has its receipt is left alone. A copy of
 * something else is no receipt: it stays, `copy-conflict` is logged, and the commit is announced all the same, so that
 * nobody can keep a commit quiet by putting something into its place.
 */
export async function announce({ commits, bus, copies, log }: AnnounceSurroundings, ring: Ring): Promise<void> {
  const named = new Set(ring.versions);
  const first = ring.versions[0];
  if (first === undefined) return;
  const { file } = ring;
  for (const stored of await commits.read(file, { from: first })) {
    const { version, commit } = stored;
    if (!named.has(version)) continue;
    const copy = await copies.get(file, version);
    if (copy === commit) continue;
    const events = unseal(stored).events.map((event) => event.type);
    await bus.publish([{ type: 'CommitAccepted', file, version, events }]);
    try {
      if (copy !== undefined) throw new CopyConflict(file, version);
      await copies.put(file, version, commit);
    } catch (error) {
      if (!(error instanceof CopyConflict)) throw error;
      log.error('copy-conflict', { file, version }, error);
    }
  }
}
