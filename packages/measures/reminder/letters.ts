import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { unended } from '@dandang/letters/finished.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { namedCircumstance } from '../circumstance.ts';
import { disputeAnswerBody, noticeBody } from '../notices.ts';
import {
  basisOf,
  byWhen,
  common,
  officialLetter,
  paragraph,
  recipientsOf,
  remedy,
  sections,
  typed,
  type Written,
} from '../official-letter.ts';
import { lastLetter } from '../receipt.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Reminder } from './reminder-matter.ts';
import { reminderWording } from './wording.ts';

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
  'extension-answer': '复函',
  'extension-letter': '时限延长通知',
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
  written: Omit<Written<ReminderDocument>, 'from' | 'slot'> & { readonly slot?: string },
): IssuedLetter =>
  officialLetter(context, typeNames[written.type], {
    slot: written.type,
    from: issuingOffice(matter, context),
    ...written,
  });

/** What it is about, as it stands in a sentence or a title: without the words that these put around it. */
export const subjectOf = ({ details }: Pick<Reminder, 'details'>): string =>
  unended(details.subject)
    .replace(/^关于/u, '')
    .replace(/的(?:提醒函|工作提示|函)$/u, '');

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
export const reminderPair = (
  matter: Reminder,
  reply: Counted,
  context: Context,
  pair: Pair = firstPair,
): IssuedLetter[] => [workTip(matter, reply, context, pair), reminderLetter(matter, reply, context, pair)];

/** What the leader is told: as the office wrote it for the leader, else of the letter alone, and never the unit's own text. */
function workTip(matter: Reminder, reply: Counted, context: Context, { names, formerTip }: Pair): IssuedLetter {
  const { details, unit } = matter;
  const { directory, numberOf, policy, today } = context;
  const say = speaking(reminderWording, 'work-tip', policy);
  const office = issuingOffice(matter, context).name;
  const subject = subjectOf(matter);
  const assistants = (details.assist ?? []).map((one) => one.unit.name).join('、');
  const named = details.circumstanceName;
  return letter(matter, context, {
    slot: names.tip,
    type: 'work-tip',
    title: say('title', { subject }),
    number: numberOf(names.tip),
    body: [
      paragraph(say('opening', { basis: basisOf(context, 'reminder'), unit: unit.name })),
      ...(details.leaderNote === undefined ? [] : [typed(details.leaderNote)]),
      paragraph(
        say('letter', {
          office,
          unit: unit.name,
          subject,
          date: formatChinese(today),
          number: numberOf(names.letter),
          by: byWhen(reply),
        }),
      ),
      ...(named === undefined ? [] : [paragraph(say('circumstance', { circumstance: namedCircumstance(named) }))]),
      ...(assistants === '' ? [] : [paragraph(say('assistants', { unit: unit.name, assistants }))]),
      paragraph(say('request')),
      ...(formerTip === undefined ? [] : [paragraph(say('replaced', { number: formerTip }))]),
      paragraph(say('close')),
    ],
    to: [{ recipient: officialRecipient(details.leader.id, details.leader.name, directory), as: 'prompt' }],
  });
}

function reminderLetter(matter: Reminder, reply: Counted, context: Context, { names }: Pair): IssuedLetter {
  const { details, unit } = matter;
  const { directory, numberOf, policy } = context;
  const say = speaking(reminderWording, 'reminder-letter', policy);
  const office = issuingOffice(matter, context).name;
  const named = details.circumstanceName;
  return letter(matter, context, {
    slot: names.letter,
    type: 'reminder-letter',
    title: say('title', { subject: subjectOf(matter) }),
    number: numberOf(names.letter),
    body: [
      paragraph(say('opening', { basis: basisOf(context, 'reminder') })),
      ...sections(
        [
          say('findings'),
          typed(details.findings),
          paragraph(
            named === undefined ? say('plain') : say('circumstance', { circumstance: namedCircumstance(named) }),
          ),
        ],
        [say('requirements'), typed(details.requirements)],
        led(matter, context),
      ),
      paragraph(say('reply', { by: byWhen(reply, '印发之日'), office })),
      remedy('本函所列情况', office, policy.reminder.disputeWithin.value, context),
      paragraph(common(context)('informed')),
    ],
    to: [{ recipient: unitRecipient(unit.id, unit.name, directory), as: 'addressee' }],
  });
}

/** Who assists 协办, and in what, as the lead is told it. */
function led({ details: { assist = [] } }: Reminder, { policy }: Context): [string, ...Block[]] | undefined {
  if (assist.length === 0) return undefined;
  const say = speaking(reminderWording, 'reminder-letter', policy);
  return [say('parts'), paragraph(say('lead')), ...assist.map(({ unit, what }) => typed(`${unit.name}：${what}`))];
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

/** Each letter that is taken back, the name of the notice that does it, and how the notice speaks of it. */
function takenBack(matter: Reminder) {
  const assist = (matter.details.assist ?? []).flatMap(({ unit: { id } }) => {
    const found = assistLetterOf(matter, id);
    return found === undefined ? [] : [{ name: `reminder-rescission/${id}`, as: 'assist' as const, issued: found }];
  });
  const pair = pairInForce(matter).map((issued) =>
    issued.type === 'work-tip'
      ? { name: 'reminder-rescission/tip', as: 'tip' as const, issued }
      : { name: 'reminder-rescission', as: 'letter' as const, issued },
  );
  return [...pair, ...assist];
}

/** The names of the notices by which all of it is taken back: each has a number of its own. */
export const rescissionNumbers = (matter: Reminder): string[] => takenBack(matter).map(({ name }) => name);

/** 撤销通知: one for each letter of it, to exactly those who got that one; none names a letter that its reader has not had. */
export function rescissions(matter: Reminder, reason: string, context: Context): IssuedLetter[] {
  const say = speaking(reminderWording, 'reminder-rescission', context.policy);
  return takenBack(matter).map(({ name, as, issued }) => {
    const number = issued.number ?? '';
    return letter(matter, context, {
      slot: name,
      type: 'reminder-rescission',
      title: say('title', { number }),
      number: context.numberOf(name),
      body: [
        paragraph(say(as, { number })),
        paragraph(say('reason')),
        typed(reason),
        paragraph(common(context)('notified')),
      ],
      ...addressedTo(recipientsOf([issued], context.directory), 'notice'),
    });
  });
}

/** That the reminder stands, to the unit that disputed it. */
export function disputeAnswer(matter: Reminder, reason: string, context: Context): IssuedLetter {
  const { unit, details } = matter;
  const number = numberOfLetter(matter);
  const at = details.disputes.at(-1)?.at ?? context.now;
  return letter(matter, context, {
    slot: `dispute-answer/${details.disputes.length}`,
    type: 'dispute-answer',
    regarding: number,
    body: disputeAnswerBody({ of: 'unit', at, about: `${number ?? ''}提醒函`, reason }, context),
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
  const about = regarding === undefined ? `“${subjectOf(matter)}”一事` : `${regarding}${kind}`;
  return part === undefined
    ? { unit: matter.unit, regarding, about, task: '将办理措施书面报送', term: '答复时限' }
    : { unit: part.unit, regarding, about, task: '报送协办意见', term: '协办时限' };
}

/** What a unit owes, as a chaser sheet says it. */
export function owedReply(matter: Reminder, deadline: Counted & { readonly of?: string | undefined }): string {
  const { about, task } = owing(matter, deadline.of);
  return `${about}：应${byWhen(deadline)}${task}`;
}

/** Notice that a day moved. It carries the number it is about. */
export function reminderNotice(matter: Reminder, occasion: NoticeOccasion, context: Context): IssuedLetter | undefined {
  const { unit, regarding, about, term } = owing(matter, occasion.deadline.of);
  // Until 0.1.0 an office could remind itself.
  if (unit.id === matter.openedBy.unit) return undefined;
  return letter(matter, context, {
    slot: occasion.slot,
    type: occasion.what,
    regarding,
    body: noticeBody(occasion, { about, term }, context),
    ...addressedTo([unitRecipient(unit.id, unit.name, context.directory)], 'notice'),
  });
}
