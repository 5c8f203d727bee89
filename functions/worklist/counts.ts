import type { Caller } from '@dandang/access/caller.ts';
import { assigneesOf } from '@dandang/access/party.ts';
import { waitsFor } from '@dandang/access/waiting.ts';
import { everyRow } from '@dandang/accept/listing.ts';
import { reaches } from '@dandang/calendar/calendar.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Counting } from '@dandang/casework/deadline.ts';
import { type TodoRow, todoRow } from '@dandang/casework/work-rows.ts';
import { todos } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';

/** Nobody reads a larger number. */
export const mostCounted = 99;
/** So many to-dos of one assignee are looked at: the answer is asked for again and again. */
const mostRows = 300;

const counted = ['todo', 'red', 'yellow', 'green', 'toSign', 'bounced'] as const;
type Counted = (typeof counted)[number];

/** How much waits. `more` names what goes on beyond its number. */
export type Counts = Readonly<Record<Counted, number>> & { readonly more: readonly Counted[] };

/** The light of what is due on a day, as far as the day alone tells it. */
function lightOf(
  dueOn: CivilDate,
  today: CivilDate,
  { calendar, yellowWorkingDays }: Counting,
): 'red' | 'yellow' | 'green' {
  if (today > dueOn) return 'red';
  const near = reaches(calendar, dueOn) && today >= calendar.attentionDay(dueOn, yellowWorkingDays);
  return near ? 'yellow' : 'green';
}

/** In which numbers a to-do counts. */
const countsOf = ({ act, dueOn }: TodoRow, today: CivilDate, by: Counting): Counted[] => [
  'todo',
  ...(dueOn === undefined ? [] : [lightOf(dueOn, today, by)]),
  ...(act === 'acknowledge' ? (['toSign'] as const) : []),
  ...(act === 'resend' ? (['bounced'] as const) : []),
];

/** What waits for a caller under all of its hats, counted: each act on a matter once, as the to-do list shows it. */
export async function countsFor(
  views: Pick<ViewStore, 'list'>,
  hats: readonly Caller[],
  today: CivilDate,
  by: Counting,
): Promise<Counts> {
  const waiting = new Map<string, TodoRow>();
  let cut = false;
  for (const hat of hats)
    for (const assignee of assigneesOf(hat)) {
      let rows = 0;
      for await (const row of everyRow(views, todos.list(assignee), todoRow)) {
        if ((rows += 1) > mostRows) {
          cut = true;
          break;
        }
        if (waitsFor(row, assignee, hat)) waiting.set(`${row.matter.kind}/${row.matter.id}#${row.act}`, row);
      }
    }
  const sums = { todo: 0, red: 0, yellow: 0, green: 0, toSign: 0, bounced: 0 };
  for (const row of waiting.values()) for (const name of countsOf(row, today, by)) sums[name] += 1;
  const more = cut ? [...counted] : counted.filter((name) => sums[name] > mostCounted);
  for (const name of counted) sums[name] = Math.min(sums[name], mostCounted);
  return { ...sums, more };
}
