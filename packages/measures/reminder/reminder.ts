import { theUnit } from '@dandang/access/party.ts';
import { defineMeasure } from '@dandang/casework/define-measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { assistSheet } from '../assisting.ts';
import { decisionSheet, disputeRaise, reviewerWarnings } from '../dispute.ts';
import { measureTitles } from '../titles.ts';
import { answeringCommands, interviewChanged } from './answering.ts';
import { assistingCommands } from './assisting.ts';
import { decliningCommands } from './declining.ts';
import { disputeCommands } from './dispute.ts';
import { draftingCommands, opened, type Opening, openingInput, openingNeeds } from './drafting.ts';
import { type ReminderEvent, reminderEvent } from './events.ts';
import { evolveReminder } from './evolve.ts';
import { issuingCommands } from './issuing.ts';
import { owedReply, reminderNotice } from './letters.ts';
import { draftingOffice, lettersNeeds, supervision, tookPart } from './parties.ts';
import type { Reminder, ReminderDetails, ReminderState } from './reminder-matter.ts';
import { gate, shown } from './shown.ts';
import { reminderRefusals } from './refusals.ts';
import { reminderWording } from './wording.ts';

export const reminderCommands = {
  // draft → awaiting-approval
  ...draftingCommands,
  // awaiting-approval → approved, or back to draft; approved → issued
  ...issuingCommands,
  // issued → replied; replied, or overdue → closed | ineffective; ineffective → closed, or escalated by an interview
  ...answeringCommands,
  // What is issued may be disputed; what is taken back → rescinded
  ...disputeCommands,
  // while it is issued: the units that assist 协办, and a unit that says that it is another's 退件
  ...assistingCommands,
  ...decliningCommands,
};

/** What people may do to it, beside what every measure knows. */
export type ReminderCommand = keyof typeof reminderCommands;

/** What is owed by when; `words.ts` adds the English. */
export const reminderDeadlines = {
  reply: { title: '答复', act: 'reply', owedBy: theUnit, toldBy: ['reminder-letter'], afterwards: ['review'] },
  'dispute-decision': decisionSheet,
  assist: assistSheet,
} satisfies Readonly<Record<string, DeadlineSheet<Reminder, ReminderEvent>>>;

/**
 * The reminder letter 提醒函: drafted and issued by the supervision office after approval 报批, as a pair, answered by the
 * unit, reviewed and closed. Source: Yichang's 《督查问效实施办法（试行）》 as its article tells it (三峡日报 2023-03-28,
 * “如何开展工作提醒”); disputes: 《政府督查工作条例》 art. 17.
 */
export const reminder = defineMeasure<ReminderState, ReminderDetails, ReminderEvent, Opening>({
  kind: 'reminder',
  collection: 'reminders',
  title: measureTitles.reminder,
  refusals: reminderRefusals,
  states: [
    { name: 'draft', title: '起草' },
    { name: 'awaiting-approval', title: '待批' },
    { name: 'approved', title: '已批准' },
    { name: 'issued', title: '已印发' },
    { name: 'replied', title: '已答复' },
    { name: 'ineffective', title: '成效不明显' },
    { name: 'escalated', title: '已转约谈', final: true },
    { name: 'closed', title: '办结', final: true },
    { name: 'rescinded', title: '已撤销', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: reminderEvent,
  raise: disputeRaise,
  opening: { title: '起草提醒函', by: [supervision], input: openingInput, needs: openingNeeds, decide: opened },
  commands: reminderCommands,
  heading: { draft: 'issue', 'awaiting-approval': 'issue', approved: 'issue' },
  hears: { 'interview-changed': interviewChanged },
  reads: ['delivery'],
  series: 'reminder.series',
  requires: ['reminder.series'],
  failing: {
    requests: 'Reminders cannot be opened, approved, issued, answered or reviewed.',
    deadLetters: 'A deadline of a reminder turned yellow or red, or moved, and its file does not say so.',
  },
  evolve: evolveReminder,
  handlingOffice: supervision,
  handledBy: draftingOffice,
  deadlines: reminderDeadlines,
  gate,
  headline: ({ details }) => details.subject,
  details: shown,
  // Whoever has a part of it hears nothing of a dispute about the whole.
  warnings: (matter, sight) => (sight === 'part' ? [] : reviewerWarnings(matter, tookPart(matter))),
  similarity: ({ details }) => details.circumstance,
  notices: { needs: lettersNeeds, write: reminderNotice, owed: owedReply },
  wording: reminderWording,
});
