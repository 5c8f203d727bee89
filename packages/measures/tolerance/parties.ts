import { either, type Party, theDeciders, theSubject, theUnit } from '@dandang/access/party.ts';
import { commandsOf, type Exclusion, type Needs } from '@dandang/casework/command.ts';
import { whoDid } from '@dandang/casework/matter.ts';
import { decidersOf } from '../deciders.ts';
import { numbersOf } from '../official-letter.ts';
import { filingRef } from './application.ts';
import type { ToleranceEvent } from './events.ts';
import { signatureFiles } from './signatures.ts';
import { openReview, type Tolerance, type ToleranceDetails, type ToleranceState } from './tolerance-matter.ts';

/* What the commands of a tolerance matter have in common: who acts, whom a letter may go to, the numbers it needs. */

export const command = commandsOf<ToleranceState, ToleranceDetails, ToleranceEvent>();

/** Whoever takes part in deciding in the organ's name (docs/decisions/0010). */
export const decider = theDeciders;
/** Those whose matter it is: the official, and its unit for its Party organisation, or for the group that it is about. */
export const concerned = either(theUnit, theSubject);
/** Who speaks for whom it is about: the official itself, the unit for a group. */
export const whomItIsAbout = ({ details }: Tolerance): Party => (details.group === undefined ? theSubject : theUnit);

/** What prepares a decision: whoever did one of these does not decide it. */
const preparing: ReadonlySet<string> = new Set(['open', 'assess', 'propose']);
/** Who opened it, proposed, or was ever to investigate it, under whatever hat. */
export const prepared = (matter: Tolerance): Exclusion => ({
  rule: 'own-approval',
  persons: [...whoDid(matter, preparing), ...matter.details.everAppointed],
});

/**
 * Those who acted on the matter so far, whatever they did, and all who were ever to investigate it, of whom one writes for
 * all: none of them reviews it.
 */
export const tookPart = ({ acts, details }: Tolerance): Exclusion => ({
  rule: 'reviewer-took-part',
  persons: [...acts.map((act) => act.person), ...details.everAppointed],
});

/** Whom a rule keeps from what is to be decided now: the review that is open, or the proposal. */
export const keptFrom = (matter: Tolerance): Exclusion => (openReview(matter) ? tookPart(matter) : prepared(matter));

/** Those who decide it now. */
export const decidersNow = (matter: Tolerance): readonly Party[] => decidersOf(matter, keptFrom(matter));

/** Everybody whom a letter may go to, and the files that say who has signed for the decision. */
export const partiesOf = (tolerance: Tolerance): Needs => ({
  units: [tolerance.unit.id, tolerance.organ?.id ?? ''],
  officials: tolerance.subjects.map((one) => one.id),
  unitsUnder: ({ tolerance: { copies } }) => copies.map((one) => one.id),
  files: signatureFiles(tolerance),
});
/** The same with the risk filings, whose state is looked up again on the day of the decision. */
export const decisionNeeds = (tolerance: Tolerance): Needs => ({
  ...partiesOf(tolerance),
  files: tolerance.details.riskFilings.map(({ id }) => filingRef(id)),
  unitsOfFiles: true,
});

export const numbersFor = numbersOf('tolerance.series');
