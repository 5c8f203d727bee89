import { anOfficer, role, theDeciders, theOrgan } from '@dandang/access/party.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { defineMeasure } from '@dandang/casework/define-measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { firstLine } from '../headline.ts';
import { measureTitles } from '../titles.ts';
import { admissionCommands } from './admission.ts';
import { type ApplicationInput, applicationInput, applicationNeeds, applied } from './application.ts';
import { correctionCommands } from './correction.ts';
import { decisionCommands, rescissionCommands } from './decision.ts';
import { excuseEffect, standingEffect } from './effects.ts';
import { type ToleranceEvent, toleranceEvent, toleranceRaise } from './events.ts';
import { evolveTolerance } from './evolve.ts';
import { filingsNow, revokedFilings } from './relied-filings.ts';
import { investigationCommands } from './investigation.ts';
import { owedCorrection, toleranceNotice } from './notices.ts';
import { concerned, partiesOf } from './parties.ts';
import { reformCommands } from './reform.ts';
import { proposedDecision } from './proposed-decision.ts';
import { referralCommands } from './referral.ts';
import { reviewCommands } from './review.ts';
import { reviewerCommands, undecidable } from './reviewer.ts';
import { gate, shownTo } from './shown.ts';
import { deliverySigned } from './signatures.ts';
import { nameOfWhom, type Tolerance, type ToleranceDetails, type ToleranceState } from './tolerance-matter.ts';
import { toleranceRefusals } from './refusals.ts';
import { toleranceWording } from './wording.ts';

export const toleranceCommands = {
  // applied → accepted | declined
  ...admissionCommands,
  // accepted → investigating → proposed
  ...investigationCommands,
  // proposed → decided where nothing is to be corrected, else correcting; or back to investigating
  ...decisionCommands,
  // correcting → closed; what was sham → correcting
  ...correctionCommands,
  // What was declined or decided may be reviewed: it stands, is decided anew, or the application → accepted
  ...reviewCommands,
  // decided, correcting, closed → rescinded
  ...rescissionCommands,
  // decided, closed: what a mitigation makes possible
  ...reformCommands,
  // correcting, closed, rescinded: on file with whoever holds to account
  ...referralCommands,
  // Wherever nobody is left who may decide
  ...reviewerCommands,
};

/** What people may do to it, beside what every measure knows. */
export type ToleranceCommand = keyof typeof toleranceCommands;

/** What is owed by when; `words.ts` adds the English. */
export const toleranceDeadlines = {
  acceptance: { title: '受理', act: 'accept', owedBy: theOrgan },
  investigation: { title: '核查', act: 'propose', owedBy: theOrgan },
  decision: { title: '决定', act: 'decide', owedBy: theOrgan },
  service: { title: '签收', act: 'acknowledge', owedBy: theOrgan },
  correction: {
    title: '纠错',
    act: 'file-correction',
    owedBy: concerned,
    toldBy: ['tolerance-decision'],
    // `refer` where there is such a command (追究责任), else what the decision itself leaves.
    afterwards: ['refer', 'rescind'],
  },
  'review-decision': { title: '复核决定', act: 'decide-review', owedBy: theDeciders },
  'impact-period': {
    title: '影响期',
    act: 'confirm-reform',
    owedBy: theOrgan,
    runsOut: () => [{ type: 'ImpactPeriodEnded', data: {} }],
  },
} satisfies Readonly<Record<string, DeadlineSheet<Tolerance, ToleranceEvent>>>;

/**
 * Tolerance 容错纠错: an application or the organ's own motion, an investigation by two or more, the assessment of every
 * factor, a hearing, a collective decision with its copies, and the correction that it orders. Source: Yichang's
 * 《容错纠错实施办法》 as its article tells it (三峡日报 2023-03-28): “有哪些亮点”, “如何把握容错的情形”, “容错结果如何运用”, “对纠错工作有哪些规定”.
 * Two investigators, a hearing and a reviewer who took no part: by analogy with 《国有企业管理人员处分条例》 arts. 27, 40.
 */
export const tolerance = defineMeasure<ToleranceState, ToleranceDetails, ToleranceEvent, ApplicationInput>({
  kind: 'tolerance',
  collection: 'tolerance',
  title: measureTitles.tolerance,
  refusals: toleranceRefusals,
  states: [
    { name: 'applied', title: '已申请' },
    { name: 'accepted', title: '已受理' },
    { name: 'declined', title: '不予受理', final: true },
    { name: 'investigating', title: '核查研判' },
    { name: 'proposed', title: '待决定' },
    { name: 'decided', title: '已决定', final: true },
    { name: 'correcting', title: '纠错中' },
    { name: 'closed', title: '已销号', final: true },
    { name: 'rescinded', title: '已撤销', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: toleranceEvent,
  raise: toleranceRaise,
  opening: {
    title: '申请容错',
    by: [role('official'), role('unit'), anOfficer],
    input: applicationInput,
    needs: applicationNeeds,
    decide: applied,
  },
  commands: toleranceCommands,
  heading: { proposed: proposedDecision },
  effects: [standingEffect, excuseEffect],
  hears: { 'delivery-signed': deliverySigned },
  reads: ['interview', 'reminder', 'risk-filing', 'delivery'],
  series: 'tolerance.series',
  requires: ['tolerance.series'],
  failing: {
    requests: 'Tolerance cannot be applied for, investigated, decided, corrected or reviewed.',
    deadLetters:
      'An official’s standing or ladder does not show a decision, or a deadline of a tolerance passed without a word on file.',
  },
  evolve: evolveTolerance,
  handlingOffice: theOrgan,
  deadlines: toleranceDeadlines,
  confidential: true,
  fast: true,
  // What the official says for itself is not its unit's, also where it answers for the unit.
  authorsAlone: ['hear', 'ask-confirmation'],
  copied: true,
  gate,
  headline: (matter) => [nameOfWhom(matter), firstLine(matter.details.accountability.reference)].join('：'),
  warningsOn: filingsNow,
  warnings: (matter, sight, file) => [
    ...(sight !== 'copy' && undecidable(matter) ? [{ code: 'no-reviewer' }] : []),
    ...(sight === 'copy' ? [] : revokedFilings(matter, file)),
  ],
  details: shownTo,
  similarity: ({ subjects, details: { group, accountability } }) =>
    derivedId(
      'accountability',
      ...subjects.map((one) => one.id),
      ...(group === undefined ? [] : ['group', group.name]),
      accountability.reference.trim(),
    ),
  notices: { needs: partiesOf, write: toleranceNotice, owed: owedCorrection },
  wording: toleranceWording,
});
