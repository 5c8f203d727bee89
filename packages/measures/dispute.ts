import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';

/** Whether a dispute 异议 of the matter still waits for its decision. */
export const openDispute = (matter: {
  readonly details: { readonly disputes: readonly { readonly outcome?: string }[] };
}): boolean => matter.details.disputes.some((one) => one.outcome === undefined);

/**
 * Whether the term for disputing (《政府督查工作条例》 art. 17) is over today. A right whose last day cannot be counted yet
 * stays open.
 */
export function disputeIsLate(from: CivilDate, within: Term, { calendar, today }: Context): boolean {
  const until = calendar.due(from, within);
  return !('refused' in until) && today > until.latest;
}
