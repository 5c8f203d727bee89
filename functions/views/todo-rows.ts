import type { Gate } from '@dandang/access/gate.ts';
import type { Assignee } from '@dandang/access/party.ts';
import type { Todo } from '@dandang/casework/command.ts';
import { isOpen } from '@dandang/casework/deadline.ts';
import type { MatterSummary, StoredDeadline, StoredLetter } from '@dandang/casework/matter-summary.ts';
import type { TodoRow, UrgentDeadline } from '@dandang/casework/work-rows.ts';

/* What a to-do says of its matter, as far as whom it waits for may know of it. */

const goesTo = (assignee: Assignee, { to }: StoredLetter['deliveries'][number]): boolean =>
  assignee === `${to.kind === 'unit' ? 'unit' : 'person'}:${to.id}` || assignee === `unit-head:${to.id}`;

/** The number of the first letter that was addressed to somebody, among those that the assignee may read. */
function numberFor(letters: readonly StoredLetter[], assignee: Assignee, { file }: Gate): string | undefined {
  const numbered = letters.filter(({ number }) => number !== undefined);
  const read = file.includes(assignee)
    ? numbered
    : numbered.filter(({ deliveries }) => deliveries.some((one) => goesTo(assignee, one)));
  return (read.find(({ deliveries }) => deliveries.some((one) => one.addressee === true)) ?? read[0])?.number;
}

const soonest = <T extends Pick<StoredDeadline, 'dueOn'>>(deadlines: readonly T[]): T | undefined =>
  deadlines.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0];

/**
 * Of the open deadlines the one that is owed by the act, and the most urgent ones for each way in which somebody may see the
 * matter: all of it, what is not an office's alone, a unit's own part. Who asks is shown the first of those that it may
 * follow. A to-do is put anew only where one of these few moves.
 */
function urgentFor(deadlines: readonly StoredDeadline[], { assignee, dueOn }: Todo): UrgentDeadline[] {
  const open = deadlines.filter(isOpen);
  const candidates = [
    soonest(open.filter((one) => one.dueOn === dueOn)),
    soonest(open),
    soonest(open.filter((one) => one.office !== true)),
    soonest(open.filter((one) => one.of !== undefined && assignee === `unit:${one.of}`)),
  ];
  return [...new Set(candidates)].flatMap((one) => {
    if (one === undefined) return [];
    const { dueOn: day, firm, yellowOn, redOn, office, of } = one;
    return {
      dueOn: day,
      firm,
      yellowOn,
      redOn,
      ...(office === undefined ? {} : { office }),
      ...(of === undefined ? {} : { of }),
    };
  });
}

/** What a to-do's row says beside the act. */
export function aboutMatter(
  { unit, letters, deadlines, gate }: MatterSummary,
  todo: Todo,
): Pick<TodoRow, 'unit' | 'number' | 'deadlines'> {
  const number = numberFor(letters, todo.assignee, gate);
  const urgent = urgentFor(deadlines, todo);
  return {
    unit,
    ...(number === undefined ? {} : { number }),
    ...(urgent.length === 0 ? {} : { deadlines: urgent }),
  };
}
