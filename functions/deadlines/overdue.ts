import { addDays, chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Log } from '@dandang/accept/log.ts';
import { lightOn } from '@dandang/casework/deadline.ts';
import { deadlineRow } from '@dandang/casework/work-rows.ts';
import { openDeadlines, upTo } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';

export interface OverdueSurroundings {
  readonly views: Pick<ViewStore, 'list'>;
  readonly now: () => Instant;
  readonly log: Pick<Log, 'info'>;
}

/** A row is some 600 bytes, so that a page is one answer of the table. */
const rowsPerPage = 1000;

/** Says how many deadlines of all measures are red today, for the dashboard. It reads those whose day is over, and no other. */
export async function sayOverdue({ views, now, log }: OverdueSurroundings): Promise<number> {
  const today = chinaDate(now());
  const through = upTo(addDays(today, -1));
  let overdue = 0;
  let cursor: string | undefined;
  do {
    const from = cursor === undefined ? {} : { cursor };
    const page = await views.list(openDeadlines.list(), { limit: rowsPerPage, through, ...from }, deadlineRow);
    overdue += page.rows.filter(({ brief }) => lightOn(brief.deadline, today) === 'red').length;
    cursor = page.cursor;
  } while (cursor !== undefined);
  log.info('deadlines-overdue', { overdue });
  return overdue;
}
