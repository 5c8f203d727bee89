import type { Bus, BusEvent } from '@dandang/accept/bus-events.ts';
import type { Log } from '@dandang/accept/log.ts';
import { measureReactions } from '@dandang/accept/react.ts';
import type { Reference } from '@dandang/accept/reference.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { measures } from '@dandang/measures/registry.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type AcceptedCommit, DataDamaged, type Town } from '@dandang/store/town.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import { attachmentReactions } from '../../functions/attachments/react.ts';
import { applyDirectoryImport } from '../../functions/directory/react.ts';
import { distribute } from '../../functions/dispatch/distribute.ts';
import { send, type SendSurroundings } from '../../functions/dispatch/send.ts';
import { announce } from '../../functions/publish/announce.ts';
import { announceCalendar } from '../../functions/settings/react.ts';
import { announcer } from './announcer.ts';
import type { CopiesJournal } from './copies-journal.ts';
import { type LocalQueue, localQueue } from './send-queue.ts';
import type { SetAside } from './set-aside.ts';

/** Everything that follows a commit on one machine: who hears of it, the mails, the copies. */
export interface Following {
  /** Hears of every event, and answers when everybody has; a file that cannot be handled keeps the others from nothing. */
  readonly bus: Bus;
  readonly queue: LocalQueue;
  /** Announces one commit; it may come again. */
  readonly announce: (commit: Omit<AcceptedCommit, 'seq'>) => Promise<void>;
  /** Goes on from the mark. */
  readonly start: () => void;
  /** Resolves when nothing is left to announce or copy. */
  readonly quiet: () => Promise<void>;
  /** Resolves when everything has come to rest, the mails too. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** What every handler is given. */
export interface Core {
  readonly commits: CommitStore;
  readonly views: ViewStore;
  readonly reference: Reference;
  readonly now: () => Instant;
  readonly freshId: () => string;
  readonly log: Log;
}

export interface FollowingSurroundings {
  readonly town: Town;
  readonly core: Core;
  readonly mail: Pick<SendSurroundings, 'transport' | 'mailDomain' | 'leaseSeconds'>;
  /** Where the portal is; known when the service listens. */
  readonly portal: () => string;
  readonly journal: Pick<CopiesJournal, 'put' | 'sync'>;
  readonly aside: SetAside;
}

/** Announcing a commit once more copies nothing: its copy is there, or comes in its turn. */
const noCopies = {
  has: () => Promise.resolve(false),
  put: () => Promise.resolve(),
  get: () => Promise.resolve(undefined),
};

export function following({ town, core, mail, portal, journal, aside }: FollowingSurroundings): Following {
  const { commits, log, now } = core;
  const queue = localQueue(
    now,
    (message) => town.door(() => send({ ...core, ...mail, queue, portal: portal() }, message)),
    log,
  );
  // The clock speaks to many matters at once: one that cannot be folded must not keep the others from hearing it.
  const eachByItself: Bus = {
    publish: async (events) => {
      for (const event of events) await aside.attempt('bus', event.file, () => all.publish([event]));
    },
  };
  const subscribers: ((event: BusEvent) => Promise<void>)[] = [
    (event) => distribute({ ...core, queue }, event),
    ...measures.map((measure) => measureReactions(measure, core)),
    attachmentReactions(core),
    (event) => applyDirectoryImport(core, event),
    (event) => announceCalendar({ ...core, bus: eachByItself }, event),
  ];
  // A bus that is not durable must not lose what it took: it answers when every subscriber has.
  const all: Bus = {
    publish: async (events) => {
      for (const event of events) for (const subscriber of subscribers) await subscriber(event);
    },
  };
  const announceOne = ({ file, version }: Omit<AcceptedCommit, 'seq'>): Promise<void> =>
    announce({ commits, bus: all, copies: noCopies, log }, { file, versions: [version] });
  const copy = async (accepted: readonly AcceptedCommit[]): Promise<void> => {
    for (const { file, version } of accepted)
      try {
        const [stored] = await commits.read(file, { from: version });
        if (stored?.version === version) journal.put(stored);
      } catch (error) {
        // What cannot be read cannot be copied, and must not keep the others from it.
        if (!(error instanceof DataDamaged)) throw error;
        aside.put('publish', file, error, version);
      }
    await journal.sync();
  };
  const announcing = announcer({ town, announce: announceOne, copy, aside, log });
  return {
    bus: eachByItself,
    queue,
    announce: announceOne,
    start: announcing.start,
    quiet: announcing.quiet,
    settled: async () => {
      do {
        await announcing.quiet();
        await queue.drain();
      } while (announcing.busy() || queue.due() > 0);
    },
    stop: announcing.stop,
  };
}
