import { AsyncLocalStorage } from 'node:async_hooks';
import { NotKept } from '../town.ts';
import { primaryCode } from './error-code.ts';

/** SQLITE_FULL (https://sqlite.org/rescode.html). */
const diskFull = 13;

const notKept = (cause: unknown): NotKept => new NotKept(primaryCode(cause) === diskFull, cause);

/** What a group needs of the engine. */
export interface GroupConnection {
  readonly exec: (sql: string) => void;
  /** Called within a group's transaction right before it is committed. */
  readonly beforeCommit: () => void;
  /** Called when a group was taken back: nothing that was remembered of it is true. */
  readonly forget: () => void;
  /** Opens the file anew and brings its log into it; throws where that cannot be done. */
  readonly restart: () => void;
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
   * group was taken back since the work began; from then on the work can write nothing more.
   */
  readonly door: <T>(work: () => Promise<T>) => Promise<T>;
  /** Runs what belongs to nobody's work: it goes on whatever was taken back. */
  readonly apart: <T>(does: () => T) => T;
  /** Commits the open group now. */
  readonly flush: () => void;
}

/** How long a broken engine is left alone between two tries to open it, in milliseconds. */
const restartPause = 1000;

export function groups(connection: GroupConnection): Groups {
  const entered = new AsyncLocalStorage<number>();
  let open: PromiseWithResolvers<undefined> | undefined;
  /** How many groups were taken back. */
  let failures = 0;
  let broken: { readonly cause: unknown; readonly triedAt: number } | undefined;

  const sinceEntered = (): void => {
    const before = entered.getStore();
    if (before !== undefined && before !== failures) throw new NotKept(false);
  };

  /** Opens the engine anew; false where it cannot be. */
  const restart = (cause: unknown): boolean => {
    try {
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
    try {
      connection.exec('ROLLBACK');
    } catch {
      // Some errors have taken it back already.
    }
    // A full disk has written nothing. After any other failure nobody knows what the log holds.
    if (primaryCode(error) !== diskFull) restart(error);
    else connection.forget();
    const refused = notKept(error);
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
    group.resolve(undefined);
  };

  const write = <T>(does: () => T): T => {
    sinceEntered();
    whole();
    if (open === undefined) {
      try {
        connection.exec('BEGIN IMMEDIATE');
      } catch (error) {
        // Somebody else holds the file, or it cannot be written: nobody is in this group yet.
        throw notKept(error);
      }
      const group = Promise.withResolvers<undefined>();
      group.promise.catch(() => undefined);
      open = group;
      setImmediate(commit, group);
    }
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

  return {
    write,
    read: (does) => {
      whole();
      return does();
    },
    durable,
    door: (work) =>
      entered.run(failures, async () => {
        const outcome = await work();
        await durable();
        return outcome;
      }),
    apart: (does) => entered.exit(does),
    flush: () => commit(open),
  };
}
