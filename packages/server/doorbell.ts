import type { Log } from '@dandang/accept/log.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import type { Consumer, SetAside } from './set-aside.ts';

/** The stream of one machine: it is fed with the commits that the store accepted and answers them one after the other. */
export interface Doorbell {
  readonly ring: (ring: Ring) => void;
  /** Resolves when nothing is left to answer. */
  readonly quiet: () => Promise<void>;
  readonly busy: () => boolean;
}

/** How often a ring that fails is answered again before the file is set aside until the next reconcile. */
const mostTries = 5;

/**
 * Two consumers as in the deployed service: the views first, because people wait for them, then the announcement. A ring
 * that cannot be answered is tried again behind the others and does not hold them up.
 */
export function doorbell(
  project: (ring: Ring) => Promise<void>,
  announce: (ring: Ring) => Promise<void>,
  log: Log,
  aside: Pick<SetAside, 'put' | 'takeBack'>,
): Doorbell {
  const consumer = (name: Consumer, answer: (ring: Ring) => Promise<void>) => {
    const waiting: { readonly ring: Ring; readonly tries: number }[] = [];
    let idle: Promise<void> | undefined;
    const work = async (): Promise<void> => {
      for (;;) {
        const next = waiting.shift();
        if (next === undefined) return;
        try {
          await answer(next.ring);
          aside.takeBack(name, next.ring.file);
        } catch (error) {
          log.error('ring-failed', { consumer: name, file: next.ring.file, tries: next.tries }, error);
          if (next.tries < mostTries) waiting.push({ ring: next.ring, tries: next.tries + 1 });
          else aside.put(name, next.ring.file, error);
        }
      }
    };
    return {
      put: (ring: Ring): void => {
        waiting.push({ ring, tries: 1 });
        idle ??= work().finally(() => {
          idle = undefined;
        });
      },
      busy: (): boolean => idle !== undefined,
      quiet: async (): Promise<void> => {
        while (idle !== undefined) await idle;
      },
    };
  };
  const announcing = consumer('publish', announce);
  const projecting = consumer('views', project);
  return {
    ring: (ring) => {
      projecting.put(ring);
      announcing.put(ring);
    },
    busy: () => projecting.busy() || announcing.busy(),
    quiet: async () => {
      await projecting.quiet();
      await announcing.quiet();
    },
  };
}
