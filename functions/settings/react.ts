import { countingBy } from '@dandang/accept/context.ts';
import type { Bus, BusEvent } from '@dandang/accept/bus-events.ts';
import type { Log } from '@dandang/accept/log.ts';
import { calendarWith, importedYears, type Reference } from '@dandang/accept/reference.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { calendarKey, matterKey } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import { movedDeadlines } from './moved-deadlines.ts';

export interface AnnounceCalendarSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly views: Pick<ViewStore, 'list'>;
  readonly reference: Pick<Reference, 'policyInForce'>;
  readonly bus: Bus;
  readonly log: Log;
}

/**
 * After an import of a year: tells the owner of every matter with an open deadline that the new calendar moves. It reads
 * the calendar from its file, because what is remembered may be the one before.
 */
export async function announceCalendar(deps: AnnounceCalendarSurroundings, event: BusEvent): Promise<void> {
  if (event.type !== 'CommitAccepted' || event.file !== calendarKey()) return;
  const calendar = calendarWith(importedYears(await readFile(deps.commits, calendarKey())));
  const policy = await deps.reference.policyInForce();
  const told = new Set<string>();
  // The walk ends before anything is said: an owner that answers at once would move rows under the reader.
  for await (const { matter } of movedDeadlines(deps.views, countingBy(policy, calendar)))
    told.add(matterKey(matter.kind, matter.id));
  const { edition } = calendar;
  const events = [...told].map((file) => ({ type: 'CalendarChanged' as const, file, edition }));
  for (let start = 0; start < events.length; start += 100) await deps.bus.publish(events.slice(start, start + 100));
  deps.log.info('calendar-announced', { edition, matters: told.size });
}
