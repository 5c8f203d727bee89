import { personsBehind } from '@dandang/access/caller.ts';
import type { Actor } from '@dandang/casework/commit.ts';
import { rightOf } from '../own-right.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Body } from '@dandang/casework/matter.ts';
import { decideOpen, nameReviewer } from '../dispute.ts';
import type { InterviewEvent, Rung } from './events.ts';
import {
  type InterviewDetails,
  type InterviewRecord,
  type InterviewState,
  isHeld,
  isNotified,
  isPlanned,
  type LadderStep,
  procedureOf,
} from './interview-matter.ts';
import { sameCount } from './ladder.ts';

type InterviewBody = Body<InterviewState, InterviewDetails>;

/** A new count of one subject. Where the proposal had been decided on another count it is open again, visibly. */
function recounted(steps: readonly LadderStep[], rung: Rung): LadderStep[] {
  const before = steps.find((step) => step.official === rung.official);
  const others = steps.filter((step) => step.official !== rung.official);
  if (before === undefined) return [...others, rung];
  if (sameCount(before, rung)) return [...others, { ...before, ...rung }];
  const { decided, reopened = [], ...open } = before;
  const earlier =
    decided === undefined
      ? reopened
      : [...reopened, { proposal: decided.proposal, outcome: decided.outcome, at: decided.at }];
  return [...others, { ...open, ...rung, ...(earlier.length === 0 ? {} : { reopened: earlier }) }];
}

/** Where a review leads. */
const afterReview = { passed: 'closed', failed: 'rectifying', unresolved: 'unresolved' } as const;

/** What an interview's own events make of it. */
export function evolveInterview(
  body: InterviewBody | undefined,
  event: InterviewEvent,
  at: Instant,
  by: Actor,
): InterviewBody {
  if (event.type === 'InterviewApplied') {
    const { unit, subjects, ...application } = event.data;
    const details: InterviewDetails = {
      ...application,
      persons: subjects,
      concurrences: {},
      times: [],
      measures: [],
      attachments: [],
      reports: [],
      reviews: [],
      ladder: [],
      corrections: [],
      disputes: [],
    };
    const state = procedureOf(application).consent === undefined ? 'approved' : 'applied';
    return { state, unit, subjects: subjects.map(({ responsibility: _as, ...one }) => one), details };
  }
  if (body === undefined) throw new Error(`an interview cannot begin with ${event.type}`);
  const { details } = body;
  const to = (state: InterviewState, change: Partial<InterviewRecord> = {}): InterviewBody => ({
    ...body,
    state,
    details: { ...details, ...change },
  });
  const early = (): Error => new Error(`${event.type} came too early: the interview was ${body.state}`);
  switch (event.type) {
    case 'InterviewApproved':
      return to('approved', { approval: { opinion: event.data.opinion, by: by.id, at } });
    case 'InterviewRejected':
      return to('rejected', { rejected: event.data });
    case 'InterviewPlanned': {
      // A plan that was replaced before anybody was called never was a time of the interview.
      const before = body.state === 'planned' ? details.times.slice(0, -1) : details.times;
      const times = [...before, { at: event.data.at, place: event.data.place }];
      const change = { plan: event.data, concurrences: {}, times };
      return isNotified(details)
        ? { ...body, state: 'planned', details: { ...details, ...change } }
        : { ...body, state: 'planned', details: { ...details, ...change } };
    }
    case 'PlanConcurred': {
      const concurred = { state: 'concurred', by: personsBehind(by) } as const;
      return to('planned', { concurrences: { ...details.concurrences, [event.data.organ]: concurred } });
    }
    case 'PlanObjected': {
      const { organ, reason } = event.data;
      return to('planned', { concurrences: { ...details.concurrences, [organ]: { state: 'objected', reason } } });
    }
    case 'InterviewNotified':
      if (!isPlanned(details)) throw early();
      return { ...body, state: 'notified', details: { ...details, notifiedAt: at, called: details.plan } };
    case 'InterviewRescheduled': {
      if (!isPlanned(details)) throw early();
      const { at: when, place, reason, absent } = event.data;
      const times = [...details.times, { at: when, place, reason, ...(absent === undefined ? {} : { absent }) }];
      const plan = { ...details.plan, at: when, place };
      return { ...body, state: 'notified', details: { ...details, plan, called: plan, times } };
    }
    case 'InterviewCancelled':
      return to('cancelled', { cancelled: event.data });
    case 'InterviewHeld':
      if (!isNotified(details)) throw early();
      return { ...body, state: 'held', details: { ...details, held: event.data } };
    case 'RecordCorrected': {
      if (!isHeld(details)) throw early();
      const { held, reason } = event.data;
      const corrections = [...details.corrections, { at, by: by.id, reason, before: details.held }];
      return { ...body, details: { ...details, held, corrections } };
    }
    case 'LadderCounted':
      return to(body.state, { ladder: recounted(details.ladder, event.data) });
    case 'CaseStated': {
      const { official, text } = event.data;
      const ladder = details.ladder.map((step) => (step.official === official ? { ...step, statement: text } : step));
      return to(body.state, { ladder });
    }
    case 'ProposalDecided': {
      const { official, outcome, proposal, reason, scope, media, irregular } = event.data;
      const decided = { outcome, proposal, reason, scope, media, irregular, by: by.id, at };
      const ladder = details.ladder.map((step) => (step.official === official ? { ...step, decided } : step));
      return to(body.state, { ladder });
    }
    case 'PlanFiled':
      return to('plan-filed', {
        measures: event.data.measures,
        attachments: event.data.attachments ?? [],
        planFiledAt: at,
      });
    case 'PlanAccepted':
      return to('rectifying', event.data.reportEvery === undefined ? {} : { reportEvery: event.data.reportEvery });
    case 'PlanReturned':
      return to('held', { planReturned: { reason: event.data.reason } });
    case 'ProgressReported':
      return to('rectifying', { reports: [...details.reports, { ...event.data, at }] });
    case 'RectificationCompleted':
      return to('completed', { completion: event.data });
    case 'MeasureReported':
      return to(body.state, { measureReports: [...(details.measureReports ?? []), { ...event.data, at }] });
    case 'RectificationReviewed':
      return to(afterReview[event.data.outcome], {
        reviews: [...details.reviews, { ...event.data, from: body.state, at }],
      });
    case 'ReviewRevoked': {
      const { review, reason } = event.data;
      const reviews = details.reviews.map((one, index) =>
        index === review - 1 ? { ...one, revoked: { reason } } : one,
      );
      // What a later review found stands.
      const last = review === reviews.length ? reviews.at(-1) : undefined;
      return to(last?.from ?? body.state, { reviews });
    }
    case 'InterviewAnnulled':
      return to('annulled', { annulled: event.data });
    case 'InterviewDisputed':
      return to(body.state, { disputes: [...details.disputes, { ...rightOf(by, body), ...event.data, at }] });
    case 'ReviewerNamed':
      return to(body.state, { disputes: nameReviewer(details.disputes, event.data.unit) });
    case 'DisputeAnswered':
      return to(body.state, { disputes: decideOpen(details.disputes, event.data) });
    case 'OriginRevoked':
      return to(body.state, { originRevoked: { matter: event.data } });
    case 'OriginConsidered':
      return details.originRevoked === undefined
        ? body
        : to(body.state, { originRevoked: { ...details.originRevoked, considered: event.data } });
  }
}
