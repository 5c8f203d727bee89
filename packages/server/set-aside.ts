import type { Log } from '@dandang/accept/log.ts';
import { NotKept, type Town } from '@dandang/store/town.ts';

const consumers = ['views', 'publish', 'bus'] as const;

/** Who could not handle a file. */
export type Consumer = (typeof consumers)[number];

export const isConsumer = (name: string): name is Consumer => consumers.some((one) => one === name);

/** Files that could not be handled: they wait by their key, and everything else goes on. */
export interface SetAside {
  /** Their keys, sorted. */
  readonly keys: () => readonly string[];
  /** Handles a file, or sets it aside: throws NotKept only. Whoever handles it later takes it back. */
  readonly attempt: (consumer: Consumer, file: string, handle: () => Promise<void>) => Promise<void>;
  /** `version`: from which commit on; all where it is not said. */
  readonly put: (consumer: Consumer, file: string, error: unknown, version?: number) => void;
  readonly takeBack: (consumer: Consumer, file: string) => void;
}

/**
 * What a retry queue with dead letters is in the cloud, on one machine: the service must start and work although a file
 * is damaged. It is said in the log at once, and in the health answer for as long as it lasts; the nightly comparison and
 * every start try again. `kept` is where it is written down.
 */
export function setAside(log: Pick<Log, 'error' | 'info'>, kept: Town['aside']): SetAside {
  const put = (consumer: Consumer, file: string, error: unknown, version = 1): void => {
    kept.put({ consumer, file, version });
    log.error('file-set-aside', { consumer, file }, error);
  };
  const takeBack = (consumer: Consumer, file: string): void => {
    if (!kept.all().some((one) => one.consumer === consumer && one.file === file)) return;
    kept.remove({ consumer, file });
    log.info('file-taken-back', { consumer, file });
  };
  return {
    keys: () => [...new Set(kept.all().map(({ file }) => file))].sort(),
    attempt: async (consumer, file, handle) => {
      try {
        await handle();
        takeBack(consumer, file);
      } catch (error) {
        if (error instanceof NotKept) throw error;
        put(consumer, file, error);
      }
    },
    put,
    takeBack,
  };
}
