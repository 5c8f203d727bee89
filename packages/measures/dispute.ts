import type { CivilDate, Instant } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';
import { freeText } from '@dandang/casework/input.ts';
import * as z from 'zod/mini';
import { happened } from './happened.ts';

/* A dispute 异议 about a matter (《政府督查工作条例》 art. 17): what is the same whatever is disputed. */

/** Whether what is disputed stands 维持, or is taken back 撤销. */
const outcome = z.enum(['upheld', 'withdrawn']);

/** What is entered to raise one, and to decide it. */
export const disputeInput = z.strictObject({ grounds: freeText });
export const disputeDecision = z.strictObject({ outcome, reason: freeText });

/** What was open is decided, all of it at once. */
export const disputeDecided = happened('DisputeDecided', { outcome, reason: z.string() });
type Decided = z.infer<typeof disputeDecided>['data'];

/** One dispute; `outcome` is missing while it is open. */
export interface Dispute extends Partial<Decided> {
  readonly grounds: string;
  readonly at: Instant;
}

/** The disputes of a matter after a decision on what is open of them. */
export const decideOpen = <T extends Dispute>(disputes: readonly T[], decided: Decided): T[] =>
  disputes.map((one) => (one.outcome === undefined ? { ...one, ...decided } : one));

/** Whether a dispute of the matter still waits for its decision. */
export const openDispute = (matter: { readonly details: { readonly disputes: readonly Dispute[] } }): boolean =>
  matter.details.disputes.some((one) => one.outcome === undefined);

/** Whether the term for disputing is over today. A right whose last day cannot be counted yet stays open. */
export function disputeIsLate(from: CivilDate, within: Term, { calendar, today }: Context): boolean {
  const until = calendar.due(from, within);
  return !('refused' in until) && today > until.latest;
}
