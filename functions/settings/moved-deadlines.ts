import { type Counting, recount } from '@dandang/casework/deadline.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { deadlineRow, type DeadlineRow } from '@dandang/lambda/work-rows.ts';
import { openDeadlines } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';

/** The days of a deadline that a person sees. */
interface DeadlineDays {
  readonly dueOn: string;
  readonly earliest: string;
  readonly latest: string;
  readonly firm: boolean;
}

/** An open deadline that another calendar would move, or would make firm. */
export interface MovedDeadline {
  readonly matter: Pick<DeadlineRow['matter'], 'kind' | 'id'>;
  readonly deadline: string;
  readonly before: DeadlineDays;
  readonly after: DeadlineDays;
}

const daysOf = ({ dueOn, earliest, latest, firm }: DeadlineDays): DeadlineDays => ({ dueOn, earliest, latest, firm });

const same = (a: DeadlineDays, b: DeadlineDays): boolean =>
  a.dueOn === b.dueOn && a.earliest === b.earliest && a.latest === b.latest && a.firm === b.firm;

/**
 * The open deadlines of all measures that the given calendar counts otherwise, soonest first. It reads the views, so it
 * advises: the owner of a matter counts for itself. One that the calendar cannot count at all is not listed.
 */
export async function* movedDeadlines(views: Pick<ViewStore, 'list'>, by: Counting): AsyncGenerator<MovedDeadline> {
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? {} : { cursor };
    const page = await views.list(openDeadlines.list(), { limit: 100, ...more }, deadlineRow);
    for (const { data } of page.rows) {
      const { matter, deadline } = data;
      const counted = recount(deadline, by);
      if (isRefusal(counted) || same(deadline, counted)) continue;
      const { kind, id } = matter;
      yield { matter: { kind, id }, deadline: deadline.name, before: daysOf(deadline), after: daysOf(counted) };
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
}
