import { either, role, theSubject, theUnit } from '@dandang/access/party.ts';
import { commandsOf, type Needs } from '@dandang/casework/command.ts';
import { numbersOf } from '../official-letter.ts';
import { filingRef } from './application.ts';
import type { ToleranceEvent } from './events.ts';
import { signatureFiles } from './signatures.ts';
import type { Tolerance, ToleranceDetails, ToleranceState } from './tolerance-matter.ts';

/* What the commands of a tolerance matter have in common: who acts, whom a letter may go to, the numbers it needs. */

export const command = commandsOf<ToleranceState, ToleranceDetails, ToleranceEvent>();

/** Whoever takes part in deciding, of whichever organ (docs/decisions/0010). */
export const decider = role('decider');
/** Those whose matter it is: the official, and its unit for its Party organisation. */
export const concerned = either(theUnit, theSubject);

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
