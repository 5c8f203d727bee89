import { term } from '@dandang/calendar/term.ts';
import { attachedFiles } from '@dandang/casework/attachment.ts';
import { subject, unitRef } from '@dandang/casework/matter.ts';
import * as z from 'zod/mini';
import { happened } from '../happened.ts';
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
  official: subject,
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
  /** Until when the handling weighs on the official; its last day included. */
  impact: z.optional(z.object({ endsOn: z.string(), source: impactSource })),
  effects: z.readonly(
    z.array(
      z.object({
        outcome,
        purposes: z.readonly(z.array(z.string())),
        text: z.string(),
        source,
        /** The source names the unit beside the person. */
        units: z.optional(z.literal(true)),
      }),
    ),
  ),
  riskFilings: z.readonly(z.array(filingThen)),
});
export type Decided = z.infer<typeof decision>;

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
  happened('OutcomeProposed', { outcome, reasons: z.string() }),
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
  happened('ReviewRequested', { grounds: z.string() }),
  happened('ReviewDecided', {
    outcome: z.enum(['upheld', 'changed']),
    reasons: z.string(),
    decision: z.optional(decision),
  }),
  happened('ToleranceRescinded', { reason: z.string() }),
]);
export type ToleranceEvent = z.infer<typeof toleranceEvent>;
