import { becauseOf } from '@dandang/accept/because.ts';
import type { Log } from '@dandang/accept/log.ts';
import type { ScheduleName } from '@dandang/accept/schedules.ts';

/**
 * A schedule consumer. It gets nothing from the timer but the call: what is due is found, not told. Its last word is its
 * heartbeat: where `schedule-finished` has not been said for more than a day, an alarm goes off (docs/runbook.md).
 */
export function scheduleFunction(schedule: ScheduleName, run: () => Promise<unknown>, log: Log) {
  return async (): Promise<void> => {
    try {
      await becauseOf({ because: schedule }, run);
      log.info('schedule-finished', { schedule });
    } catch (error) {
      log.error('schedule-failed', { schedule }, error);
      throw error;
    }
  };
}
