import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/** So much is kept of one kind; the oldest goes first. A demonstration has a handful of sessions. */
const most = 10_000;

/**
 * Where the embedded issuer keeps sessions, codes and tokens: in memory, by the machine's clock. A restart signs everybody
 * out, which for a demonstration is no loss.
 */
export function keptInMemory(now: () => number): (name: string) => Adapter {
  return () => {
    const kept = new Map<string, Kept>();
    const found = (id: string): Promise<AdapterPayload | undefined> => {
      const one = kept.get(id);
      return Promise.resolve(one !== undefined && one.until > now() ? one.payload : undefined);
    };
    const by = (is: (payload: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> => {
      const [id = ''] = [...kept].find(([, { payload }]) => is(payload)) ?? [];
      return found(id);
    };
    return {
      upsert: (id, payload, expiresIn) => {
        kept.delete(id);
        kept.set(id, { payload, until: now() + (expiresIn || 3600) * 1000 });
        const [oldest] = kept.keys();
        if (kept.size > most && oldest !== undefined) kept.delete(oldest);
        return Promise.resolve();
      },
      find: found,
      findByUid: (uid) => by((payload) => payload.uid === uid),
      findByUserCode: (code) => by((payload) => payload.userCode === code),
      consume: (id) => {
        const one = kept.get(id);
        if (one !== undefined)
          kept.set(id, { ...one, payload: { ...one.payload, consumed: Math.floor(now() / 1000) } });
        return Promise.resolve();
      },
      destroy: (id) => {
        kept.delete(id);
        return Promise.resolve();
      },
      revokeByGrantId: (grant) => {
        for (const [id, { payload }] of kept) if (payload.grantId === grant) kept.delete(id);
        return Promise.resolve();
      },
    };
  };
}
