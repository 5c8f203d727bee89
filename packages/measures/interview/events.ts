import { term } from '@dandang/calendar/term.ts';
import { attachedFiles } from '@dandang/casework/attachment.ts';
import { subject, unitRef } from '@dandang/casework/matter.ts';
import { procedure } from '@dandang/policy/procedure.ts';
import * as z from 'zod/mini';
import { disputeAnswered, disputedReview, reviewers } from '../dispute.ts';
import { happened } from '../happened.ts';
import { reviewerNamed } from '../reviewer.ts';

/** Which of the persons in charge a subject is (Yichang, “督查问效的对象是谁”). */
export const responsibility = z.enum(['principal', 'in-charge', 'direct']);

const application = z.object({
  unit: unitRef,
  subjects: z.readonly(z.array(z.object({ ...subject.shape, responsibility }))),
  groups: z.readonly(z.array(z.object({ unit: z.string(), name: z.string() }))),
  circumstance: z.string(),
  circumstanceName: z.optional(z.string()),
  grounds: z.string(),
  origin: z.optional(z.object({ kind: z.string(), id: z.string() })),
  /** The unit that reviews, where the policy named one when the interview was applied for. */
  reviewOffice: z.optional(z.string()),
  /** How it proceeds; release 0.1.0 knew one procedure for all and wrote none. */
  procedure: z.optional(procedure),
});
export type Application = z.infer<typeof application>;

const person = z.object({ id: z.string(), name: z.string() });

/** Why a double booking was accepted. */
const anyway = z.optional(z.object({ reason: z.string(), with: z.readonly(z.array(z.string())) }));

const plan = z.object({
  at: z.string(),
  place: z.string(),
  lead: person,
  participants: z.readonly(z.array(person)),
  agenda: z.string(),
  plannedBy: z.string(),
  anyway,
});
export type InterviewPlan = z.infer<typeof plan>;

/** Somebody who was there: since presence counts with its unit then, and the offices that have to attend throughout among its roles. */
const attendee = z.object({
  ...person.shape,
  unit: z.optional(z.string()),
  offices: z.optional(z.readonly(z.array(z.string()))),
});
export type Attendee = z.infer<typeof attendee>;

/** A subject or a group that did not come, and why. */
const absence = z.union([
  z.object({ official: z.string(), name: z.string(), reason: z.string() }),
  z.object({ group: z.object({ unit: z.string(), name: z.string() }), reason: z.string() }),
]);
export type Absence = z.infer<typeof absence>;
const absent = z.optional(z.readonly(z.array(absence)));

/** The interview as it was held, and what of it was not as the rules have it. */
const holding = z.object({
  heldAt: z.string(),
  attendees: z.readonly(z.array(attendee)),
  /** Missing where release 0.1.0 recorded it: then whoever was called counts as having been there. */
  absent,
  minutes: z.string(),
  requirements: z.readonly(z.array(z.string())),
  irregular: z.optional(z.object({ reason: z.string(), breaks: z.readonly(z.array(z.string())) })),
  attachments: attachedFiles,
});
export type Holding = z.infer<typeof holding>;

export const measure = z.object({
  problem: z.string(),
  action: z.string(),
  responsible: z.string(),
  dueOn: z.string(),
});

/** One step of the ladder as it was counted for one subject: which interviews, in which window, and what follows. */
export const rung = z.object({
  /** The official, or the unit where units are counted. */
  official: z.string(),
  count: z.number(),
  window: z.object({ from: z.string(), to: z.string(), basis: z.enum(['rolling', 'calendar-year']) }),
  counted: z.readonly(z.array(z.object({ id: z.string(), heldOn: z.string() }))),
  /** The same interviews by the other window, which the deployment did not choose. */
  otherwise: z.object({
    count: z.number(),
    window: z.object({ from: z.string(), to: z.string(), basis: z.enum(['rolling', 'calendar-year']) }),
  }),
  proposal: z.nullable(z.enum(['circulate', 'admonition', 'organizational-handling'])),
});
export type Rung = z.infer<typeof rung>;

/** A review of what was put right; `requirements` and `within` where it failed, `together` the units that reviewed with the office. */
export const reviewed = z.object({
  outcome: z.enum(['passed', 'failed', 'unresolved']),
  opinion: z.string(),
  requirements: z.optional(z.readonly(z.array(z.string()))),
  within: z.optional(term),
  together: z.optional(z.readonly(z.array(unitRef))),
});
export type Reviewed = z.infer<typeof reviewed>;

/** What can happen to an interview, beside what can happen to every matter. */
export const interviewEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('InterviewApplied'), data: application }),
  happened('InterviewApproved', { opinion: z.string() }),
  happened('InterviewRejected', { reason: z.string() }),
  z.object({ type: z.literal('InterviewPlanned'), data: plan }),
  happened('PlanConcurred', { organ: z.string() }),
  happened('PlanObjected', { organ: z.string(), reason: z.string() }),
  happened('InterviewNotified', {}),
  happened('InterviewRescheduled', { at: z.string(), place: z.string(), reason: z.string(), absent, anyway }),
  happened('InterviewCancelled', { reason: z.string(), absent }),
  z.object({ type: z.literal('InterviewHeld'), data: holding }),
  /** The whole record as it is now, and why it was corrected. */
  happened('RecordCorrected', { held: holding, reason: z.string() }),
  z.object({ type: z.literal('LadderCounted'), data: rung }),
  happened('CaseStated', { official: z.string(), text: z.string() }),
  happened('ProposalDecided', {
    official: z.string(),
    proposal: z.string(),
    outcome: z.enum(['confirmed', 'declined']),
    reason: z.string(),
    scope: z.optional(z.string()),
    media: z.optional(z.string()),
    irregular: z.optional(z.object({ reason: z.string() })),
    counted: z.readonly(z.array(z.string())),
  }),
  happened('PlanFiled', { measures: z.readonly(z.array(measure)), attachments: attachedFiles }),
  happened('PlanAccepted', { reportEvery: z.optional(term) }),
  happened('PlanReturned', { reason: z.string(), within: z.optional(term) }),
  happened('ProgressReported', { text: z.string(), progress: z.number(), attachments: attachedFiles }),
  happened('RectificationCompleted', { text: z.string() }),
  happened('MeasureReported', {
    /** The name of its deadline: `measure-2` for the second of the plan. */
    measure: z.string(),
    /** It was done; otherwise a report that meets nothing. */
    done: z.boolean(),
    text: z.string(),
    attachments: attachedFiles,
  }),
  happened('RectificationReviewed', reviewed.shape),
  happened('InterviewAnnulled', { reason: z.string() }),
  happened('InterviewDisputed', {
    grounds: z.string(),
    reviewers: z.optional(reviewers),
    review: disputedReview,
  }),
  /** A review was taken back because it was disputed: `review` as in the dispute. */
  happened('ReviewRevoked', { review: z.number(), reason: z.string() }),
  reviewerNamed,
  disputeAnswered,
  /** The matter that it came from was revoked: the principal leader decides what becomes of the interview, … */
  happened('OriginRevoked', { kind: z.string(), id: z.string() }),
  /** … and that it goes on. */
  happened('OriginConsidered', { reason: z.string() }),
]);
export type InterviewEvent = z.infer<typeof interviewEvent>;
