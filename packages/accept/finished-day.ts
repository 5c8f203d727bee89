import { addDays, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { clockActor, unseal } from '@dandang/casework/commit.ts';
import { eventReader } from '@dandang/casework/event-reader.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { fileEndingWith, type FileOnRecord } from '@dandang/store/file.ts';
import { scheduleKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { backgroundTries, Overtaken, transact } from './transact.ts';

export const dayFinished = z.object({ type: z.literal('DayFinished'), data: z.object({ day: z.string() }) });

const finishedDays = eventReader(dayFinished);

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
  const read = async () => {
    const [newest] = await commits.readNewest(key, 1);
    return { ...fileEndingWith(key, newest), commits: newest === undefined ? [] : [unseal(newest)] };
  };
  // Where a newer release said something else, the days are looked at again: nothing comes of it twice.
  const lastIn = ({ commits: newest }: FileOnRecord) => finishedDays.all(newest)[0]?.data.day;
  const last = lastIn(await read());
  const floor = addDays(today, -least);
  const from = last !== undefined && last < floor ? last : floor;
  const days: CivilDate[] = [];
  for (let day = from; day <= today; day = addDays(day, 1)) days.push(day);
  return {
    days,
    finish: async () => {
      if (last !== undefined && last >= today) return;
      const finished = await transact<undefined>(commits, { tries: backgroundTries, read }, (file) => {
        const by = lastIn(file);
        // This run or another one, meanwhile, has finished the day.
        if (by !== undefined && by >= today) return { end: undefined };
        return {
          append: {
            at: now(),
            by: clockActor,
            command: 'finish-day',
            request: { id: `${schedule}/${today}`, body: '' },
            events: [{ type: 'DayFinished', data: { day: today } }],
          },
        };
      });
      if (finished.what === 'overtaken' || finished.what === 'too-large') throw new Overtaken(key, backgroundTries);
    },
  };
}
