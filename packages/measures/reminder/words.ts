import { noticeWords } from '@dandang/casework/common-words.ts';
import { type EnglishOf, measureWords } from '@dandang/casework/measure-words.ts';
import type { ReminderEvent } from './events.ts';
import { typeNames, type ReminderDocument } from './letters.ts';
import { reminder, reminderDeadlines, type ReminderCommand } from './reminder.ts';
import type { ReminderState } from './reminder-matter.ts';

const english: EnglishOf<
  ReminderState,
  ReminderCommand,
  ReminderEvent['type'],
  keyof typeof reminderDeadlines,
  ReminderDocument
> = {
  title: 'Work reminder',
  about: {
    zh: '对推进工作成效不明显的单位印发提醒函，同时向分管领导印发工作提示，督促整改并评估成效。',
    en: 'A letter that reminds a unit of work that is not getting on, with a tip to the leader in charge; the unit replies, and the effect is reviewed.',
  },
  opening: 'Draft a reminder letter',
  states: {
    draft: 'Draft',
    'awaiting-approval': 'Awaiting approval',
    approved: 'Approved',
    issued: 'Issued',
    replied: 'Replied',
    ineffective: 'Ineffective',
    escalated: 'Escalated to an interview',
    closed: 'Closed',
    rescinded: 'Rescinded',
    withdrawn: 'Withdrawn',
  },
  commands: {
    revise: 'Revise',
    submit: 'Submit for approval',
    approve: 'Approve',
    return: 'Return',
    issue: 'Issue',
    reply: 'Reply',
    review: 'Review the effect',
    close: 'Close',
    rescind: 'Rescind',
    dispute: 'Dispute',
    'decide-dispute': 'Decide the dispute',
    'name-reviewer': 'Name the unit that decides the dispute',
    contribute: 'Contribute as an assisting unit',
    disagree: 'Disagree about assisting',
    mediate: 'Mediate',
    decline: 'Decline as not ours',
    reassign: 'Reassign to another unit',
    'refuse-decline': 'Refuse the decline',
  },
  events: {
    ReminderDrafted: { zh: '起草提醒函', en: 'Reminder drafted' },
    ReminderRevised: { zh: '修改提醒函', en: 'Reminder revised' },
    ReminderSubmitted: { zh: '报批', en: 'Submitted for approval' },
    ReminderApproved: { zh: '批准', en: 'Approved' },
    ReminderReturned: { zh: '退回', en: 'Returned' },
    ReminderIssued: { zh: '印发提醒函', en: 'Reminder issued' },
    ReplyFiled: { zh: '提交答复', en: 'Reply filed' },
    ReplyReviewed: { zh: '评估成效', en: 'Effect reviewed' },
    ReminderClosed: { zh: '办结', en: 'Closed' },
    ReminderRescinded: { zh: '撤销提醒函', en: 'Reminder rescinded' },
    ReminderEscalated: { zh: '转为约谈', en: 'Escalated to an interview' },
    EscalationEnded: { zh: '所转约谈未进行', en: 'The interview came to nothing' },
    ReminderDisputed: { zh: '提出异议', en: 'Disputed' },
    ReviewerNamed: { zh: '指定异议裁决机关', en: 'Unit named to decide the dispute' },
    DisputeAnswered: { zh: '裁决异议', en: 'Dispute decided' },
    ContributionFiled: { zh: '提交协办意见', en: 'Contribution filed' },
    AssistanceDisputed: { zh: '对协办提出不同意见', en: 'Assistance disputed' },
    DisagreementMediated: { zh: '提出协调意见', en: 'Disagreement mediated' },
    UnitDeclined: { zh: '退件', en: 'Declined as not ours' },
    DeclineRefused: { zh: '不同意退件', en: 'Decline refused' },
    UnitReassigned: { zh: '改派主办单位', en: 'Reassigned to another unit' },
  },
  deadlines: { reply: 'Reply', 'dispute-decision': 'Decision on the dispute', assist: 'Contribution' },
  documents: {
    ...noticeWords,
    'work-tip': 'Work tip',
    'reminder-letter': 'Reminder letter',
    'reminder-rescission': 'Notice of rescission',
    'dispute-answer': 'Answer to a dispute',
    'assist-letter': 'Letter to an assisting unit',
    mediation: 'Opinion of the office on a disagreement',
    'decline-answer': 'Answer to a decline',
    'reminder-withdrawal': 'Notice of withdrawal',
    'lead-notice': 'Notice that another unit leads',
  },
};

export const reminderWords = measureWords(reminder, { deadlines: reminderDeadlines, documents: typeNames }, english);
