import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Bus, SendQueue } from '@dandang/accept/bus-events.ts';
import { daysToDo } from '@dandang/accept/finished-day.ts';
import { everyPage } from '@dandang/accept/listing.ts';
import type { Log } from '@dandang/accept/log.ts';
import { issueSheets } from '@dandang/accept/chasing.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import type { Reference } from '@dandang/accept/reference.ts';
import { actRow, heldMail } from '@dandang/casework/work-rows.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { deadlineActs, heldMails } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';

export interface SweepSurroundings {
  readonly commits: Pick<CommitStore, 'readNewest' | 'append'>;
  readonly views: Pick<ViewStore, 'list'>;
  readonly bus: Bus;
  readonly queue: SendQueue;
  readonly now: () => Instant;
  readonly log: Log;
}

/** What a chaser sheet needs beside it: the matters, who is who, what is a working day. */
export interface MailSweepSurroundings extends SweepSurroundings {
  readonly commits: Pick<CommitStore, 'read' | 'readNewest' | 'append'>;
  readonly reference: Pick<Reference, 'calendar' | 'directory' | 'policyInForce'>;
}

/**
 * How many days a sweep looks back at least (docs/runbook.md says it too): a row that was written late, or whose owner was
 * away for weeks, is still found. A day on which nothing is due any more costs one empty read.
 */
export const lookBack = 30;

/** Every page but the last reads one row more than it gives, so the pages are large: a row is some 300 bytes. */
const rowsPerPage = 1000;

/** Announces what is due on the lists of the days since the last finished one. It reads what is due and nothing else. */
async function announceDue(deps: SweepSurroundings, name: string, list: (day: CivilDate) => string): Promise<number> {
  const today = chinaDate(deps.now());
  const { days, finish } = await daysToDo(deps.commits, name, today, deps.now, lookBack);
  let read = 0;
  for (const day of days)
    for await (const rows of everyPage(deps.views, list(day), actRow, rowsPerPage)) {
      await deps.bus.publish(
        rows.map(({ matter, deadline }) => ({ type: 'DeadlineReached', file: matter, deadline, day: today })),
      );
      read += rows.length;
    }
  await finish();
  deps.log.info('sweep-finished', { sweep: name, days: days.length, announced: read });
  return read;
}

/** After midnight in China: deadlines that turn yellow or red today. */
export const sweepLights = (deps: SweepSurroundings): Promise<number> =>
  announceDue(deps, 'sweep-lights', deadlineActs.list);

/** In working hours: chaser sheets, and to-do mails that were held until today. */
export async function sweepMails(deps: MailSweepSurroundings): Promise<number> {
  const issued = await issueSheets({ ...deps, measureOfKind });
  deps.log.info('chasers-issued', { sheets: issued });
  const today = chinaDate(deps.now());
  const { days, finish } = await daysToDo(deps.commits, 'sweep-held-mails', today, deps.now, lookBack);
  let read = issued;
  for (const day of days)
    for await (const rows of everyPage(deps.views, heldMails.list(day), heldMail, rowsPerPage)) {
      await Promise.all(rows.map(({ id }) => deps.queue.put({ delivery: id }, 0)));
      read += rows.length;
    }
  await finish();
  return read;
}
