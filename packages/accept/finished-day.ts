import { addDays, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { clockActor, unseal } from '@dandang/casework/commit.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { fileEndingWith, type FileOnRecord } from '@dandang/store/file.ts';
import { scheduleKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { givenUp, transact, tries } from './transact.ts';

const dayFinished = z.object({ type: z.literal('DayFinished'), data: z.object({ day: z.string() }) });

export interface DaysToDo {
  /** Oldest first, today included. */
  readonly days: readonly CivilDate[];
  /** Puts on file that today was finished; a run that had nothing new to finish writes nothing. */
  readonly finish: () => Promise<void>;
}

/** The newest commit of a schedule's file: what was finished last, and what the next one is appended behind. */
async function lastFinished(
  commits: Pick<CommitStore, 'readNewest'>,
  key: string,
): Promise<FileOnRecord & { readonly last: CivilDate | undefined }> {
  const [newest] = await commits.readNewest(key, 1);
  const events = newest === undefined ? [] : unseal(newest).events;
  return { ...fileEndingWith(key, newest), last: events.map((event) => dayFinished.parse(event).data.day)[0] };
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
  const { last } = await lastFinished(commits, key);
  const floor = addDays(today, -least);
  const from = last !== undefined && last < floor ? last : floor;
  const days: CivilDate[] = [];
  for (let day = from; day <= today; day = addDays(day, 1)) days.push(day);
  return {
    days,
    finish: async () => {
      const read = () => lastFinished(commits, key);
      const finished = await transact({ commits, read, tries: tries.reaction }, (file) => {
        // Another run may have finished the day meanwhile.
        if (file.last !== undefined && file.last >= today) return { answer: undefined };
        return {
          append: {
            at: now(),
            by: clockActor,
            command: 'finish-day',
            request: { id: `${schedule}/${today}`, body: '' },
            events: [{ type: 'DayFinished', data: { day: today } }],
          },
          afterwards: () => undefined,
        };
      });
      if (finished === givenUp) throw new Error(`${key} changed again and again`);
    },
  };
}
