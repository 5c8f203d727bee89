import type { Gate, Sight } from '@dandang/access/gate.ts';
import { decidersToSee } from '../deciders.ts';
import type { Clarification } from './clarification-matter.ts';
import { drafters } from './parties.ts';
import { undecidable } from './reviewer.ts';

/* Who knows of a clarification, and what each of them is shown. */

/** Before it is issued nobody whom it concerns knows of it. */
export function gate(matter: Clarification): Gate {
  const { organ, unit, subjects, letters, details } = matter;
  return {
    file: [`unit:${organ?.id ?? ''}`, ...decidersToSee(matter, drafters(matter))],
    own: letters.length === 0 ? [] : [...subjects.map((one) => `person:${one.id}` as const), `unit:${unit.id}`],
    copy: [
      ...(letters.length === 0 ? [] : details.copies.map((one) => `unit:${one.id}` as const)),
      // Who is to name somebody to decide must know that the matter is there.
      ...(undecidable(matter) ? ['role:admin' as const] : []),
    ],
    // An official who serves with the organ never sees the report itself, and nothing of a draft but that there is one.
    parties: subjects.map((one) => one.id),
  };
}

/** What the statement says, for whom it went to; for the file everything, under the names used when entering it. */
export function shown(matter: Clarification, sight: Sight): Record<string, unknown> {
  const {
    official,
    report,
    copies,
    deciders: _deciders,
    ...rest
  } = { ...matter.details, official: matter.subjects[0]?.id };
  if (sight === 'file') return { official, report, copies: copies.map((one) => one.id), ...rest };
  const { finding, form: announced, issuedAt } = rest;
  // Why a statement was taken back is the organ's: it must not hint at new leads.
  const rescinded = rest.rescinded === undefined ? undefined : {};
  if (issuedAt === undefined) return { official };
  return { official, report: { allegation: report.allegation }, finding, form: announced, issuedAt, rescinded };
}
