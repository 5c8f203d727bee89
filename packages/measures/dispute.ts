import { type Assignee, officersOf, type Party, role } from '@dandang/access/party.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Context, Needs } from '@dandang/casework/command.ts';
import { isOpen } from '@dandang/casework/deadline.ts';
import { ended, met, startedForOffice } from '@dandang/casework/deadline-events.ts';
import type { Raise } from '@dandang/casework/event-reader.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import { type CommonEvent, findDeadline, type Matter } from '@dandang/casework/matter.ts';
import { malformedAt, refuse } from '@dandang/casework/refusal.ts';
import type { Warning } from '@dandang/casework/warning.ts';
import * as z from 'zod/mini';
import { happened } from './happened.ts';
import { inPresentWords } from './present-words.ts';
import { barredFrom } from './reviewer.ts';

/*
 * A dispute 异议 about a matter (《政府督查工作条例》 art. 17; for what is no conclusion of a government's inspection by
 * analogy): what is the same whatever is disputed.
 */

/** Whether what is disputed stands 维持, or is taken back 撤销. */
const outcome = z.enum(['maintained', 'revoked']);

/** What is entered to raise one, and to decide it. */
export const disputeInput = z.strictObject({ grounds: freeText });
export const disputeDecision = z.strictObject({ outcome, reason: freeText });

/** Which review of the matter a dispute is against, from 1; absent where it is against the matter itself. */
export const disputedReview = z.optional(z.number());

/** What was open against the same is decided, all of it at once. */
export const disputeAnswered = happened('DisputeAnswered', { outcome, reason: z.string(), review: disputedReview });
type Answered = z.infer<typeof disputeAnswered>['data'];

/** Until 0.1.0 a dispute was `DisputeDecided`, and what stood `upheld`. */
export const disputeRaise: Raise = {
  DisputeDecided: inPresentWords('DisputeAnswered', 'outcome', { upheld: 'maintained', withdrawn: 'revoked' }),
};

/**
 * Who could decide when a dispute was raised: the approvers of the directory, and the unit that does where none of them
 * may. Absent on what was raised before this was noted.
 */
export const reviewers = z.object({
  approvers: z.readonly(z.array(z.string())),
  office: z.optional(z.string()),
});
type Reviewers = z.infer<typeof reviewers>;

/** What is entered to name the unit that decides. */
export const reviewerInput = z.strictObject({ unit: idText });

/** The unit that is named to decide. Refuses one that the directory does not know, and the one that disputes. */
export function reviewerIn({ unit }: z.infer<typeof reviewerInput>, matter: Pick<Matter, 'unit'>, context: Context) {
  if (context.directory.unit(unit) === undefined) return refuse('unknown-unit', { detail: unit });
  return unit === matter.unit.id
    ? malformedAt('unit', '不得由事项所涉单位自行裁决', 'no unit decides about itself')
    : [{ type: 'ReviewerNamed' as const, data: { unit } }];
}

/** One dispute; `outcome` is missing while it is open. */
export interface Dispute extends Partial<Answered> {
  readonly grounds: string;
  readonly at: Instant;
  readonly reviewers?: Reviewers | undefined;
}

type Disputed = Pick<Matter, 'acts' | 'recused' | 'subjects' | 'deadlines' | 'unit'> & {
  readonly details: { readonly disputes: readonly Dispute[] };
};

/** The disputes of a matter after a decision on what is open of them against the same. */
export const decideOpen = <T extends Dispute>(disputes: readonly T[], decided: Answered): T[] =>
  disputes.map((one) => (one.outcome === undefined && one.review === decided.review ? { ...one, ...decided } : one));

/** The same after the unit that decides was named. */
export const nameReviewer = <T extends Dispute>(disputes: readonly T[], unit: string): T[] =>
  disputes.map((one) =>
    one.outcome === undefined
      ? { ...one, reviewers: { approvers: one.reviewers?.approvers ?? [], office: unit } }
      : one,
  );

/** Whether a dispute of the matter still waits for its decision. */
export const openDispute = (matter: { readonly details: { readonly disputes: readonly Dispute[] } }): boolean =>
  matter.details.disputes.some((one) => one.outcome === undefined);

/* Who decides: an approver who took no part; where the directory knows none, the unit that is named for that. */

const approver = role('approver');

/** The name of the deadline of a decision. */
export const decisionDeadline = 'dispute-decision';
/** 收到申请的人民政府应当自收到申请之日起30日内作出复核决定 (art. 17). */
const decideWithinDays = 30;

/** What the kernel must know of it. */
export const decisionSheet = { title: '裁决异议', act: 'decide-dispute', owedBy: approver } as const;

/** What a dispute must have loaded before it is taken. */
export const reviewersNeeded: Pick<Needs, 'holdersOf'> = { holdersOf: ['approver'] };

/** What a dispute puts on file of its deciding: who could, … */
export const reviewersNow = (matter: Pick<Matter, 'unit'>, { holders, policy }: Context): Reviewers => {
  const office = policy.settings['dispute.reviewOffice'].value;
  // Nobody decides about itself.
  const named = office === null || office === matter.unit.id ? {} : { office };
  return { approvers: [...holders('approver')], ...named };
};
/** … and by when. A later dispute does not move the day. */
export const decisionOwed = (matter: Disputed, context: Context): CommonEvent[] =>
  startedForOffice(matter, decisionDeadline, decideWithinDays, context);
export const decisionMet = (matter: Disputed, { today }: Context): CommonEvent[] =>
  met(matter, decisionDeadline, today);
/** What was disputed is gone: nobody has to decide about it any more. */
export const decisionEnded = (matter: Disputed): CommonEvent[] => ended(matter, (name) => name === decisionDeadline);

const openOf = ({ details }: Disputed): Dispute[] => details.disputes.filter((one) => one.outcome === undefined);

/** The unit that decides in the approvers' place: where all are known, and all of them took part or stand aside. */
function inTheirPlace(
  matter: Disputed,
  tookPart: readonly string[],
): { readonly office: string | undefined } | undefined {
  const known = openOf(matter).flatMap((one) => one.reviewers ?? []);
  if (known.length === 0) return undefined;
  const barred = barredFrom(matter, tookPart);
  if (known.some(({ approvers }) => approvers.some((id) => !barred.has(id)))) return undefined;
  return { office: known.findLast(({ office }) => office !== undefined)?.office };
}

/** Those who decide what is open of a matter. Whoever becomes an approver meanwhile may, too. */
export function deciders(matter: Disputed, tookPart: readonly string[]): readonly Party[] {
  const office = inTheirPlace(matter, tookPart)?.office;
  return office === undefined ? [approver] : [approver, officersOf(office)];
}

/** The unit among them, as gates know it. */
export const decidingUnit = (matter: Disputed, tookPart: readonly string[]): Assignee[] => {
  const office = inTheirPlace(matter, tookPart)?.office;
  return office === undefined ? [] : [`unit:${office}`];
};

/** Nobody is left who may decide what is open, and no unit is named for that. */
export function noReviewer(matter: Disputed, tookPart: readonly string[]): boolean {
  const place = inTheirPlace(matter, tookPart);
  return place !== undefined && place.office === undefined;
}

export const reviewerWarnings = (matter: Disputed, tookPart: readonly string[]): Warning[] =>
  noReviewer(matter, tookPart) ? [{ code: 'no-reviewer' }] : [];

/** A dispute as it is shown: by when it must be decided while it is open, and not who could. */
export function shownDispute<T extends Dispute>(matter: Pick<Matter, 'deadlines'>, { reviewers: _who, ...dispute }: T) {
  const owed = dispute.outcome === undefined ? findDeadline(matter, decisionDeadline) : undefined;
  if (owed === undefined || !isOpen(owed)) return dispute;
  const { dueOn, firm, earliest, latest } = owed;
  return { ...dispute, decideBy: { dueOn, firm, earliest, latest } };
}
