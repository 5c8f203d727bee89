import type { ScheduleName } from '@dandang/accept/schedules.ts';
import { DataDamaged, NotKept } from '@dandang/store/town.ts';
import { sweepLights, sweepMails } from '../../functions/deadlines/sweep.ts';
import { reconcile, requeue } from '../../functions/reconcile/reconcile.ts';
import type { Following, FollowingSurroundings } from './following.ts';
import { isConsumer } from './set-aside.ts';

/** What is done at a start and by the clock, so that nothing is forgotten. */
export interface Upkeep {
  /** Before anybody is answered: what was set aside is tried again, and what waits to be sent is queued again. */
  readonly atStart: () => Promise<void>;
  readonly runs: Readonly<Record<ScheduleName, () => Promise<unknown>>>;
}

export function upkeep(
  { town, core, aside }: Pick<FollowingSurroundings, 'town' | 'core' | 'aside'>,
  { bus, queue, announce, quiet }: Pick<Following, 'bus' | 'queue' | 'announce' | 'quiet'>,
): Upkeep {
  const { commits, log } = core;

  /** Tries once more whatever was set aside. */
  const takeUpAside = async (): Promise<void> => {
    for (const { consumer, file, version } of town.aside.all()) {
      const again: Partial<Record<string, () => Promise<void>>> = {
        views: () => town.project(file),
        publish: async () => {
          for (const one of await commits.read(file, { from: version })) await announce({ file, version: one.version });
        },
      };
      const handle = again[consumer];
      // What the clock could not say it says again on its next day.
      if (handle === undefined || !isConsumer(consumer)) town.aside.remove({ consumer, file });
      else await aside.attempt(consumer, file, handle);
    }
  };

  const nightly = async (): Promise<void> => {
    await takeUpAside();
    await reconcile({
      ...core,
      copies: { has: (file, version) => Promise.resolve(town.isHandled(file, version)) },
      bus,
      queue,
      queuedFor: 3600,
      trustViews: true,
      ringViews: ({ file }) => aside.attempt('views', file, () => town.project(file)),
      // What lies behind the mark is on its way.
      ringPublish: () => quiet(),
    });
  };

  return {
    atStart: async () => {
      await town.door(takeUpAside).catch((error: unknown) => {
        // On a full disk everything can be read; the night tries again.
        if (!(error instanceof NotKept)) throw error;
        log.error('set-aside-not-taken-up', {}, error);
      });
      // The queue lives in memory: what still waits to be sent is put in again.
      await requeue({ ...core, queue, queuedFor: 0 }).catch((error: unknown) => {
        // Every night what waits is looked for again.
        if (!(error instanceof DataDamaged)) throw error;
        log.error('requeue-failed', {}, error);
      });
    },
    runs: {
      lights: () => sweepLights({ ...core, bus, queue }),
      mails: () => sweepMails({ ...core, bus, queue }),
      reconcile: nightly,
    },
  };
}
