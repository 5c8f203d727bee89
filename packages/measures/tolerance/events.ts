import { term } from '@dandang/calendar/term.ts';
import type { Raise } from '@dandang/casework/event-reader.ts';
import { attachedFiles } from '@dandang/casework/attachment.ts';
import { subject, unitRef } from '@dandang/casework/matter.ts';
import * as z from 'zod/mini';
import { decidersThen } from '../deciders.ts';
import { happened } from '../happened.ts';
import { reviewerNamed } from '../reviewer.ts';
import { outcome } from './outcome.ts';

export const initiator = z.enum(['official', 'unit', 'ex-officio']);

const circumstances = z.readonly(z.array(z.object({ id: z.string(), name: z.optional(z.string()) })));

const source = z.object({ kind: z.enum(['article', 'instrument', 'law', 'deployment']), reference: z.string() });

/** The law's own table, or the decision where the law is silent. */
const impactSource = z.object({ kind: z.enum(['law', 'decision']), reference: z.string() });

/** A risk filing that was referred to, and how it stood then: evidence, never immunity. */
const filingThen = z.object({ id: z.string(), state: z.string(), filedOn: z.string() });

const application = z.object({
  initiator,
  /** Whom it is about: one official, or a group 领导班子、集体 of the unit under its name. */
  official: z.optional(subject),
  group: z.optional(z.object({ name: z.string() })),
  unit: unitRef,
  organ: unitRef,
  accountability: z.object({
    reference: z.string(),
    fact: z.string(),
    proposedHandling: z.string(),
    matters: z.readonly(z.array(z.object({ kind: z.string(), id: z.string() }))),
  }),
  circumstances,
  statement: z.string(),
  riskFilings: z.readonly(z.array(filingThen)),
  attachments: attachedFiles,
});
export type Application = z.infer<typeof application>;

/** What was decided together 集体研究, with everything that follows from it as the policy had it then. */
const decision = z.object({
  outcome,
  handling: z.optional(z.string()),
  /** What was found, where it is not what the application says. */
  facts: z.optional(z.string()),
  reasons: z.string(),
  meeting: z.object({ body: z.string(), on: z.string() }),
  /** `number` counts the corrections of a matter, those of earlier decisions included. */
  corrections: z.readonly(z.array(z.object({ number: z.number(), requirement: z.string(), within: term }))),
  noCorrection: z.optional(z.object({ reason: z.string() })),
  /** Until when the handling weighs on the official, its last day included, and for what; for everything where absent. */
  impact: z.optional(
    z.object({ endsOn: z.string(), source: impactSource, purposes: z.optional(z.readonly(z.array(z.string()))) }),
  ),
  /** What a mitigation makes possible waits for the organ to confirm the reform. Absent on what 0.1.0 decided. */
  confirmed: z.optional(z.literal('needed')),
  effects: z.readonly(
    z.array(
      z.object({
        outcome,
        purposes: z.readonly(z.array(z.string())),
        text: z.string(),
        source,
        /** The source names the unit beside the person. */
        units: z.optional(z.literal(true)),
        /** Whom the clause is about, where that is not everybody. */
        subject: z.optional(z.string()),
      }),
    ),
  ),
  riskFilings: z.readonly(z.array(filingThen)),
});
export type Decided = z.infer<typeof decision>;

/** What a review comes to: the decision stands 维持, is another 变更, or the refusal to admit is taken back 撤销. */
export const reviewOutcome = z.enum(['maintained', 'changed', 'revoked']);

/** Where a tolerance that came to nothing goes. */
export const referredTo = z.enum(['discipline']);

/** What can happen to a tolerance matter, beside what can happen to every matter. */
export const toleranceEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ToleranceApplied'), data: application }),
  happened('ApplicationAccepted', {}),
  happened('ApplicationDeclined', { reason: z.string() }),
  happened('InvestigatorsAppointed', {
    investigators: z.readonly(z.array(z.object({ id: z.string(), name: z.string() }))),
  }),
  happened('FactorsAssessed', {
    factors: z.record(z.string(), z.object({ finding: z.string(), evidence: z.string() })),
    circumstances,
  }),
  happened('PersonHeard', { statement: z.string() }),
  happened('OutcomeProposed', { outcome, reasons: z.string(), deciders: z.optional(decidersThen) }),
  happened('ProposalReturned', { reason: z.string() }),
  z.object({ type: z.literal('ToleranceDecided'), data: decision }),
  happened('CorrectionFiled', {
    correction: z.number(),
    report: z.string(),
    late: z.boolean(),
    attachments: attachedFiles,
  }),
  happened('CorrectionAccepted', { correction: z.number() }),
  happened('CorrectionReturned', { correction: z.number(), reason: z.string() }),
  /** Sham or failed correction 虚假整改、整改不到位. */
  happened('CorrectionReopened', { corrections: z.readonly(z.array(z.number())), finding: z.string() }),
  happened('ReviewRequested', { grounds: z.string(), deciders: z.optional(decidersThen) }),
  reviewerNamed,
  happened('ReviewAnswered', { outcome: reviewOutcome, reasons: z.string(), decision: z.optional(decision) }),
  happened('ToleranceRescinded', { reason: z.string() }),
  /** The last day of the impact period has come. */
  happened('ImpactPeriodEnded', {}),
  happened('ConfirmationAsked', { statement: z.string() }),
  /** Whether the official has reflected and put things right 深刻反省、积极改正. */
  happened('ReformConfirmed', { finding: z.string(), confirmed: z.boolean() }),
  /** What did not mend, or was no mistake, goes to whoever holds to account. */
  happened('ToleranceReferred', { to: referredTo, reason: z.string() }),
]);
export type ToleranceEvent = z.infer<typeof toleranceEvent>;

const reviewDecided = z.object({ outcome: z.string(), decision: z.optional(z.unknown()) });

/**
 * Until 0.1.0 a review was `ReviewDecided`: what stood was `upheld`, and an application that was taken up after all was
 * `changed` without a decision.
 */
export const toleranceRaise: Raise = {
  ReviewDecided: ({ data }) => {
    const { outcome, decision: changed, ...rest } = z.looseObject(reviewDecided.shape).parse(data);
    const now = outcome === 'upheld' ? 'maintained' : changed === undefined ? 'revoked' : outcome;
    return {
      type: 'ReviewAnswered',
      data: { ...rest, outcome: now, ...(changed === undefined ? {} : { decision: changed }) },
    };
  },
};
