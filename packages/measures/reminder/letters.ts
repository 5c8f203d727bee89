import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import { byWhen, heading, officialLetter, paragraph, recipientsOf, remedy, type Written } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Reminder } from './reminder-matter.ts';

/** What each document of this measure is called on paper. */
export const typeNames = {
  'work-tip': '工作提示',
  'reminder-letter': '提醒函',
  'reminder-rescission': '撤销通知',
  'dispute-answer': '异议答复',
  chaser: '催办通知',
  urging: '催办通知',
  'overdue-notice': '逾期情况通知',
  'recount-notice': '时限调整通知',
  'extension-answer': '延期答复',
  'extension-letter': '复函',
} as const;
export type ReminderDocument = keyof typeof typeNames;

/** The office whose clerk opened the matter: it issues the letters. */
function issuingOffice(matter: Pick<Reminder, 'openedBy'>, { directory }: Context): Recipient {
  const { unit } = matter.openedBy;
  return unitRecipient(unit, unit, directory);
}

const letter = (
  matter: Reminder,
  context: Context,
  written: Omit<Written<ReminderDocument>, 'issuer' | 'slot'> & { readonly slot?: string },
): IssuedLetter =>
  officialLetter(context, typeNames[written.type], {
    slot: written.type,
    issuer: issuingOffice(matter, context).name,
    ...written,
  });

/** The pair of letters of one approval: 工作提示 to the leader in charge, 提醒函 to the unit (Yichang, “如何开展工作提醒”). */
export function reminderPair(matter: Reminder, reply: Counted, context: Context): IssuedLetter[] {
  const { details, unit } = matter;
  const { directory, numberOf } = context;
  const [tipNumber, letterNumber] = [numberOf('work-tip'), numberOf('reminder-letter')];
  const leader = officialRecipient(details.leader.id, details.leader.name, directory);
  const facts = [
    heading('一、有关情况'),
    ...(details.circumstanceName === undefined ? [] : [paragraph(`适用情形：${details.circumstanceName}`)]),
    paragraph(details.findings),
    heading('二、工作要求'),
    paragraph(details.requirements),
  ];
  return [
    letter(matter, context, {
      type: 'work-tip',
      title: `关于${details.subject}的工作提示`,
      number: tipNumber,
      addressees: [details.leader.name],
      body: [
        ...facts,
        paragraph(`已同时向${unit.name}下达提醒函（${letterNumber}），请其于${byWhen(reply)}书面答复。`),
      ],
      to: [{ recipient: leader, as: 'prompt' }],
    }),
    letter(matter, context, {
      type: 'reminder-letter',
      title: `关于${details.subject}的提醒函`,
      number: letterNumber,
      addressees: [unit.name],
      body: [
        ...facts,
        paragraph(`请于${byWhen(reply)}书面答复办理措施。`),
        remedy('本函', issuingOffice(matter, context).name, context.policy.reminder.disputeWithin.value),
      ],
      to: [{ recipient: unitRecipient(unit.id, unit.name, directory), as: 'addressee' }],
    }),
  ];
}

const pairTypes: readonly string[] = ['work-tip', 'reminder-letter'] satisfies ReminderDocument[];

/** 撤销通知: one letter to exactly those who got the pair. */
export function rescission(matter: Reminder, reason: string, context: Context): IssuedLetter {
  const pair = matter.letters.filter((one) => pairTypes.includes(one.type));
  const numbers = matter.letters.flatMap((one) => (one.number === undefined ? [] : [one.number]));
  return letter(matter, context, {
    type: 'reminder-rescission',
    title: `关于撤销${numbers.join('、')}的通知`,
    number: context.numberOf('reminder-rescission'),
    body: [
      paragraph(`现撤销${numbers.join('、')}，原文书自本通知印发之日起不再执行。`),
      paragraph(`撤销理由：${reason}`),
    ],
    ...addressedTo(recipientsOf(pair, context.directory), 'notice'),
  });
}

/** That the reminder stands, to the unit that disputed it. */
export function disputeAnswer(matter: Reminder, reason: string, context: Context): IssuedLetter {
  const { unit, details } = matter;
  const number = numberOfLetter(matter);
  return letter(matter, context, {
    slot: `dispute-answer/${details.disputes.length}`,
    type: 'dispute-answer',
    regarding: number,
    title: `关于对${details.subject}的提醒函所提异议的答复`,
    body: [paragraph(`贵单位对${number ?? ''}提醒函提出的异议已经复核，决定予以维持。`), paragraph(`理由：${reason}`)],
    ...addressedTo([unitRecipient(unit.id, unit.name, context.directory)], 'notice'),
  });
}

const numberOfLetter = ({ letters }: Reminder): string | undefined =>
  letters.find(({ type }) => type === 'reminder-letter')?.number;

/** Which letter it is about, by its number. */
function about(matter: Reminder): { readonly regarding: string | undefined; readonly name: string } {
  const regarding = numberOfLetter(matter);
  return { regarding, name: regarding === undefined ? `“${matter.details.subject}”一事` : `${regarding}提醒函` };
}

/** What the unit owes, as a chaser sheet says it. */
export const owedReply = (matter: Reminder, deadline: Counted): string =>
  `${about(matter).name}：请于${byWhen(deadline)}书面答复办理措施`;

/** Notice that the reply is overdue, notice that its day moved. They carry the number they are about. */
export function reminderNotice(matter: Reminder, occasion: NoticeOccasion, context: Context): IssuedLetter {
  const { regarding, name } = about(matter);
  const unit = unitRecipient(matter.unit.id, matter.unit.name, context.directory);
  const office = issuingOffice(matter, context);
  const when = occasion.deadline === undefined ? '' : byWhen(occasion.deadline);
  const texts: Record<NoticeOccasion['what'], string> = {
    'overdue-notice': `${name}要求${unit.name}于${when}书面答复，截至${formatChinese(context.today)}尚未收到，已逾期。`,
    'recount-notice': `因工作日安排调整，${name}的答复时限现为${when}。`,
    'extension-answer': `关于${name}的延期申请答复如下。答复时限现为${when}。`,
    'extension-letter': `${name}的答复时限现为${when}。`,
  };
  const recipients: Record<NoticeOccasion['what'], Recipient[]> = {
    'overdue-notice': [office],
    'recount-notice': [unit, office],
    'extension-answer': [unit],
    'extension-letter': [unit],
  };
  return letter(matter, context, {
    slot: occasion.slot,
    type: occasion.what,
    regarding,
    title: `关于${matter.details.subject}的${typeNames[occasion.what]}`,
    body: [paragraph(texts[occasion.what]), ...(occasion.message === undefined ? [] : [paragraph(occasion.message)])],
    ...addressedTo(recipients[occasion.what], 'notice'),
  });
}
