import type { Caller } from '@dandang/access/caller.ts';
import type { Gate, Sight } from '@dandang/access/gate.ts';
import { decidingUnit, noReviewer, openDispute, shownDispute } from '../dispute.ts';
import { isOwnRight, withoutRight } from '../own-right.ts';
import { withoutReasons } from './attendance.ts';
import type { Absence } from './events.ts';
import type { Interview } from './interview-matter.ts';
import { tookPart } from './parties.ts';

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
  const disputed = openDispute(matter) && matter.state !== 'annulled';
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
      ...(disputed ? ['role:approver' as const, ...decidingUnit(matter, tookPart(matter))] : []),
    ],
    // Whoever names a unit to decide knows whom it is about and no more.
    ...(disputed && noReviewer(matter, tookPart(matter)) ? { copy: ['role:admin' as const] } : {}),
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
export function shown(matter: Interview, sight: Sight, caller: Caller): Record<string, unknown> {
  const { details } = matter;
  if (sight === 'copy') return {};
  const disputed = (one: (typeof details.disputes)[number]) => withoutRight(shownDispute(matter, one));
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
    measureReports: details.measureReports,
    planReturned: details.planReturned,
    completion: details.completion,
    reviews: details.reviews.map(({ from: _from, ...review }) => review),
    // What the ladder proposes is between the official and the bodies that decide; the unit and participants do not see it.
    ladder: ladder.filter((one) => one.official === caller.id),
    // A dispute is between whose right it was and whoever decides it.
    disputes: disputes.filter((one) => isOwnRight(one, caller)).map(disputed),
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
    disputes: disputes.map(disputed),
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
