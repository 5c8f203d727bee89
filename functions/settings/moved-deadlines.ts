import { type Counting, type DeadlineDays, recount, sameDays } from '@dandang/casework/deadline.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { everyRow } from '@dandang/accept/listing.ts';
import { deadlineRow, type DeadlineRow } from '@dandang/casework/work-rows.ts';
import { openDeadlines } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';

/** An open deadline that another calendar would move, or would make firm. */
export interface MovedDeadline {
  readonly matter: Pick<DeadlineRow['matter'], 'kind' | 'id'>;
  readonly deadline: string;
  readonly before: DeadlineDays;
  readonly after: DeadlineDays;
}

const daysOf = ({ dueOn, earliest, latest, firm }: DeadlineDays): DeadlineDays => ({ dueOn, earliest, latest, firm });

/**
 * The open deadlines of all measures that the given calendar counts otherwise, soonest first. It reads the views, so it
 * advises: the owner of a matter counts for itself. One that the calendar cannot count at all is not listed.
 */
export async function* movedDeadlines(views: Pick<ViewStore, 'list'>, by: Counting): AsyncGenerator<MovedDeadline> {
  for await (const { matter, deadline } of everyRow(views, openDeadlines.list(), deadlineRow)) {
    const counted = recount(deadline, by);
    if (isRefusal(counted) || sameDays(deadline, counted)) continue;
    const { kind, id } = matter;
    yield { matter: { kind, id }, deadline: deadline.name, before: daysOf(deadline), after: daysOf(counted) };
  }
}
