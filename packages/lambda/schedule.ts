import type { Log } from '@dandang/accept/log.ts';

/** A schedule consumer. It gets nothing from the timer but the call: what is due is found, not told. */
export function scheduleFunction(run: () => Promise<unknown>, log: Log) {
  return async (): Promise<void> => {
    try {
      await run();
    } catch (error) {
      log.error('schedule-failed', {}, error);
      throw error;
    }
  };
}
