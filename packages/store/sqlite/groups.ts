import { AsyncLocalStorage } from 'node:async_hooks';
import { type Door, NotKept } from '../town.ts';
import { isDiskFull } from './error-code.ts';

/** What a group needs of the engine. */
export interface GroupConnection {
  readonly exec: (sql: string) => void;
  /** Called within a group's transaction right before it is committed. */
  readonly beforeCommit: () => void;
  /** Called when a group was taken back: nothing that was remembered of it is true. */
  readonly forget: () => void;
  /** Opens the file anew and brings its log into it; throws where that cannot be done. */
  readonly restart: () => void;
  /** Asked before a group is begun: a disk without room takes none, so that nobody who reads is drawn into its failing. */
  readonly isFull: () => boolean;
  /** Whether the engine was opened only to be read, and is to be opened anew before a group is begun. */
  readonly isMakeshift: () => boolean;
  /** Called when a group did not fit on the disk, or the engine is about to be opened anew. */
  readonly makeRoom: () => void;
}

/** Writes of one turn of the event loop are one transaction with one sync. */
export interface Groups {
  /** Runs statements inside the open group. Throws NotKept. */
  readonly write: <T>(does: () => T) => T;
  /** Runs statements that only read. Throws NotKept while the engine cannot be opened. */
  readonly read: <T>(does: () => T) => T;
  /** Resolves when everything that was taken until now is on the disk; rejects as `door` does. */
  readonly durable: () => Promise<void>;
  /**
   * Runs work whose outcome somebody outside will hear of, and gives it when it is durable. Rejects with NotKept where a
   * group was taken back since the work began, or where it was refused to write, whatever it made of that; from then on it
   * can write nothing more. With `again`, work that has written nothing is run once more where it may have read of a group
   * that was taken back.
   */
  readonly door: Door;
  /** Runs what belongs to nobody's work: it goes on whatever was taken back. */
  readonly apart: <T>(does: () => T) => T;
  /** Commits the open group now. */
  readonly flush: () => void;
}

/** How long a broken engine is left alone between two tries to open it, in milliseconds. */
const restartPause = 1000;
/** How long nothing is written after two groups in a row did not fit, in milliseconds: whoever reads is left in peace. */
const fullPause = 250;
/** How often work that only reads is run at most. */
const mostRuns = 5;

/** What a door remembers of the work behind it. */
interface Entered {
  /** How many groups had been taken back when the work began. */
  readonly before: number;
  wrote: boolean;
  refused: NotKept | undefined;
}

export function groups(connection: GroupConnection): Groups {
  const entered = new AsyncLocalStorage<Entered>();
  let open: PromiseWithResolvers<undefined> | undefined;
  /** How many groups were taken back. */
  let failures = 0;
  /** Whether the disk was full when one was taken back last, how many in a row did not fit, and when the last one did. */
  let lastWasFull = false;
  let fullInARow = 0;
  let fullAt = 0;
  let broken: { readonly cause: unknown; readonly triedAt: number } | undefined;

  /** A disk without room may fail in other words, as when the log's index cannot grow. */
  const notKept = (cause: unknown): NotKept => new NotKept(isDiskFull(cause) || connection.isFull(), cause);

  const sinceEntered = (): void => {
    const work = entered.getStore();
    if (work === undefined) return;
    if (work.refused !== undefined) throw work.refused;
    if (work.before !== failures) throw new NotKept(lastWasFull);
  };

  /** The error for work that may not write; it is refused at its door as well. */
  const refusing = (error: NotKept): NotKept => {
    const work = entered.getStore();
    if (work !== undefined) work.refused ??= error;
    return error;
  };

  /** Opens the engine anew; false where it cannot be. */
  const restart = (cause: unknown): boolean => {
    try {
      connection.makeRoom();
      connection.restart();
      connection.forget();
      broken = undefined;
      return true;
    } catch {
      broken = { cause, triedAt: performance.now() };
      return false;
    }
  };

  const whole = (): void => {
    if (broken === undefined) return;
    const { cause, triedAt } = broken;
    if (performance.now() - triedAt < restartPause || !restart(cause)) throw notKept(cause);
  };

  const takeBack = (error: unknown): NotKept => {
    const group = open;
    open = undefined;
    failures += 1;
    const refused = notKept(error);
    lastWasFull = refused.full;
    const didNotFit = isDiskFull(error);
    if (didNotFit) {
      fullInARow += 1;
      fullAt = performance.now();
      connection.makeRoom();
    }
    try {
      connection.exec('ROLLBACK');
    } catch {
      // Some errors have taken it back already.
    }
    // A full disk has written nothing. After any other failure nobody knows what the log holds.
    if (didNotFit) connection.forget();
    else restart(error);
    group?.reject(refused);
    return refused;
  };

  const commit = (group: PromiseWithResolvers<undefined> | undefined): void => {
    if (group === undefined || group !== open) return;
    try {
      connection.beforeCommit();
      connection.exec('COMMIT');
    } catch (error) {
      takeBack(error);
      return;
    }
    open = undefined;
    fullInARow = 0;
    group.resolve(undefined);
  };

  const isFull = (): boolean => connection.isFull() || (fullInARow > 1 && performance.now() - fullAt < fullPause);

  const begin = (): void => {
    if (isFull()) throw refusing(new NotKept(true));
    if (connection.isMakeshift() && !restart(undefined)) throw refusing(new NotKept(false));
    try {
      connection.exec('BEGIN IMMEDIATE');
    } catch (error) {
      // Somebody else holds the file, or it cannot be written: nobody is in this group yet.
      throw refusing(notKept(error));
    }
    const group = Promise.withResolvers<undefined>();
    group.promise.catch(() => undefined);
    open = group;
    setImmediate(commit, group);
  };

  const write = <T>(does: () => T): T => {
    sinceEntered();
    whole();
    if (open === undefined) begin();
    const work = entered.getStore();
    if (work !== undefined) work.wrote = true;
    try {
      return does();
    } catch (error) {
      throw takeBack(error);
    }
  };

  const durable = async (): Promise<void> => {
    sinceEntered();
    if (open !== undefined) await open.promise;
    sinceEntered();
  };

  const door: Door = async (work, again) => {
    for (let runs = 1; ; runs += 1) {
      const behind: Entered = { before: failures, wrote: false, refused: undefined };
      try {
        return await entered.run(behind, async () => {
          const outcome = await work();
          await durable();
          return outcome;
        });
      } catch (error) {
        const mayAgain = again !== undefined && !behind.wrote && behind.refused === undefined && runs < mostRuns;
        if (!mayAgain || behind.before === failures) throw error;
      }
    }
  };

  return {
    write,
    read: (does) => {
      whole();
      return does();
    },
    durable,
    door,
    apart: (does) => entered.exit(does),
    flush: () => commit(open),
  };
}
