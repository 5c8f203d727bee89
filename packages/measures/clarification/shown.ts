import type { Gate, Sight } from '@dandang/access/gate.ts';
import type { Clarification } from './clarification-matter.ts';

/* Who knows of a clarification, and what each of them is shown. */

/** Before it is issued nobody whom it concerns knows of it. */
export const gate = ({ organ, unit, subjects, letters, details }: Clarification): Gate => ({
  file: [`unit:${organ?.id ?? ''}`, 'role:decider'],
  own: letters.length === 0 ? [] : [...subjects.map((one) => `person:${one.id}` as const), `unit:${unit.id}`],
  copy: letters.length === 0 ? [] : details.copies.map((one) => `unit:${one.id}` as const),
  // An official who serves with the organ never sees the report itself, and nothing of a draft but that there is one.
  parties: subjects.map((one) => one.id),
});

/** What the statement says, for whom it went to; for the file everything, under the names used when entering it. */
export function shown(matter: Clarification, sight: Sight): Record<string, unknown> {
  const { official, report, copies, ...rest } = { ...matter.details, official: matter.subjects[0]?.id };
  if (sight === 'file') return { official, report, copies: copies.map((one) => one.id), ...rest };
  const { finding, form: announced, issuedAt, rescinded } = rest;
  if (issuedAt === undefined) return { official };
  return { official, report: { allegation: report.allegation }, finding, form: announced, issuedAt, rescinded };
}
