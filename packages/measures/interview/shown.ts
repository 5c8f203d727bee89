import type { Caller } from '@dandang/access/caller.ts';
import type { Gate, Sight } from '@dandang/access/gate.ts';
import { openDispute } from '../dispute.ts';
import { isOwnRight, withoutRight } from '../own-right.ts';
import { withoutReasons } from './attendance.ts';
import type { Absence } from './events.ts';
import type { Interview } from './interview-matter.ts';

/* Who knows of an interview, and what each of them is shown. */

/** The officials who were called to it, whoever is called by the plan as it is now. */
const calledOnce = ({ letters }: Interview): string[] =>
  letters
    .filter(({ type }) => type === 'interview-notice' || type === 'interview-changed')
    .flatMap(({ deliveries }) => deliveries)
    .flatMap(({ recipient }) => (recipient.kind === 'official' ? [recipient.id] : []));

/** The offices and whoever leads see the file; whoever was called, and the unit, what concerns them once they were told. */
export function gate(matter: Interview): Gate {
  const { plan } = matter.details;
  return {
    file: [
      'role:supervision',
      'role:principal-leader',
      'role:party-committee-office',
      'role:discipline',
      'role:organization',
      ...(matter.details.procedure?.consent === 'leader' ? ['role:leader' as const] : []),
      `person:${matter.openedBy.id}`,
      ...(plan === undefined ? [] : [`person:${plan.lead.id}` as const]),
      ...(openDispute(matter) ? ['role:approver' as const] : []),
    ],
    own:
      matter.letters.length === 0
        ? []
        : [
            `unit:${matter.unit.id}`,
            // Whoever was called reads what became of it, also where another plan calls it no more.
            ...[
              ...new Set([
                ...[...matter.subjects, ...(plan?.participants ?? [])].map(({ id }) => id),
                ...calledOnce(matter),
              ]),
            ].map((id) => `person:${id}` as const),
          ],
  };
}

/** Other papers than the record say only who was absent, and so does what others are shown of it. */
const withoutWhy = <T extends { readonly absent?: readonly Absence[] | undefined }>({ absent, ...said }: T) => ({
  ...said,
  absent: withoutReasons(absent),
});

/** What an office said of the plan; who said it is on the history. */
const shownOf = (said: Interview['details']['concurrences'][string]) =>
  said.state === 'concurred' ? { state: said.state } : said;

/** What `details` of an answer holds. */
export function shown({ details }: Interview, sight: Sight, caller: Caller): Record<string, unknown> {
  const { held, ladder, disputes } = details;
  const own = {
    subjects: [
      ...details.persons.map(({ id, responsibility: as }) => ({ official: id, responsibility: as })),
      ...details.groups.map((group) => ({ group })),
    ],
    circumstance: details.circumstance,
    circumstanceName: details.circumstanceName,
    grounds: details.grounds,
    plan: details.plan,
    times: details.times.map(withoutWhy),
    measures: details.measures,
    attachments: details.attachments,
    reportEvery: details.reportEvery,
    reports: details.reports,
    planReturned: details.planReturned,
    completion: details.completion,
    reviews: details.reviews,
    // What the ladder proposes is between the official and the bodies that decide; the unit and participants do not see it.
    ladder: ladder.filter((one) => one.official === caller.id),
    // A dispute is between whose right it was and whoever decides it.
    disputes: disputes.filter((one) => isOwnRight(one, caller)).map(withoutRight),
    annulled: details.annulled,
    cancelled: details.cancelled && withoutWhy(details.cancelled),
    held:
      held === undefined
        ? undefined
        : withoutWhy({ heldAt: held.heldAt, requirements: held.requirements, absent: held.absent }),
    // None can be on a record that says nothing of absences. What was different before is not theirs to see.
    corrections: held?.absent === undefined ? undefined : details.corrections.map(({ at, reason }) => ({ at, reason })),
  };
  if (sight === 'own') return own;
  const { origin, approval, rejected, times, cancelled, procedure } = details;
  return {
    ...own,
    ladder,
    disputes: disputes.map(withoutRight),
    times,
    cancelled,
    held,
    corrections: own.corrections && details.corrections,
    origin,
    approval,
    rejected,
    concurrences: Object.fromEntries(
      Object.entries(details.concurrences).map(([organ, said]) => [organ, shownOf(said)]),
    ),
    procedure,
  };
}
