import type { Gate, Sight } from '@dandang/access/gate.ts';
import type { Reminder } from './reminder-matter.ts';

/* Who knows of a reminder, and what each of them is shown. */

/** Whom it concerns learns of it when it is issued, not before. */
export const gate = ({ unit, subjects, letters, details: { leader } }: Reminder): Gate => ({
  file: ['role:supervision', 'role:approver'],
  own:
    letters.length === 0 ? [] : [`unit:${unit.id}`, ...[leader, ...subjects].map((one) => `person:${one.id}` as const)],
});

/** What `details` of an answer holds. */
export function shown({ details, subjects }: Reminder, sight: Sight): Record<string, unknown> {
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
    disputes: details.disputes,
  };
  return sight === 'file' ? { ...own, returned: details.returned, approval: details.approval } : own;
}
