import { noticeWords } from '@dandang/casework/common-words.ts';
import { type EnglishOf, measureWords } from '@dandang/casework/measure-words.ts';
import type { InterviewEvent } from './events.ts';
import { interview, interviewDeadlines } from './interview.ts';
import type { InterviewState } from './interview-matter.ts';
import { type InterviewDocument, typeNames } from './letters.ts';

export type InterviewCommand =
  | 'approve'
  | 'reject'
  | 'plan'
  | 'concur'
  | 'object'
  | 'notify'
  | 'reschedule'
  | 'cancel'
  | 'hold'
  | 'file-plan'
  | 'accept-plan'
  | 'return-plan'
  | 'report'
  | 'complete'
  | 'review'
  | 'state-case'
  | 'decide-proposal'
  | 'annul'
  | 'dispute'
  | 'decide-dispute';

const english: EnglishOf<
  InterviewState,
  InterviewCommand,
  InterviewEvent['type'],
  keyof typeof interviewDeadlines,
  InterviewDocument
> = {
  title: 'Interview',
  about: {
    zh: '经主要领导同意、两机关会商方案后约谈有关负责人，提出整改要求，跟踪整改直至复核销号，并按累计次数提出处理建议。',
    en: 'Those responsible are called to an interview that the principal leader consents to and two organs concur in; rectification follows until it is reviewed, and the count of interviews within a year proposes what comes of it.',
  },
  opening: 'Apply for an interview',
  states: {
    applied: 'Applied for',
    approved: 'Consented to',
    rejected: 'Not consented to',
    planned: 'Planned',
    notified: 'Notified',
    cancelled: 'Cancelled',
    held: 'Held',
    'plan-filed': 'Rectification plan filed',
    rectifying: 'Rectifying',
    completed: 'Completed, awaiting review',
    closed: 'Closed',
    annulled: 'Annulled',
    withdrawn: 'Withdrawn',
  },
  commands: {
    approve: 'Consent',
    reject: 'Refuse consent',
    plan: 'Plan the interview',
    concur: 'Concur in the plan',
    object: 'Object to the plan',
    notify: 'Send the interview notice',
    reschedule: 'Reschedule',
    cancel: 'Cancel',
    hold: 'Record the interview',
    'file-plan': 'File the rectification plan',
    'accept-plan': 'Accept the rectification plan',
    'return-plan': 'Return the rectification plan',
    report: 'Report progress in writing',
    complete: 'Report completion',
    review: 'Review',
    'state-case': 'State one’s case',
    'decide-proposal': 'Decide the proposal',
    annul: 'Annul the interview',
    dispute: 'Dispute',
    'decide-dispute': 'Decide the dispute',
  },
  events: {
    InterviewApplied: { zh: '申请约谈', en: 'Interview applied for' },
    InterviewApproved: { zh: '同意约谈', en: 'Interview consented to' },
    InterviewRejected: { zh: '不同意约谈', en: 'Consent refused' },
    InterviewPlanned: { zh: '制定约谈方案', en: 'Interview planned' },
    PlanConcurred: { zh: '同意约谈方案', en: 'Plan concurred in' },
    PlanObjected: { zh: '对约谈方案提出意见', en: 'Plan objected to' },
    InterviewNotified: { zh: '发出约谈通知书', en: 'Interview notice sent' },
    InterviewRescheduled: { zh: '约谈改期', en: 'Interview rescheduled' },
    InterviewCancelled: { zh: '取消约谈', en: 'Interview cancelled' },
    InterviewHeld: { zh: '记录约谈', en: 'Interview held' },
    LadderCounted: { zh: '计算累计约谈次数', en: 'Interviews counted' },
    CaseStated: { zh: '陈述申辩', en: 'Case stated' },
    ProposalDecided: { zh: '对处理建议作出决定', en: 'Proposal decided' },
    PlanFiled: { zh: '报送整改方案', en: 'Rectification plan filed' },
    PlanAccepted: { zh: '同意整改方案', en: 'Rectification plan accepted' },
    PlanReturned: { zh: '退回整改方案', en: 'Rectification plan returned' },
    ProgressReported: { zh: '书面报告进展', en: 'Progress reported' },
    RectificationCompleted: { zh: '报告整改完成', en: 'Completion reported' },
    RectificationReviewed: { zh: '复核整改情况', en: 'Rectification reviewed' },
    InterviewAnnulled: { zh: '撤销约谈', en: 'Interview annulled' },
    InterviewDisputed: { zh: '提出异议', en: 'Disputed' },
    DisputeDecided: { zh: '裁决异议', en: 'Dispute decided' },
  },
  deadlines: { 'rectification-plan': 'Rectification plan', 'progress-report': 'Progress report' },
  documents: {
    ...noticeWords,
    'interview-notice': 'Interview notice',
    'interview-rescheduled': 'Notice of rescheduling',
    'interview-cancelled': 'Notice of cancellation',
    'interview-record': 'Interview record',
    'interview-memorandum': 'Interview memorandum',
    'rectification-notice': 'Rectification notice',
    'progress-report': 'Progress report',
    circular: 'Circular',
    'admonition-proposal': 'Proposal of admonition',
    'handling-proposal': 'Proposal of organizational handling',
    'interview-annulled': 'Notice of annulment',
  },
};

export const interviewWords = measureWords(interview, { deadlines: interviewDeadlines, documents: typeNames }, english);
