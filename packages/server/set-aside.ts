import type { Log } from '@dandang/accept/log.ts';

/** Who could not handle a file. */
export type Consumer = 'views' | 'publish' | 'bus';

/** Files that could not be handled: they wait by their key, and everything else goes on. */
export interface SetAside {
  /** Their keys, sorted. */
  readonly keys: () => readonly string[];
  /** Handles a file, or sets it aside: never throws. Whoever handles it later takes it back. */
  readonly attempt: (consumer: Consumer, file: string, handle: () => Promise<void>) => Promise<void>;
  readonly put: (consumer: Consumer, file: string, error: unknown) => void;
  readonly takeBack: (consumer: Consumer, file: string) => void;
}

/**
 * What a retry queue with dead letters is in the cloud, on one machine: the service must start and work although a file
 * is damaged. It is said in the log at once, and in the health answer for as long as it lasts; the nightly comparison and
 * every start try again.
 */
export function setAside(log: Pick<Log, 'error' | 'info'>): SetAside {
  const waiting = new Map<string, Set<Consumer>>();
  const put = (consumer: Consumer, file: string, error: unknown): void => {
    waiting.set(file, (waiting.get(file) ?? new Set()).add(consumer));
    log.error('file-set-aside', { consumer, file }, error);
  };
  const takeBack = (consumer: Consumer, file: string): void => {
    const consumers = waiting.get(file);
    if (consumers?.delete(consumer) !== true) return;
    if (consumers.size === 0) waiting.delete(file);
    log.info('file-taken-back', { consumer, file });
  };
  return {
    keys: () => [...waiting.keys()].sort(),
    attempt: async (consumer, file, handle) => {
      try {
        await handle();
        takeBack(consumer, file);
      } catch (error) {
        put(consumer, file, error);
      }
    },
    put,
    takeBack,
  };
}
