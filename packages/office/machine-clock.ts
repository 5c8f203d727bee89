import { join } from 'node:path';
import type { Log } from '@dandang/accept/log.ts';
import { type ScheduleName, schedules } from '@dandang/accept/schedules.ts';
import { addDays, chinaDate, instant, instantAt, type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import { writeDurably } from '@dandang/server/durable-file.ts';
import type { ServiceClock } from '@dandang/server/service.ts';
import * as z from 'zod/mini';
import { readNote } from './kept-note.ts';

/** A run of a schedule that is due, with the instant at which it should have been. */
export interface Due {
  readonly name: ScheduleName;
  readonly at: Instant;
}

const minute = 60_000;
/** Clocks are set back by less than this every day, and nobody need hear of it. */
const setBackUnheard = minute;
/** A schedule that failed is tried again after this. */
const againAfter = 5 * minute;
/** How often what the clock shows is kept, so that a start knows whether it went back meanwhile. */
const keptEvery = 10 * minute;
/** A schedule that is later than this is said to be late. */
const lateAfter = 60 * minute;

const stored = z.object({ since: instant, seen: instant, ranThrough: z.record(z.string(), instant) });
const wentAhead = z.object({ ahead: instant, back: instant });

/** The machine's clock went back: it had shown `ahead` when it showed `back` again. */
export type ClockWentBack = z.infer<typeof wentAhead>;

/** The last moment, not after an instant, at which a schedule was to run. */
function lastOccurrence(at: string, now: Instant): Instant {
  const on = (day: string): Instant => instantAt(msOf(`${day}T${at}:00+08:00`));
  const today = chinaDate(now);
  return msOf(on(today)) <= msOf(now) ? on(today) : on(addDays(today, -1));
}

/**
 * What is due at an instant, in order: each schedule once, however many of its days were missed, since every one looks at
 * the days that it has not finished. `ranThrough` gives, for each, the instant up to which it has run.
 */
export function dueAt(ranThrough: (name: ScheduleName) => Instant, now: Instant): Due[] {
  return schedules
    .map(({ name, at }) => ({ name, at: lastOccurrence(at, now) }))
    .filter(({ name, at }) => msOf(at) > msOf(ranThrough(name)))
    .sort((a, b) => msOf(a.at) - msOf(b.at));
}

/** The machine's clock as an office's service lives by it. */
export interface MachineClock extends ServiceClock {
  /** The first start on this data folder. */
  readonly since: Instant;
  /** What should have run an hour ago or earlier and has not. */
  readonly late: () => readonly Due[];
  /** How far the clock had been when it went back, unless somebody has taken note or it has come there again. */
  readonly wentBack: () => Promise<ClockWentBack | undefined>;
}

/** Where it is written that the clock went back; whoever has looked at what bears those dates removes it. */
export const wentBackFile = 'clock-went-back.json';

/**
 * Opens the clock of a data folder. `machine` is the machine's clock in milliseconds. Schedules are kept with the folder,
 * so that one which was missed runs at the next start. A clock that was ahead and is set right does not stop them: they
 * are due from then on by what it shows now. A schedule that fails is logged and tried again, and keeps no other waiting.
 */
export async function openMachineClock(
  folder: string,
  { machine, log }: { readonly machine: () => number; readonly log: Pick<Log, 'warn' | 'error'> },
): Promise<MachineClock> {
  const path = join(folder, 'schedules.json');
  const wentBackPath = join(folder, wentBackFile);
  const now = (): Instant => instantAt(machine());
  const known = await readNote(path, stored);
  const since = known?.since ?? now();
  let seen = known?.seen ?? since;
  let keptAt = machine();
  const ran = new Map(Object.entries(known?.ranThrough ?? {}));
  const ranThrough = (name: ScheduleName): Instant => ran.get(name) ?? since;
  const failedAt = new Map<ScheduleName, number>();
  const keep = async (): Promise<void> => {
    keptAt = machine();
    await writeDurably(path, JSON.stringify({ since, seen, ranThrough: Object.fromEntries(ran) }));
  };
  await keep();

  const readWentBack = (): Promise<ClockWentBack | undefined> => readNote(wentBackPath, wentAhead);

  /** Notes how far the clock had been, and makes due again what that clock had run. */
  const setBack = async (to: Instant): Promise<void> => {
    const before = await readWentBack();
    const ahead = before !== undefined && msOf(before.ahead) > msOf(seen) ? before.ahead : seen;
    log.warn('clock-went-back', { ahead, back: to });
    await writeDurably(wentBackPath, JSON.stringify({ ahead, back: to }));
    seen = to;
    for (const { name, at } of schedules)
      if (msOf(ranThrough(name)) > msOf(to)) ran.set(name, instantAt(msOf(lastOccurrence(at, to)) - 1));
    failedAt.clear();
    await keep();
  };

  const runOne = async ({ name, at }: Due, run: Parameters<ServiceClock['tick']>[0]): Promise<void> => {
    const failed = failedAt.get(name);
    if (failed !== undefined && machine() - failed < againAfter) return;
    try {
      await run({ name });
      failedAt.delete(name);
      ran.set(name, at);
      await keep();
    } catch (error) {
      failedAt.set(name, machine());
      log.error('schedule-failed', { schedule: name }, error);
    }
  };

  return {
    now,
    since,
    late: () => dueAt(ranThrough, now()).filter(({ at }) => machine() - msOf(at) >= lateAfter),
    wentBack: async () => {
      const noted = await readWentBack();
      return noted === undefined || machine() >= msOf(noted.ahead) ? undefined : noted;
    },
    tick: async (run) => {
      const at = now();
      if (msOf(seen) - msOf(at) > setBackUnheard) await setBack(at);
      if (msOf(at) > msOf(seen)) seen = at;
      for (const due of dueAt(ranThrough, at)) await runOne(due, run);
      if (machine() - keptAt >= keptEvery) await keep();
    },
  };
}
