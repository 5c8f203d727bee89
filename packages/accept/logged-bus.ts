import type { Bus } from './bus-events.ts';
import type { Log } from './log.ts';

/** The same bus, which says of every commit that it took that it was announced. */
export function loggedBus(bus: Bus, log: Pick<Log, 'info'>): Bus {
  return {
    publish: async (events) => {
      await bus.publish(events);
      for (const event of events)
        if (event.type === 'CommitAccepted') log.info('commit-announced', { file: event.file, version: event.version });
    },
  };
}
