import type { Log } from '@dandang/accept/log.ts';
import { type AcceptedCommit, NotKept, type Town } from '@dandang/store/town.ts';
import type { SetAside } from './set-aside.ts';

/** The stream of one machine: what the town accepted is announced in its order, copied, and then marked as handled. */
export interface Announcer {
  /** Goes on from the mark; called again nothing happens. */
  readonly start: () => void;
  /** Resolves when nothing is left to announce or copy; also where it could not be kept and is tried again later. */
  readonly quiet: () => Promise<void>;
  readonly busy: () => boolean;
  /** Ends at the next moment at which nothing is lost. */
  readonly stop: () => Promise<void>;
}

export interface AnnouncerSurroundings {
  readonly town: Pick<Town, 'acceptedAfter' | 'onAccepted' | 'handledThrough' | 'setHandledThrough' | 'door'>;
  /** Announces one commit; it may come again. */
  readonly announce: (commit: AcceptedCommit) => Promise<void>;
  /** Puts the copies of commits on the disk; some may be there. */
  readonly copy: (commits: readonly AcceptedCommit[]) => Promise<void>;
  readonly aside: Pick<SetAside, 'put'>;
  readonly log: Pick<Log, 'error'>;
}

/** So many commits are announced before it is waited for the disk. */
const atATime = 200;
/** How often a commit that cannot be announced is tried, behind the others, before its file is set aside. */
const mostTries = 5;
/** How long is waited after something could not be kept, in milliseconds. */
const pause = 1000;

/**
 * Announces with one door for all that wait, and copies beside it: a command's answer waits for neither. The mark moves
 * over commits whose reactions and copies are on the disk; after a kill it begins there again, and everybody who hears of a
 * commit twice bears that.
 */
export function announcer({ town, announce, copy, aside, log }: AnnouncerSurroundings): Announcer {
  let position = town.handledThrough();
  let copied = position;
  let toCopy: AcceptedCommit[] = [];
  // Each is at work until it has seen that nothing waits: whoever comes later in the same turn wakes it again.
  const announcing = { busy: false, ended: Promise.resolve() };
  const copying = { busy: false, ended: Promise.resolve() };
  let running = false;
  /** How often it went back: what was under way meanwhile moves nothing forward. */
  let wentBack = 0;
  let again: NodeJS.Timeout | undefined;
  /** Whether the last try was kept: a disk may be full for hours, and that is said once. */
  let kept = true;

  const announceAll = async (batch: readonly AcceptedCommit[]): Promise<void> => {
    const waiting = batch.map((commit) => ({ commit, tries: 1 }));
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { commit, tries } = next;
      try {
        await announce(commit);
      } catch (error) {
        if (error instanceof NotKept) throw error;
        log.error('ring-failed', { consumer: 'publish', file: commit.file, tries }, error);
        if (tries < mostTries) waiting.push({ commit, tries: tries + 1 });
        else aside.put('publish', commit.file, error, commit.version);
      }
    }
  };

  /** Goes back to what is known to be kept, and begins there again after a while. */
  const goBack = (error: unknown): void => {
    if (kept) log.error('announcements-not-kept', {}, error);
    kept = false;
    wentBack += 1;
    position = copied;
    toCopy = [];
    again ??= setTimeout(() => {
      again = undefined;
      wake();
    }, pause).unref();
  };

  const copyAll = async (): Promise<void> => {
    while (toCopy.length > 0) {
      const batch = toCopy;
      toCopy = [];
      try {
        await copy(batch);
      } catch (error) {
        copying.busy = false;
        goBack(error);
        return;
      }
      copied = batch.at(-1)?.seq ?? copied;
      town.setHandledThrough(copied);
      kept = true;
    }
    copying.busy = false;
  };

  const announceWhatWaits = async (): Promise<void> => {
    try {
      for (;;) {
        const before = wentBack;
        const batch = running ? town.acceptedAfter(position, atATime) : [];
        if (batch.length === 0) break;
        await town.door(() => announceAll(batch));
        if (wentBack !== before) break;
        position = batch.at(-1)?.seq ?? position;
        toCopy.push(...batch);
        if (copying.busy) continue;
        copying.busy = true;
        copying.ended = copyAll();
      }
    } catch (error) {
      goBack(error);
    }
    announcing.busy = false;
  };

  const wake = (): void => {
    if (!running || again !== undefined || announcing.busy) return;
    announcing.busy = true;
    announcing.ended = announceWhatWaits();
  };
  town.onAccepted(wake);

  const busy = (): boolean => announcing.busy || copying.busy;
  const quiet = async (): Promise<void> => {
    while (busy()) await Promise.all([announcing.ended, copying.ended]);
  };
  return {
    start: () => {
      running = true;
      wake();
    },
    quiet,
    busy,
    stop: async () => {
      running = false;
      clearTimeout(again);
      await quiet();
    },
  };
}
