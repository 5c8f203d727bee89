import { addDays, chinaDate, instant, instantAt, type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import { type ScheduleName, schedules } from '@dandang/accept/schedules.ts';
import * as z from 'zod/mini';
import { readIfThere, writeDurably } from '@dandang/server/durable-file.ts';

const stored = z.object({ ahead: z.number(), schedulesRunThrough: instant });

/** One run of a schedule at its instant. */
export interface Occurrence {
  readonly name: ScheduleName;
  readonly at: Instant;
}

/** The occurrences after one instant, up to and with another, in order. */
export function occurrencesBetween(after: Instant, through: Instant): Occurrence[] {
  const found: Occurrence[] = [];
  for (let day = chinaDate(after); day <= chinaDate(through); day = addDays(day, 1))
    for (const { name, at } of schedules) {
      const when = instantAt(msOf(`${day}T${at}:00+08:00`));
      if (msOf(when) > msOf(after) && msOf(when) <= msOf(through)) found.push({ name, at: when });
    }
  return found.sort((a, b) => msOf(a.at) - msOf(b.at));
}

/** The service's clock: the machine's, moved forward by what somebody asked for. It ticks on and is kept with the data. */
export interface MovingClock {
  readonly now: () => Instant;
  /**
   * Moves to an instant, stopping at every occurrence of a schedule on the way: `run` is called with the clock at that
   * moment. Going back is refused with a RangeError. Where `run` throws or it cannot be kept, as on a full disk, it stands
   * at the last occurrence that was. Two moves run one after the other.
   */
  readonly moveTo: (to: Instant, run: (occurrence: Occurrence) => Promise<void>) => Promise<void>;
  /** Runs what has come due while the clock ticked on by itself. */
  readonly tick: (run: (occurrence: Occurrence) => Promise<void>) => Promise<void>;
}

/**
 * Opens the clock of a data folder. `startAt` sets a new folder's clock; an existing folder keeps its own. `machine` is
 * the machine's clock in milliseconds.
 */
export async function openClock(
  path: string,
  startAt: Instant | undefined,
  machine: () => number,
): Promise<MovingClock> {
  const text = await readIfThere(path);
  const known = text === undefined ? undefined : stored.parse(JSON.parse(text));
  let ahead = known?.ahead ?? (startAt === undefined ? 0 : msOf(startAt) - machine());
  const now = (): Instant => instantAt(machine() + ahead);
  let runThrough = known?.schedulesRunThrough ?? now();
  let kept = { ahead, schedulesRunThrough: runThrough };
  const keep = async (): Promise<void> => {
    const next = { ahead, schedulesRunThrough: runThrough };
    await writeDurably(path, JSON.stringify(next));
    kept = next;
  };
  // What is there is not written again: a service starts on a full disk.
  if (known === undefined) await keep();
  let moving: Promise<void> = Promise.resolve();

  const advance = async (to: Instant, run: (occurrence: Occurrence) => Promise<void>): Promise<void> => {
    for (const occurrence of occurrencesBetween(runThrough, to)) {
      ahead = Math.max(ahead, msOf(occurrence.at) - machine());
      await run(occurrence);
      runThrough = occurrence.at;
      await keep();
    }
    ahead = Math.max(ahead, msOf(to) - machine());
    await keep();
  };

  const inTurn = (move: () => Promise<void>): Promise<void> => {
    const moved = moving.then(move).catch((error: unknown) => {
      // It stands where a start would find it.
      ({ ahead, schedulesRunThrough: runThrough } = kept);
      throw error;
    });
    moving = moved.catch(() => undefined);
    return moved;
  };

  return {
    now,
    moveTo: (to, run) =>
      inTurn(async () => {
        if (msOf(to) < msOf(now())) throw new RangeError('the clock does not go back');
        await advance(to, run);
      }),
    tick: (run) =>
      inTurn(async () => {
        if (occurrencesBetween(runThrough, now()).length > 0) await advance(now(), run);
      }),
  };
}
