import { count } from '@dandang/casework/deadline.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { UnitRef } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import type { Term } from '@dandang/calendar/term.ts';
import { byWhen, heading, paragraph } from '../official-letter.ts';
import { addressedTo, unitRecipient } from '../recipients.ts';
import { assistLetterOf, issuingOffice, letter, numberOfLetter } from './letters.ts';
import type { Reminder } from './reminder-matter.ts';

/* The letters to the units that assist 协办. Each is told its own part and who leads, and neither what the lead is reminded of nor who else assists. */

const assistName = (unit: string): string => `assist-letter/${unit}`;

/** The names of the letters 协办函: each has a number of its own. */
export const assistNumbers = ({ details: { assist = [] } }: Reminder): string[] =>
  assist.map(({ unit }) => assistName(unit.id));

/** 协办函, one to each of them. Refuses with `no-calendar`. */
export function assistLetters(
  matter: Reminder,
  parts: readonly { readonly unit: UnitRef; readonly what: string; readonly within: Term }[],
  context: Context,
): IssuedLetter[] | Refusal {
  const letters: IssuedLetter[] = [];
  const office = issuingOffice(matter, context).name;
  for (const { unit, what, within } of parts) {
    const due = count(context.today, within, 0, context);
    if (isRefusal(due)) return due;
    const recipient = unitRecipient(unit.id, unit.name, context.directory);
    letters.push(
      letter(matter, context, {
        slot: assistName(unit.id),
        type: 'assist-letter',
        title: `关于协办${matter.details.subject}的函`,
        number: context.numberOf(assistName(unit.id)),
        addressees: [unit.name],
        body: [
          paragraph(`${matter.details.subject}一事由${matter.unit.name}主办，请贵单位协办。`),
          heading('一、协办事项'),
          paragraph(what),
          heading('二、时限要求'),
          paragraph(`请于${byWhen(due)}提交协办意见。协办意见由${matter.unit.name}汇总，统一答复。`),
          paragraph(`对协办事项有不同意见的，请在上述时限内向${office}书面提出，由${office}协调。`),
        ],
        to: [{ recipient, as: 'addressee' }],
      }),
    );
  }
  return letters;
}

/** A letter of its own to each unit that has a part in it, about the letter that it has. */
const toEach = (
  matter: Reminder,
  context: Context,
  units: readonly { readonly unit: UnitRef; readonly regarding: string | undefined }[],
  written: {
    readonly type: 'mediation' | 'lead-notice';
    readonly title: string;
    readonly texts: (unit: UnitRef) => string[];
  },
): IssuedLetter[] =>
  units.map(({ unit, regarding }) =>
    letter(matter, context, {
      slot: `${written.type}/${unit.id}/${matter.version + 1}`,
      type: written.type,
      regarding,
      title: written.title,
      body: written.texts(unit).map(paragraph),
      ...addressedTo([unitRecipient(unit.id, unit.name, context.directory)], 'notice'),
    }),
  );

const assisting = (matter: Reminder) =>
  (matter.details.assist ?? []).map(({ unit }) => ({ unit, regarding: assistLetterOf(matter, unit.id)?.number }));

/** 协调意见 of the office, to the lead and to each assisting unit; to those whose term begins anew with the new day. */
export const mediations = (
  matter: Reminder,
  {
    opinion,
    renewed,
  }: {
    readonly opinion: string;
    readonly renewed: { readonly units: readonly string[]; readonly by: string } | undefined;
  },
  context: Context,
): IssuedLetter[] =>
  toEach(matter, context, [{ unit: matter.unit, regarding: numberOfLetter(matter) }, ...assisting(matter)], {
    type: 'mediation',
    title: `关于${matter.details.subject}协办事项的协调意见`,
    texts: (unit) => [
      `现就协办事项提出协调意见如下：${opinion}`,
      ...(renewed?.units.includes(unit.id) === true ? [`请于${renewed.by}提交协办意见。`] : []),
    ],
  });

/** That another unit leads from now on, to each assisting unit; `matter` is as it is then. */
export const leadNotices = (matter: Reminder, context: Context): IssuedLetter[] =>
  toEach(matter, context, assisting(matter), {
    type: 'lead-notice',
    title: `关于变更${matter.details.subject}主办单位的通知`,
    texts: () => [`${matter.details.subject}一事的主办单位变更为${matter.unit.name}。贵单位的协办事项和时限不变。`],
  });
