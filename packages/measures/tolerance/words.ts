import { noticeWords } from '@dandang/casework/common-words.ts';
import { type EnglishOf, measureWords } from '@dandang/casework/measure-words.ts';
import type { ToleranceEvent } from './events.ts';
import { type ToleranceDocument, typeNames } from './letters.ts';
import { tolerance, toleranceDeadlines, type ToleranceCommand } from './tolerance.ts';
import type { ToleranceState } from './tolerance-matter.ts';

const english: EnglishOf<
  ToleranceState,
  ToleranceCommand,
  ToleranceEvent['type'],
  keyof typeof toleranceDeadlines,
  ToleranceDocument
> = {
  title: 'Tolerance and correction',
  about: {
    zh: '对干部履职中的失误错误，经申请或者依职权核查研判，集体研究决定免责、减责或者不予容错，同步提出纠错要求并跟踪销号。',
    en: 'Whether an official’s mistake is exempted, mitigated or not tolerated: investigated by two or more, weighed by every factor, decided together, and put right.',
  },
  opening: 'Apply for tolerance',
  states: {
    applied: 'Applied for',
    accepted: 'Accepted',
    declined: 'Declined',
    investigating: 'Under investigation',
    proposed: 'Awaiting decision',
    decided: 'Decided',
    correcting: 'Under correction',
    closed: 'Struck off',
    rescinded: 'Rescinded',
    withdrawn: 'Withdrawn',
  },
  commands: {
    accept: 'Accept',
    decline: 'Decline',
    investigate: 'Appoint investigators',
    assess: 'Fill in the assessment sheet',
    hear: 'Hear the official',
    propose: 'Propose the outcome',
    return: 'Return to investigation',
    decide: 'Decide',
    'file-correction': 'Report the correction',
    'accept-correction': 'Accept and strike off the correction',
    'return-correction': 'Return the correction',
    'reopen-correction': 'Reopen the correction',
    'request-review': 'Request a review',
    'decide-review': 'Decide the review',
    rescind: 'Rescind the decision',
    'confirm-reform': 'Confirm the reform',
    'ask-confirmation': 'Ask for the reform to be confirmed',
    refer: 'Refer to whoever holds to account',
    'name-reviewer': 'Name the unit that decides',
  },
  events: {
    ToleranceApplied: { zh: '申请容错', en: 'Tolerance applied for' },
    ApplicationAccepted: { zh: '受理', en: 'Application accepted' },
    ApplicationDeclined: { zh: '不予受理', en: 'Application declined' },
    InvestigatorsAppointed: { zh: '指定核查人员', en: 'Investigators appointed' },
    FactorsAssessed: { zh: '填写研判表', en: 'Factors assessed' },
    PersonHeard: { zh: '听取陈述', en: 'Official heard' },
    OutcomeProposed: { zh: '提出处理意见', en: 'Outcome proposed' },
    ProposalReturned: { zh: '退回核查', en: 'Proposal returned' },
    ToleranceDecided: { zh: '作出决定', en: 'Decided' },
    CorrectionFiled: { zh: '报告纠错情况', en: 'Correction reported' },
    CorrectionAccepted: { zh: '审核销号', en: 'Correction struck off' },
    CorrectionReturned: { zh: '退回纠错', en: 'Correction returned' },
    CorrectionReopened: { zh: '重启纠错', en: 'Correction reopened' },
    ReviewRequested: { zh: '申请复核', en: 'Review requested' },
    ReviewerNamed: { zh: '指定代为决定的机关', en: 'Deciding unit named' },
    ReviewAnswered: { zh: '作出复核决定', en: 'Review decided' },
    ToleranceRescinded: { zh: '撤销决定', en: 'Decision rescinded' },
    ImpactPeriodEnded: { zh: '影响期届满', en: 'Impact period ended' },
    ConfirmationAsked: { zh: '申请确认改正情况', en: 'Confirmation of the reform asked for' },
    ReformConfirmed: { zh: '确认改正情况', en: 'Finding on the reform' },
    ToleranceReferred: { zh: '移送追究责任', en: 'Referred' },
  },
  deadlines: {
    acceptance: 'Acceptance',
    investigation: 'Investigation',
    decision: 'Decision',
    service: 'Service of the decision',
    correction: 'Correction',
    'review-decision': 'Decision on the review',
    'impact-period': 'Impact period',
  },
  documents: {
    ...noticeWords,
    'tolerance-decision': 'Tolerance decision',
    'tolerance-rescission': 'Notice of rescission',
    'tolerance-review': 'Review decision',
    'tolerance-declined': 'Notice that the application is declined',
  },
};

export const toleranceWords = measureWords(tolerance, { deadlines: toleranceDeadlines, documents: typeNames }, english);
