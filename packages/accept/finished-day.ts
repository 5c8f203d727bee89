import { addDays, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { clockActor, unseal } from '@dandang/casework/commit.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, fileEndingWith } from '@dandang/store/file.ts';
import { scheduleKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';

export const dayFinished = z.object({ type: z.literal('DayFinished'), data: z.object({ day: z.string() }) });

export interface DaysToDo {
  /** Oldest first, today included. */
  readonly days: readonly CivilDate[];
  /** Puts on file that today was finished; a run that had nothing new to finish writes nothing. */
  readonly finish: () => Promise<void>;
}

/** The days that a schedule must look at: every one since the last it finished, at least `least` back, up to today. */
export async function daysToDo(
  commits: Pick<CommitStore, 'readNewest' | 'append'>,
  schedule: string,
  today: CivilDate,
  now: () => Instant,
  least: number,
): Promise<DaysToDo> {
  const key = scheduleKey(schedule);
  const newest = (await commits.readNewest(key, 1))[0];
  const last =
    newest === undefined ? undefined : unseal(newest).events.map((event) => dayFinished.parse(event).data.day)[0];
  const floor = addDays(today, -least);
  const from = last !== undefined && last < floor ? last : floor;
  const days: CivilDate[] = [];
  for (let day = from; day <= today; day = addDays(day, 1)) days.push(day);
  return {
    days,
    finish: async () => {
      if (last !== undefined && last >= today) return;
      // Losing the race means that another run finished the same day.
      await appendToFile(commits, fileEndingWith(key, newest), {
        at: now(),
        by: clockActor,
        command: 'finish-day',
        request: { id: `${schedule}/${today}`, body: '' },
        events: [{ type: 'DayFinished', data: { day: today } }],
      });
    },
  };
}
