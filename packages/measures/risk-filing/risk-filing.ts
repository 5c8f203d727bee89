import { either, role, theOrgan } from '@dandang/access/party.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { defineMeasure } from '@dandang/casework/define-measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { firstLine } from '../headline.ts';
import { measureTitles } from '../titles.ts';
import { type RiskFilingEvent, riskFilingEvent } from './events.ts';
import { evolveRiskFiling } from './evolve.ts';
import { filed, filingCommands, type Opening, openingInput, openingNeeds } from './filing.ts';
import { owedOfFiling } from './letters.ts';
import { filerOf, partiesOf, theFiler } from './parties.ts';
import type { RiskFiling, RiskFilingDetails, RiskFilingState } from './risk-filing-matter.ts';
import { ventureCommands } from './venture.ts';
import { riskFilingRefusals } from './refusals.ts';
import { riskFilingWording } from './wording.ts';

export const riskFilingCommands = {
  // filed → active | declined, or returned → filed
  ...filingCommands,
  // active → concluded | revoked | expired
  ...ventureCommands,
};

/** What people may do to it, beside what every measure knows. */
export type RiskFilingCommand = keyof typeof riskFilingCommands;

/** What is owed by when; `words.ts` adds the English. */
export const riskFilingDeadlines = {
  validity: {
    title: '备案有效期',
    act: 'conclude',
    owedBy: theFiler,
    debtor: (matter) => either(...filerOf(matter)),
    runsOut: () => [{ type: 'FilingExpired', data: {} }],
  },
} satisfies Readonly<Record<string, DeadlineSheet<RiskFiling, RiskFilingEvent>>>;

/**
 * The risk filing 前瞻性决策风险事前报备: put on file before acting, watched while it lasts, evidence in a later tolerance and
 * never immunity. Source: Yichang's 《前瞻性决策风险事前报备细则（试行）》 as its article tells it (三峡日报 2023-03-28, “《容错纠错实施
 * 办法》有哪些亮点”). Who receives it and how long it holds the article does not say: a setting, and the receiving organ.
 */
export const riskFiling = defineMeasure<RiskFilingState, RiskFilingDetails, RiskFilingEvent, Opening>({
  kind: 'risk-filing',
  collection: 'risk-filings',
  title: measureTitles['risk-filing'],
  refusals: riskFilingRefusals,
  states: [
    { name: 'filed', title: '已报备' },
    { name: 'returned', title: '退回补正' },
    { name: 'active', title: '备案有效' },
    { name: 'declined', title: '不予受理', final: true },
    { name: 'concluded', title: '已办结', final: true },
    { name: 'revoked', title: '已撤销备案', final: true },
    { name: 'expired', title: '已过有效期', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: riskFilingEvent,
  opening: {
    title: '事前报备',
    by: [role('unit'), role('official')],
    input: openingInput,
    needs: openingNeeds,
    decide: filed,
  },
  commands: riskFilingCommands,
  series: 'riskFiling.series',
  heading: { filed: () => ({ command: 'accept', open: ['validUntil'] }) },
  requires: ['riskFiling.receiver'],
  failing: {
    requests: 'Risks cannot be filed, accepted, supervised or concluded.',
    deadLetters: 'The last day of a risk filing is over, and its file does not say so.',
  },
  evolve: evolveRiskFiling,
  handlingOffice: theOrgan,
  deadlines: riskFilingDeadlines,
  gate: ({ unit, organ, subjects }) => ({
    file: [`unit:${organ?.id ?? ''}`, 'role:discipline'],
    own: [`unit:${unit.id}`, ...subjects.map((one) => `person:${one.id}` as const)],
  }),
  headline: ({ details }) => firstLine(details.decision),
  details: ({ details, subjects }) => ({ official: subjects[0]?.id, ...details }),
  similarity: ({ details }) => derivedId('decision', details.decision.trim()),
  notices: { needs: partiesOf, write: () => undefined, owed: owedOfFiling },
  wording: riskFilingWording,
});
