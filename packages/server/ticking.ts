import type { Log } from '@dandang/accept/log.ts';
import type { Room } from '@dandang/store/sqlite/reserve.ts';

export interface TickingSurroundings {
  /** Runs every schedule that has come due. */
  readonly runDue: () => Promise<void>;
  /** Sends every mail whose moment has come. */
  readonly drain: () => Promise<void>;
  readonly room: Pick<Room, 'isFull' | 'keep'>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

export interface Ticking {
  /** Ticks no more; resolves when the tick that runs has ended. */
  readonly stop: () => Promise<void>;
}

/** How often it is looked at the clock, in milliseconds. */
const tickEvery = 500;
/** How long schedules rest after one could not be run to its end, in milliseconds. */
const afterFailedTick = 5000;

/** The clock of a running service: schedules when their time comes, delayed mails, and the room on the disk. */
export function ticking({ runDue, drain, room, log }: TickingSurroundings): Ticking {
  let schedulesRestUntil = 0;
  const runSchedules = async (): Promise<void> => {
    if (performance.now() < schedulesRestUntil) return;
    try {
      await runDue();
    } catch (error) {
      schedulesRestUntil = performance.now() + afterFailedTick;
      log.error('tick-failed', {}, error);
    }
  };
  let wasFull = false;
  const watchRoom = async (): Promise<void> => {
    const full = room.isFull();
    if (full && !wasFull) log.warn('disk-full', {});
    if (!full && wasFull) log.info('disk-has-room', {});
    wasFull = full;
    await room.keep();
  };

  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(async () => {
      if (stopped) return;
      await watchRoom();
      await runSchedules();
      await drain().catch((error: unknown) => log.error('tick-failed', {}, error));
    });
  }, tickEvery);
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return running;
    },
  };
}
