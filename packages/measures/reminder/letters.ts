import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { byWhen, heading, officialLetter, paragraph, recipientsOf, remedy, type Written } from '../official-letter.ts';
import { lastLetter } from '../receipt.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Reminder } from './reminder-matter.ts';

/** What each document of this measure is called on paper. */
export const typeNames = {
  'work-tip': '工作提示',
  'reminder-letter': '提醒函',
  'reminder-rescission': '撤销通知',
  'dispute-answer': '异议答复',
  'assist-letter': '协办函',
  mediation: '协调意见',
  'decline-answer': '退件答复',
  'reminder-withdrawal': '撤回通知',
  'lead-notice': '主办单位变更通知',
  chaser: '催办通知',
  urging: '催办通知',
  'overdue-notice': '逾期情况通知',
  'recount-notice': '时限调整通知',
  'extension-answer': '延期答复',
  'extension-letter': '复函',
} as const;
export type ReminderDocument = keyof typeof typeNames;

/** The office whose clerk opened the matter: it issues the letters. */
export function issuingOffice(matter: Pick<Reminder, 'openedBy'>, { directory }: Context): Recipient {
  const { unit } = matter.openedBy;
  return unitRecipient(unit, unit, directory);
}

export const letter = (
  matter: Reminder,
  context: Context,
  written: Omit<Written<ReminderDocument>, 'issuer' | 'slot'> & { readonly slot?: string },
): IssuedLetter =>
  officialLetter(context, typeNames[written.type], {
    slot: written.type,
    issuer: issuingOffice(matter, context).name,
    ...written,
  });

/**
 * What tells a pair from the one that it replaces, where the reminder went to another unit: the names of the letters, of
 * which each has a number of its own, and the tip that the same leader has had.
 */
export interface Pair {
  readonly names: { readonly tip: string; readonly letter: string };
  readonly formerTip?: string | undefined;
}
const firstPair: Pair = { names: { tip: 'work-tip', letter: 'reminder-letter' } };

/** The pair of letters of one approval: 工作提示 to the leader in charge, 提醒函 to the unit (Yichang, “如何开展工作提醒”). */
export function reminderPair(
  matter: Reminder,
  reply: Counted,
  context: Context,
  { names, formerTip }: Pair = firstPair,
): IssuedLetter[] {
  const { details, unit } = matter;
  const { directory, numberOf } = context;
  const [tipNumber, letterNumber] = [numberOf(names.tip), numberOf(names.letter)];
  const assistants = (details.assist ?? []).map((one) => one.unit.name).join('、');
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
      slot: names.tip,
      type: 'work-tip',
      title: `关于${details.subject}的工作提示`,
      number: tipNumber,
      addressees: [details.leader.name],
      body: [
        ...facts,
        paragraph(`已同时向${unit.name}下达提醒函（${letterNumber}），请其于${byWhen(reply)}书面答复。`),
        ...(assistants === '' ? [] : [paragraph(`协办单位：${assistants}。`)]),
        ...(formerTip === undefined ? [] : [paragraph(`${formerTip}工作提示不再执行。`)]),
      ],
      to: [{ recipient: leader, as: 'prompt' }],
    }),
    letter(matter, context, {
      slot: names.letter,
      type: 'reminder-letter',
      title: `关于${details.subject}的提醒函`,
      number: letterNumber,
      addressees: [unit.name],
      body: [
        ...facts,
        ...led(matter),
        paragraph(`请于${byWhen(reply)}书面答复办理措施。`),
        remedy('本函', issuingOffice(matter, context).name, context.policy.reminder.disputeWithin.value),
      ],
      to: [{ recipient: unitRecipient(unit.id, unit.name, directory), as: 'addressee' }],
    }),
  ];
}

/** Who assists 协办, and in what, as the lead is told it. */
function led({ details: { assist = [] } }: Reminder): Block[] {
  if (assist.length === 0) return [];
  return [
    heading('三、主办和协办'),
    paragraph('本事项由贵单位主办，统一答复。协办单位及协办事项如下：'),
    ...assist.map(({ unit, what }) => paragraph(`${unit.name}：${what}`)),
  ];
}

/** The letters of the pair that hold: those of a unit that it was taken from were withdrawn. */
export const pairInForce = ({ letters }: Reminder): readonly IssuedLetter[] => {
  const last = [lastLetter(letters, ['work-tip']), lastLetter(letters, ['reminder-letter'])];
  return letters.filter((one) => last.includes(one));
};

/** The letter of an assisting unit. */
export const assistLetterOf = ({ letters }: Pick<Reminder, 'letters'>, unit: string): IssuedLetter | undefined =>
  letters.find(
    ({ type, deliveries }) => type === 'assist-letter' && deliveries.some((one) => one.recipient.id === unit),
  );

const assistLettersOf = (matter: Reminder): { readonly unit: string; readonly letter: IssuedLetter }[] =>
  (matter.details.assist ?? []).flatMap(({ unit: { id } }) => {
    const found = assistLetterOf(matter, id);
    return found === undefined ? [] : [{ unit: id, letter: found }];
  });

const rescissionName = (unit: string): string => `reminder-rescission/${unit}`;

/** The names of the notices by which all of it is taken back: each has a number of its own. */
export const rescissionNumbers = (matter: Reminder): string[] => [
  'reminder-rescission',
  ...assistLettersOf(matter).map(({ unit }) => rescissionName(unit)),
];

/** 撤销通知: one letter to exactly those who got the pair, and one to each assisting unit, which knows of no other. */
export function rescissions(matter: Reminder, reason: string, context: Context): IssuedLetter[] {
  const written = (name: string, letters: readonly IssuedLetter[]): IssuedLetter => {
    const numbers = letters.flatMap((one) => one.number ?? []).join('、');
    return letter(matter, context, {
      slot: name,
      type: 'reminder-rescission',
      title: `关于撤销${numbers}的通知`,
      number: context.numberOf(name),
      body: [paragraph(`现撤销${numbers}，原文书自本通知印发之日起不再执行。`), paragraph(`撤销理由：${reason}`)],
      ...addressedTo(recipientsOf(letters, context.directory), 'notice'),
    });
  };
  return [
    written('reminder-rescission', pairInForce(matter)),
    ...assistLettersOf(matter).map((one) => written(rescissionName(one.unit), [one.letter])),
  ];
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

export const numberOfLetter = ({ letters }: Reminder): string | undefined =>
  lastLetter(letters, ['reminder-letter'])?.number;

/** Whose deadline a notice is about, and which letter set it: the reply of the unit, or the part of an assisting unit. */
function owing(matter: Reminder, of: string | undefined) {
  const part = matter.details.assist?.find(({ unit }) => unit.id === of);
  const [kind, letter] =
    part === undefined
      ? ['提醒函', lastLetter(matter.letters, ['reminder-letter'])]
      : ['协办函', assistLetterOf(matter, part.unit.id)];
  const regarding = letter?.number;
  const name = regarding === undefined ? `“${matter.details.subject}”一事` : `${regarding}${kind}`;
  return part === undefined
    ? { unit: matter.unit, regarding, name, answers: '书面答复', asked: '书面答复办理措施', term: '答复时限' }
    : { unit: part.unit, regarding, name, answers: '提交协办意见', asked: '提交协办意见', term: '协办时限' };
}

/** What a unit owes, as a chaser sheet says it. */
export function owedReply(matter: Reminder, deadline: Counted & { readonly of?: string | undefined }): string {
  const { name, asked } = owing(matter, deadline.of);
  return `${name}：请于${byWhen(deadline)}${asked}`;
}

/** Notice that something is overdue, notice that its day moved. They carry the number they are about. */
export function reminderNotice(matter: Reminder, occasion: NoticeOccasion, context: Context): IssuedLetter {
  const { unit: owes, regarding, name, answers, term } = owing(matter, occasion.deadline?.of);
  const unit = unitRecipient(owes.id, owes.name, context.directory);
  const office = issuingOffice(matter, context);
  const when = occasion.deadline === undefined ? '' : byWhen(occasion.deadline);
  const texts: Record<NoticeOccasion['what'], string> = {
    'overdue-notice': `${name}要求${unit.name}于${when}${answers}，截至${formatChinese(context.today)}尚未收到，已逾期。`,
    'recount-notice': `因工作日安排调整，${name}的${term}现为${when}。`,
    'extension-answer': `关于${name}的延期申请答复如下。${term}现为${when}。`,
    'extension-letter': `${name}的${term}现为${when}。`,
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
