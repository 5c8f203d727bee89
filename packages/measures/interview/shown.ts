import type { Caller } from '@dandang/access/caller.ts';
import type { Gate, Sight } from '@dandang/access/gate.ts';
import { decidingUnit, noReviewer, openDispute, shownDispute } from '../dispute.ts';
import { isOwnRight, withoutRight } from '../own-right.ts';
import type { Interview } from './interview-matter.ts';
import { tookPart } from './parties.ts';

/* Who knows of an interview, and what each of them is shown. */

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
            ...[...matter.subjects, ...(plan?.participants ?? [])].map((one) => `person:${one.id}` as const),
          ],
  };
}

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
    times: details.times,
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
    cancelled: details.cancelled,
    held: held === undefined ? undefined : { heldAt: held.heldAt, requirements: held.requirements },
  };
  if (sight === 'own') return own;
  const { origin, approval, rejected, concurrences } = details;
  return { ...own, ladder, disputes: disputes.map(disputed), held, origin, approval, rejected, concurrences };
}
