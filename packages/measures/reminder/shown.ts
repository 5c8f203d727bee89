import type { Gate, Sight } from '@dandang/access/gate.ts';
import { decidingUnit, noReviewer, openDispute, shownDispute } from '../dispute.ts';
import { tookPart } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';

/* Who knows of a reminder, and what each of them is shown. */

/** Whom it concerns learns of it when it is issued, not before. */
export function gate(matter: Reminder): Gate {
  const { unit, subjects, letters, state, details } = matter;
  const disputed = openDispute(matter) && state !== 'rescinded';
  const persons = [details.leader, ...subjects].map((one) => `person:${one.id}` as const);
  return {
    file: ['role:supervision', 'role:approver', ...(disputed ? decidingUnit(matter, tookPart(matter)) : [])],
    own: letters.length === 0 ? [] : [`unit:${unit.id}`, ...persons],
    // Whoever names a unit to decide knows whom it is about and no more.
    ...(disputed && noReviewer(matter, tookPart(matter)) ? { copy: ['role:admin' as const] } : {}),
  };
}

/** What `details` of an answer holds. */
export function shown(matter: Reminder, sight: Sight): Record<string, unknown> {
  const { details, subjects } = matter;
  if (sight === 'copy') return {};
  const own = {
    leader: details.leader,
    circumstance: details.circumstance,
    circumstanceName: details.circumstanceName,
    subject: details.subject,
    findings: details.findings,
    requirements: details.requirements,
    replyWithin: details.replyWithin,
    officials: subjects.map((one) => one.id),
    reply: details.reply,
    review: details.review,
    interview: details.interview,
    closed: details.closed,
    rescinded: details.rescinded,
    disputes: details.disputes.map((one) => shownDispute(matter, one)),
  };
  return sight === 'file' ? { ...own, returned: details.returned, approval: details.approval } : own;
}
