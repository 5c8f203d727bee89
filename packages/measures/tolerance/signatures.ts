import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import { met } from '@dandang/casework/deadline-events.ts';
import { signedOn } from '@dandang/casework/delivered.ts';
import { foldDelivery } from '@dandang/casework/delivery.ts';
import type { Hearing } from '@dandang/casework/hearing.ts';
import type { PlannedDelivery } from '@dandang/casework/letter-issue.ts';
import type { ToleranceEvent } from './events.ts';
import { decisionLetters } from './letters.ts';
import type { Tolerance } from './tolerance-matter.ts';

/* Who has signed for the decision in force 签收: read from the files of its deliveries. */

/** The deliveries of the decision in force, each with what its own file says of the signing. */
const deliveriesNow = (tolerance: Tolerance, { file }: Pick<Context, 'file'>) =>
  (decisionLetters(tolerance).at(-1)?.deliveries ?? []).map((planned) => ({
    planned,
    signed: signedOn(file({ kind: 'delivery', id: planned.id })),
  }));

/** Those of them that nobody has signed for. */
export const unsigned = (tolerance: Tolerance, context: Pick<Context, 'file'>): PlannedDelivery[] =>
  deliveriesNow(tolerance, context)
    .filter(({ signed }) => signed === undefined)
    .map(({ planned }) => planned);

/** The day on which the last of them was signed for, on paper or here; undefined while somebody has not signed. */
function servedOn(tolerance: Tolerance, context: Pick<Context, 'file'>): CivilDate | undefined {
  const days = deliveriesNow(tolerance, context).map(({ signed }) => signed);
  return days.every((day) => day !== undefined) ? days.toSorted().at(-1) : undefined;
}

/** The files that say who has signed for the decision in force. */
export const signatureFiles = (tolerance: Tolerance) =>
  (decisionLetters(tolerance).at(-1)?.deliveries ?? []).map(({ id }) => ({ kind: 'delivery', id }));

/** Somebody has signed for the decision: once all have, it is served. */
export const deliverySigned: Hearing<Tolerance, ToleranceEvent> = {
  of: 'delivery',
  events: ['DeliveryAcknowledged'],
  which: (file) => [foldDelivery(file)?.matter].flatMap((matter) => (matter?.kind === 'tolerance' ? [matter.id] : [])),
  needs: (matter) => ({ units: [], officials: [], files: signatureFiles(matter) }),
  decide: (matter, _data, context) => {
    const on = servedOn(matter, context);
    return on === undefined ? [] : met(matter, 'service', on);
  },
};
