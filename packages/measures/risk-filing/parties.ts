import { either, type Party, role, theSubject, theUnit } from '@dandang/access/party.ts';
import { commandsOf, type Needs } from '@dandang/casework/command.ts';
import { numbersOf } from '../official-letter.ts';
import type { RiskFilingEvent } from './events.ts';
import type { RiskFiling, RiskFilingDetails, RiskFilingState } from './risk-filing-matter.ts';

/* What the commands of a risk filing have in common: who acts, and whom a letter may go to. */

export const command = commandsOf<RiskFilingState, RiskFilingDetails, RiskFilingEvent>();

export const discipline = role('discipline');
/** Whoever filed: the official for itself, or whoever answers for the unit. */
export const theFiler = either(theSubject, theUnit);
export const filerOf = ({ details }: RiskFiling): readonly Party[] => [
  details.filer === 'official' ? theSubject : theUnit,
];

/** Everybody whom a letter about the filing may go to. */
export const partiesOf = ({ unit, subjects, organ }: RiskFiling): Needs => ({
  units: [unit.id, organ?.id ?? ''],
  officials: subjects.map((one) => one.id),
});

export const numbersFor = numbersOf('riskFiling.series');
