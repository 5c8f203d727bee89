import { chinaDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import { role } from '@dandang/access/party.ts';
import { defineMeasure } from '@dandang/casework/define-measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { decisionSheet, disputeRaise, reviewerWarnings } from '../dispute.ts';
import { measureTitles } from '../titles.ts';
import { applicationCommands, applied, type Opening, openingInput, openingNeeds } from './application.ts';
import { bookingOf } from './booked-hour.ts';
import { callingCommands } from './calling.ts';
import { correctingCommands } from './correcting.ts';
import { disputeCommands } from './dispute.ts';
import { type InterviewEvent, interviewEvent } from './events.ts';
import { evolveInterview } from './evolve.ts';
import { holdingCommands } from './holding.ts';
import type { Interview, InterviewDetails, InterviewState } from './interview-matter.ts';
import { ladderEffect } from './ladder-effect.ts';
import { handlingUnit, interviewWritten, owedAfterInterview } from './letters.ts';
import { handlingOfficers, partiesOf, subjectOrUnit, supervision, tookPart } from './parties.ts';
import { originCommands, originRevoked, originWarnings } from './revoked-origin.ts';
import { planningCommands } from './planning.ts';
import { ladderChanged, proposalCommands } from './proposals.ts';
import { rectificationCommands } from './rectification.ts';
import { reviewCommands } from './review.ts';
import { gate, shown } from './shown.ts';
import { interviewRefusals } from './refusals.ts';
import { interviewWording } from './wording.ts';

export const interviewCommands = {
  // applied → approved | rejected
  ...applicationCommands,
  // approved → planned, planned anew after an objection; those concur who have to
  ...planningCommands,
  // planned → notified, moved to another hour, planned anew; or → cancelled
  ...callingCommands,
  // notified → held
  ...holdingCommands,
  // From held on, whatever the state: the record is mended
  ...correctingCommands,
  // held → plan-filed → rectifying → completed; a plan that is returned → held
  ...rectificationCommands,
  // completed → closed | rectifying | unresolved; what is overdue before that → unresolved
  ...reviewCommands,
  // From held on, whatever the state: each subject's proposal is decided, …
  ...proposalCommands,
  // … and the interview may be disputed; what is taken back → annulled
  ...disputeCommands,
  // What it came from was revoked: it goes on, or ends as its state allows
  ...originCommands,
};

/** What people may do to it, beside what every measure knows. */
export type InterviewCommand = keyof typeof interviewCommands;

const chased = { toldBy: ['rectification-notice'], afterwards: ['review'] };

/** What is owed by when; `words.ts` adds the English. */
export const interviewDeadlines = {
  'rectification-plan': { title: '整改方案', act: 'file-plan', owedBy: subjectOrUnit, ...chased },
  'progress-report': { title: '进展报告', act: 'report', owedBy: subjectOrUnit, ...chased },
  // One for each measure of the accepted plan: `measure-1`, `measure-2`, …
  measure: { title: '整改措施', act: 'report-measure', owedBy: subjectOrUnit, ...chased },
  completion: { title: '整改完成', act: 'complete', owedBy: subjectOrUnit, ...chased },
  'dispute-decision': decisionSheet,
} satisfies Readonly<Record<string, DeadlineSheet<Interview, InterviewEvent>>>;

/**
 * The interview 约谈: consent, a plan that others concur in, notice with invitation, record, a rectification plan, reports,
 * review, and the ladder; who does what is the city's (`policy.interview.procedure`). Source: Yichang's
 * 《督查问效实施办法（试行）》 as its article tells it (三峡日报 2023-03-28, “如何开展工作约谈”, “约谈结果如何运用”).
 */
export const interview = defineMeasure<InterviewState, InterviewDetails, InterviewEvent, Opening>({
  kind: 'interview',
  collection: 'interviews',
  title: measureTitles.interview,
  refusals: interviewRefusals,
  states: [
    { name: 'applied', title: '已申请' },
    { name: 'approved', title: '已同意' },
    { name: 'rejected', title: '未同意', final: true },
    { name: 'planned', title: '已制定方案' },
    { name: 'notified', title: '已通知' },
    { name: 'cancelled', title: '已取消', final: true },
    { name: 'held', title: '已约谈' },
    { name: 'plan-filed', title: '已报整改方案' },
    { name: 'rectifying', title: '整改中' },
    { name: 'completed', title: '整改完成待复核' },
    { name: 'closed', title: '销号', final: true },
    { name: 'unresolved', title: '成效仍不明显', final: true },
    { name: 'annulled', title: '已撤销', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: interviewEvent,
  raise: disputeRaise,
  opening: {
    title: '申请约谈',
    by: [supervision, role('leader')],
    input: openingInput,
    needs: openingNeeds,
    decide: applied,
    origin: ({ origin }) => origin,
  },
  origins: ['reminder', 'interview'],
  commands: interviewCommands,
  // Whoever planned it calls everybody to it.
  heading: { planned: ({ details: { plan } }) => plan && { command: 'notify', from: plan.plannedBy } },
  effects: [ladderEffect],
  hears: { 'ladder-changed': ladderChanged, 'origin-revoked': originRevoked },
  reads: ['reminder', 'delivery'],
  series: 'interview.series',
  requires: ['interview.series', 'interview.windowBasis', 'interview.counts'],
  // Where the policy draws nothing from the count of interviews, how they are counted need not be set.
  spares: ({ interview: { ladder } }) => (ladder.length === 0 ? ['interview.windowBasis', 'interview.counts'] : []),
  failing: {
    requests: 'Interviews cannot be applied for, planned, notified, recorded or followed up.',
    deadLetters: 'An interview is missing on the ladder of an official, or a deadline passed without a word on file.',
  },
  evolve: evolveInterview,
  handlingOffice: supervision,
  handledBy: handlingOfficers,
  // Also where the setting names a unit that the directory does not know.
  handlingUnit: (matter) => ({ id: handlingUnit(matter), name: '督查室' }),
  deadlines: interviewDeadlines,
  gate,
  booking: bookingOf,
  // Who is asked to an interview may be asked to another: the day tells them apart.
  headline: ({ subjects, details, openedAt }) =>
    `${[...subjects, ...details.groups].map((one) => one.name).join('、')}（${formatChinese(chinaDate(openedAt))}申请）`,
  listed: ({ details: { plan } }) => plan && { at: plan.at, place: plan.place, lead: plan.lead },
  details: shown,
  warnings: (matter, sight) => [
    ...reviewerWarnings(matter, tookPart(matter)),
    ...(sight === 'file' ? originWarnings(matter) : []),
  ],
  // Others learn nothing of a dispute that was not theirs.
  authorsAlone: ['decide-dispute'],
  similarity: ({ details }) => details.circumstance,
  notices: { needs: partiesOf, write: interviewWritten, owed: owedAfterInterview },
  wording: interviewWording,
});
