import { type Caller, isOwnAct } from '@dandang/access/caller.ts';
import type { Sight } from '@dandang/access/gate.ts';
import { mayRead } from '@dandang/access/party.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { urgencyOf } from '@dandang/casework/days-left.ts';
import { isOpen } from '@dandang/casework/deadline.ts';
import { deliveryRow } from '@dandang/casework/delivery-row.ts';
import { type MatterSummary, showDeadline } from '@dandang/casework/matter-summary.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import { deliveryHeads } from '@dandang/store/keys.ts';
import { deadlinesFor, subjectsFor } from './matter-answer.ts';
import { numbersFor } from './readable-numbers.ts';
import type { HttpSurroundings } from './surroundings.ts';

/** A matter of a list, and how its caller sees it. */
export interface Seen {
  readonly row: MatterSummary;
  readonly sight: Sight;
  readonly measure: Measure;
}

interface Looking {
  readonly caller: Caller;
  readonly hats: readonly Caller[];
  readonly today: CivilDate;
}

/** The deliveries of a matter that its caller may know of; what is closed is asked after no more. */
const followed = ({ row, sight }: Seen, hats: readonly Caller[]): string[] =>
  row.final
    ? []
    : row.letters.flatMap(({ deliveries }) =>
        deliveries.filter(({ to }) => sight === 'file' || hats.some((hat) => mayRead(hat, to))).map(({ id }) => id),
      );

/** What nobody has to sign for any more. */
const settled: readonly string[] = ['acknowledged', 'dropped'];

/**
 * Matters as a list shows them: what the matter's own answer says, without documents, deliveries and details, and what a
 * row needs beside.
 */
export async function shownRows(
  { views, reference }: Pick<HttpSurroundings, 'views' | 'reference'>,
  page: readonly Seen[],
  { caller, hats, today }: Looking,
) {
  const ids = page.flatMap((seen) => followed(seen, hats));
  const [calendar, heads] = await Promise.all([
    reference.calendar(),
    views.getMany(ids.map(deliveryHeads.key), deliveryRow),
  ]);
  const done = new Set(heads.flatMap(({ data }) => (settled.includes(data.state) ? [data.id] : [])));
  return page.map((seen) => {
    const { row, sight, measure } = seen;
    const deadlines = deadlinesFor(row.deadlines, sight, hats);
    const { openedBy } = row;
    const whole = sight === 'file';
    return {
      id: row.id,
      kind: row.kind,
      kindTitle: measure.title,
      collection: measure.collection,
      state: row.state,
      stateTitle: measure.states.find(({ name }) => name === row.state)?.title ?? row.state,
      version: row.version,
      policy: row.policy,
      openedAt: row.openedAt,
      ...(whole ? { changedAt: row.changedAt } : {}),
      ...(openedBy !== undefined && (whole || isOwnAct(openedBy, caller)) ? { openedBy } : {}),
      unit: row.unit,
      subjects: subjectsFor(row.subjects, sight),
      headline: row.headline,
      numbers: numbersFor(row, sight, hats),
      deadlines: deadlines.map((deadline) => showDeadline(deadline, today)),
      ...urgencyOf(deadlines.filter(isOpen), { calendar, today }),
      ...(row.final ? {} : { unsigned: followed(seen, hats).filter((id) => !done.has(id)).length }),
      ...(whole || sight === 'own' ? row.shown : {}),
    };
  });
}
