import type { Actor } from '@dandang/casework/commit.ts';
import { withOffice } from '../deciders.ts';
import { rightOf } from '../own-right.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Body } from '@dandang/casework/matter.ts';
import type { Decided, ToleranceEvent } from './events.ts';
import type { Correction, ToleranceDetails, ToleranceState } from './tolerance-matter.ts';

type ToleranceBody = Body<ToleranceState, ToleranceDetails>;

const done = (corrections: readonly Correction[]): boolean => corrections.every((one) => one.state === 'accepted');

/** Where a matter stands by its decision: corrections are due, all are struck off, or none was ordered. */
const stateBy = (corrections: readonly Correction[]): ToleranceState =>
  corrections.length === 0 ? 'decided' : done(corrections) ? 'closed' : 'correcting';

/** What a decision makes of the corrections: one that was ordered before stays as far as it is. */
const ordered = (before: readonly Correction[], decision: Decided): Correction[] =>
  decision.corrections.map((one) => ({
    ...(before.find(({ number }) => number === one.number) ?? { state: 'ordered' as const }),
    ...one,
  }));

/** What a tolerance matter's own events make of it. */
export function evolveTolerance(
  body: ToleranceBody | undefined,
  event: ToleranceEvent,
  at: Instant,
  actor: Actor,
): ToleranceBody {
  const by = actor.id;
  if (event.type === 'ToleranceApplied') {
    const { unit, organ, official, ...application } = event.data;
    const details: ToleranceDetails = {
      ...application,
      investigators: [],
      everAppointed: [],
      hearings: [],
      decisions: [],
      corrections: [],
      reopened: [],
      reviews: [],
      corrected: [],
      periodEnded: false,
      asked: [],
      reforms: [],
      referrals: [],
    };
    return { state: 'applied', unit, organ, subjects: official === undefined ? [] : [official], details };
  }
  if (body === undefined) throw new Error(`a tolerance matter cannot begin with ${event.type}`);
  const { details } = body;
  const to = (state: ToleranceState, change: Partial<ToleranceDetails> = {}): ToleranceBody => ({
    ...body,
    state,
    details: { ...details, ...change },
  });
  const standsAt = (corrections: readonly Correction[]): Pick<ToleranceDetails, 'corrections' | 'corrected'> => ({
    corrections,
    corrected: [...details.corrected, { all: done(corrections), at }],
  });
  const decided = (
    decision: Decided,
  ): Pick<ToleranceDetails, 'decisions' | 'corrections' | 'corrected' | 'periodEnded'> => ({
    decisions: [...details.decisions, { ...decision, by, at }],
    periodEnded: false,
    ...standsAt(ordered(details.corrections, decision)),
  });
  const corrected = (numbers: readonly number[], change: Partial<Correction>): Correction[] =>
    details.corrections.map((one) => (numbers.includes(one.number) ? { ...one, ...change } : one));
  switch (event.type) {
    case 'ApplicationAccepted':
      return to('accepted', { acceptedAt: at });
    case 'ApplicationDeclined':
      return to('declined', { declined: { ...event.data, at } });
    case 'InvestigatorsAppointed':
      return to('investigating', {
        investigators: event.data.investigators,
        everAppointed: [...details.everAppointed, ...event.data.investigators.map(({ id }) => id)],
      });
    case 'FactorsAssessed':
      return to('investigating', { assessment: { ...event.data, by, at } });
    case 'PersonHeard':
      return to('investigating', { hearings: [...details.hearings, { ...event.data, by, at }] });
    case 'OutcomeProposed': {
      const { deciders, ...proposed } = event.data;
      return to('proposed', { proposal: { ...proposed, by, at }, deciders });
    }
    case 'ProposalReturned':
      return to('investigating', { returned: event.data });
    case 'ToleranceDecided': {
      const change = decided(event.data);
      return to(stateBy(change.corrections), change);
    }
    case 'CorrectionFiled': {
      const { correction, report, late, attachments } = event.data;
      return to(body.state, { corrections: corrected([correction], { state: 'filed', report, late, attachments }) });
    }
    case 'CorrectionAccepted': {
      const corrections = corrected([event.data.correction], { state: 'accepted' });
      return to(stateBy(corrections), standsAt(corrections));
    }
    case 'CorrectionReturned': {
      const { correction, reason } = event.data;
      return to(body.state, { corrections: corrected([correction], { state: 'returned', returned: { reason } }) });
    }
    case 'CorrectionReopened':
      return to('correcting', {
        ...standsAt(corrected(event.data.corrections, { state: 'reopened' })),
        reopened: [...details.reopened, { ...event.data, at }],
      });
    case 'ReviewRequested': {
      const { grounds, deciders } = event.data;
      return to(body.state, { reviews: [...details.reviews, { grounds, ...rightOf(actor, body), at }], deciders });
    }
    case 'ReviewerNamed':
      return to(body.state, { deciders: withOffice(details.deciders, event.data.unit) });
    case 'ReviewAnswered': {
      const { decision, outcome, reasons } = event.data;
      const reviews = details.reviews.map((one) => (one.outcome === undefined ? { ...one, outcome, reasons } : one));
      if (decision !== undefined) {
        const change = decided(decision);
        return to(stateBy(change.corrections), { reviews, ...change });
      }
      // Without a decision there was none to change: the application that was declined is taken up.
      return outcome === 'revoked' ? to('accepted', { reviews, acceptedAt: at }) : to(body.state, { reviews });
    }
    case 'ToleranceRescinded':
      return to('rescinded', { rescinded: { ...event.data, at } });
    case 'ImpactPeriodEnded':
      return to(body.state, { periodEnded: true });
    case 'ConfirmationAsked':
      return to(body.state, { asked: [...details.asked, { ...event.data, ...rightOf(actor, body), at }] });
    case 'ReformConfirmed':
      return to(body.state, { reforms: [...details.reforms, { ...event.data, by, at }] });
    case 'ToleranceReferred':
      return to(body.state, { referrals: [...details.referrals, { ...event.data, by, at }] });
  }
}
