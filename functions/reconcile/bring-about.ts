import type { Bus, BusEvent } from '@dandang/accept/bus-events.ts';
import type { EffectSurroundings } from '@dandang/accept/effects.ts';
import { settleOnFile } from '@dandang/accept/decide-on-file.ts';
import { filesOn } from '@dandang/accept/files-on-day.ts';
import { daysToDo } from '@dandang/accept/finished-day.ts';
import { everyRow } from '@dandang/accept/listing.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import { addDays, type CivilDate } from '@dandang/calendar/civil-date.ts';
import { clockActor } from '@dandang/casework/commit.ts';
import { actRow } from '@dandang/casework/work-rows.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { deadlineActs, parseKey, scheduleKey } from '@dandang/store/keys.ts';
import { type Outstanding, outstandingOf, unsaid } from './consequences.ts';

interface BringAboutSurroundings extends EffectSurroundings {
  readonly bus: Bus;
}

/**
 * In days: so far back it looks at the most. What has been missing for longer rang an alarm every night meanwhile, and a
 * file that nobody mends must not make the nights ever longer.
 */
const farthest = 30;

/** In days: so far back it looks at least. */
const least = 2;

/** So many files are compared together: each waits for its reads most of the time. */
const atOnce = 16;

/**
 * Compares what was decided with what should have followed from it, and announces again whatever has not followed: letters
 * and their deliveries, decisions and what they mean in the files of others, deadlines and what the clock said of them. It
 * looks at the files of every day since the last night on which nothing was missing, two back at least, and at the days on
 * which the clock owed a word. What it announces the subscriber puts on file, as it would have at once; where that is
 * still away the next night announces it again. Gives how much was missing.
 *
 * @param onTheirWay files of which commits have just been rung for: what follows from these is compared the next night.
 */
export async function bringAbout(
  deps: BringAboutSurroundings,
  today: CivilDate,
  onTheirWay: ReadonlySet<string>,
): Promise<number> {
  await begin(deps, addDays(today, -least));
  const { days, finish } = await daysToDo(deps.commits, 'consequences', today, deps.now, least);
  const said = new Set<string>();

  const looks = async (file: string, look: () => Promise<readonly Outstanding[]>): Promise<void> => {
    let found: readonly Outstanding[];
    try {
      found = await look();
    } catch (error) {
      // One file that cannot be read must not keep the others from what they are owed.
      deps.log.error('consequence-not-compared', { file }, error);
      return;
    }
    const announcements = new Map<string, BusEvent>();
    for (const { what, lacking, announce } of found) {
      const name = JSON.stringify([what, lacking, announce]);
      if (said.has(name)) continue;
      said.add(name);
      deps.log.warn('consequence-missing', { what, file: lacking, of: announce.file });
      announcements.set(JSON.stringify(announce), announce);
    }
    if (announcements.size > 0) await deps.bus.publish([...announcements.values()]);
  };

  for (const day of days.slice(-(farthest + 1))) {
    const rings = (await filesOn(deps.commits, day)).filter(({ file }) => !onTheirWay.has(file)).values();
    const work = async (): Promise<void> => {
      for (const ring of rings) await looks(ring.file, () => outstandingOf(deps, ring));
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  // A file on which nothing happened for days may owe a word all the same.
  for (let day = addDays(today, -farthest); day <= today; day = addDays(day, 1))
    for await (const { matter } of everyRow(deps.views, deadlineActs.list(day), actRow))
      await looks(matter, () => unsaidOf(deps, matter));

  if (said.size + onTheirWay.size === 0) await finish();
  return said.size;
}

/** The first night puts on file where it began, so that what it finds missing is not forgotten before a night is whole. */
async function begin({ commits, now }: BringAboutSurroundings, day: CivilDate): Promise<void> {
  const key = scheduleKey('consequences');
  if ((await commits.readNewest(key, 1)).length > 0) return;
  await settleOnFile(commits, key, ({ version }) =>
    version > 0
      ? undefined
      : {
          at: now(),
          by: clockActor,
          command: 'finish-day',
          request: { id: `consequences/${day}`, body: '' },
          events: [{ type: 'DayFinished', data: { day } }],
        },
  );
}

async function unsaidOf(deps: EffectSurroundings, file: Ring['file']): Promise<readonly Outstanding[]> {
  const { kind, id } = parseKey(file);
  const open = measureOfKind(kind)?.fold(id, (await readFile(deps.commits, file)).commits);
  return open === undefined || open.newer ? [] : unsaid(deps, file, open);
}
