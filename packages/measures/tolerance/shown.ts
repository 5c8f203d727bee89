import { type Caller, personsBehind } from '@dandang/access/caller.ts';
import { isOwnRight, withoutRight } from '../own-right.ts';
import type { Gate, Sight } from '@dandang/access/gate.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { receives } from '@dandang/access/party.ts';
import { decidersToSee } from '../deciders.ts';
import { nameOf } from './deciding.ts';
import { keptFrom } from './parties.ts';
import { undecidable } from './reviewer.ts';
import { effectsOf } from './standing.ts';
import {
  type DecisionOnFile,
  decisionInForce,
  investigatorsAtWork,
  reformNow,
  type Tolerance,
  type ToleranceState,
} from './tolerance-matter.ts';

/*
 * Who is shown what of a tolerance matter: those who judge the whole file; the official and the unit their own file and
 * the decision, never the notes of those who judge; a body that was copied the decision and what follows from it.
 */

/**
 * After these, or once a review was asked for, those who decide see the file: what is decided together must have been
 * read.
 */
const beforeDeciders: ReadonlySet<ToleranceState> = new Set([
  'applied',
  'accepted',
  'declined',
  'investigating',
  'withdrawn',
]);

const decisionLettersIn = (letters: Tolerance['letters']): Tolerance['letters'] =>
  letters.filter((one) => one.type === 'tolerance-decision');

/** Those who judge see the whole file; the official and the unit their own; the bodies that were copied the decision that. */
export function gate(matter: Tolerance): Gate {
  const { unit, organ, subjects, details, state, letters } = matter;
  const persons = subjects.map((one) => one.id);
  const copied = decisionLettersIn(letters)
    .flatMap((one) => one.deliveries)
    .filter(({ recipient, as }) => as === 'copy' && recipient.kind === 'unit');
  return {
    file: [
      `unit:${organ?.id ?? ''}`,
      ...investigatorsAtWork(matter).map((one) => `person:${one.id}` as const),
      ...(beforeDeciders.has(state) && details.reviews.length === 0 ? [] : decidersToSee(matter, keptFrom(matter))),
    ],
    own: [`unit:${unit.id}`, ...persons.map((id) => `person:${id}` as const)],
    copy: [
      ...new Set(copied.map(({ recipient }) => `unit:${recipient.id}` as const)),
      // Who is to name somebody to decide must know that the matter is there.
      ...(undecidable(matter) ? ['role:admin' as const] : []),
    ],
    // Whoever it is about reads no notes of those who judge, whatever office it holds.
    parties: persons,
  };
}

/** Whether the decision in force waits for the organ to confirm the reform, and what it found last. */
function reformShown(tolerance: Tolerance) {
  if (decisionInForce(tolerance)?.confirmed !== 'needed') return {};
  const found = reformNow(tolerance);
  return {
    reform:
      found === undefined ? { confirmed: false } : { confirmed: found.confirmed, finding: found.finding, at: found.at },
  };
}

/** A decision under the names it was entered with. */
const decisionShown = (decision: DecisionOnFile) => ({
  outcome: decision.outcome,
  handling: decision.handling,
  facts: decision.facts,
  reasons: decision.reasons,
  meeting: decision.meeting,
  correction: decision.corrections.map((one) => ({
    id: nameOf(one),
    requirement: one.requirement,
    within: one.within,
  })),
  noCorrection: decision.noCorrection,
  impactEndsOn: decision.impact?.endsOn,
  decidedOn: chinaDate(decision.at),
});

/** Whether a caller got a copy of the decision, or only sees that somebody is to be named to decide. */
const gotCopy = ({ letters }: Tolerance, caller: Caller): boolean =>
  decisionLettersIn(letters).some((one) => one.deliveries.some(({ recipient }) => receives(caller, recipient)));

/** What is shown to somebody under one hat. */
export function shownTo(tolerance: Tolerance, sight: Sight, caller: Caller): Record<string, unknown> {
  const { details, subjects } = tolerance;
  const persons = personsBehind(caller);
  const decision = decisionInForce(tolerance);
  const copied = {
    official: subjects[0]?.id,
    ...(details.group === undefined ? {} : { group: { unit: tolerance.unit.id, name: details.group.name } }),
    decision: decision === undefined ? undefined : decisionShown(decision),
    effects: decision === undefined ? undefined : details.rescinded === undefined ? effectsOf(decision) : [],
    rescinded: details.rescinded,
    ...reformShown(tolerance),
  };
  if (sight === 'copy') return gotCopy(tolerance, caller) ? copied : {};
  const mine = subjects.some((one) => persons.includes(one.id));
  const own = {
    initiator: details.initiator,
    unit: tolerance.unit.id,
    organ: tolerance.organ?.id,
    accountability: details.accountability,
    circumstances: details.circumstances.map((one) => one.id),
    circumstanceNames: details.circumstances.flatMap((one) => (one.name === undefined ? [] : [one.name])),
    statement: details.statement,
    riskFilings: details.riskFilings.map((one) => one.id),
    /** How each of them stood on the day of the decision, or of the application before one. */
    filings: decision?.riskFilings ?? details.riskFilings,
    attachments: details.attachments,
    acceptedAt: details.acceptedAt,
    declined: details.declined,
    // Who is to be judged must know by whom, to ask that somebody stands aside 回避.
    investigators: details.investigators,
    hearings: mine || sight === 'file' ? details.hearings : undefined,
    corrections: details.corrections.map((one) => ({ id: nameOf(one), ...one })),
    confirmationsAsked:
      details.asked.length === 0
        ? undefined
        : details.asked.map((one) => ({
            at: one.at,
            ...(sight === 'file' || isOwnRight(one, caller) ? { statement: one.statement } : {}),
          })),
    reopened: details.reopened,
    // What somebody asks a review for is its own, as what it says in the hearing is.
    reviews:
      sight === 'file'
        ? details.reviews.map(withoutRight)
        : details.reviews.map((one) => {
            const { by: _by, grounds, ...review } = withoutRight(one);
            return { ...review, ...(isOwnRight(one, caller) ? { grounds } : {}) };
          }),
    ...copied,
  };
  if (sight === 'own') return own;
  return {
    ...own,
    assessment: details.assessment,
    proposal: details.proposal,
    returned: details.returned,
    referrals: details.referrals.length === 0 ? undefined : details.referrals,
    decisions: details.decisions.map((one) => ({ ...decisionShown(one), by: one.by, filings: one.riskFilings })),
  };
}
