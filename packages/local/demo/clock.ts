import { addDays, chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import { ok, say } from './display.ts';
import type { Town } from './town.ts';

const clock = z.object({ now: z.string() });

export const nextDay = (date: CivilDate): CivilDate => addDays(date, 1);

export const now = async ({ dev }: Town): Promise<Instant> => ok(await dev.get('/dev/clock'), clock).now;

export const today = async (town: Town): Promise<CivilDate> => chinaDate(await now(town));

/** Moves the clock forward; schedules run on the way. Gives what it shows then. */
export const moveClock = async ({ dev }: Town, to: Instant): Promise<Instant> =>
  ok(await dev.put('/dev/clock', { now: to }), clock).now;

/** Moves the clock to half past nine of a day, so that the chasers of nine o'clock have gone out. */
export async function moveTo(town: Town, day: CivilDate): Promise<void> {
  say(`时钟 (clock) → ${await moveClock(town, `${day}T09:30:00+08:00`)}`);
}
