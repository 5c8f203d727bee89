import { count } from '@dandang/casework/deadline.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { UnitRef } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import type { Term } from '@dandang/calendar/term.ts';
import { speaking } from '@dandang/casework/wording.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { byWhen, common, paragraph, sections, typed } from '../official-letter.ts';
import { addressedTo, unitRecipient } from '../recipients.ts';
import { assistLetterOf, issuingOffice, letter, numberOfLetter, subjectOf } from './letters.ts';
import type { Reminder } from './reminder-matter.ts';
import { reminderWording } from './wording.ts';

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
  const say = speaking(reminderWording, 'assist-letter', context.policy);
  const office = issuingOffice(matter, context).name;
  const [subject, lead] = [subjectOf(matter), matter.unit.name];
  for (const { unit, what, within } of parts) {
    const due = count(context.today, within, 0, context);
    if (isRefusal(due)) return due;
    letters.push(
      letter(matter, context, {
        slot: assistName(unit.id),
        type: 'assist-letter',
        title: say('title', { subject }),
        number: context.numberOf(assistName(unit.id)),
        body: [
          paragraph(say('opening', { subject, lead })),
          ...sections(
            [say('what'), typed(what)],
            [
              say('term'),
              paragraph(say('contribute', { by: byWhen(due, '印发之日'), office, lead })),
              paragraph(say('disagree', { office })),
            ],
          ),
          paragraph(common(context)('informed')),
        ],
        ...addressedTo([unitRecipient(unit.id, unit.name, context.directory)], 'addressee'),
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
  type: 'mediation' | 'lead-notice',
  body: (unit: UnitRef) => Block[],
): IssuedLetter[] =>
  units.map(({ unit, regarding }) =>
    letter(matter, context, {
      slot: `${type}/${unit.id}/${matter.version + 1}`,
      type,
      regarding,
      body: [...body(unit), paragraph(common(context)('notified'))],
      ...addressedTo([unitRecipient(unit.id, unit.name, context.directory)], 'notice'),
    }),
  );

const assisting = (matter: Reminder) =>
  (matter.details.assist ?? []).map(({ unit }) => ({ unit, regarding: assistLetterOf(matter, unit.id)?.number }));

/** 协调意见 of the office, to the lead and to each assisting unit; to those whose term begins anew with the new day. */
export function mediations(
  matter: Reminder,
  {
    opinion,
    renewed,
  }: {
    readonly opinion: string;
    readonly renewed: { readonly units: readonly string[]; readonly by: string } | undefined;
  },
  context: Context,
): IssuedLetter[] {
  const say = speaking(reminderWording, 'mediation', context.policy);
  const office = issuingOffice(matter, context).name;
  const all = [{ unit: matter.unit, regarding: numberOfLetter(matter) }, ...assisting(matter)];
  return toEach(matter, context, all, 'mediation', (unit) => [
    paragraph(say('opening', { subject: subjectOf(matter) })),
    typed(opinion),
    ...(renewed?.units.includes(unit.id) === true ? [paragraph(say('renewed', { by: renewed.by, office }))] : []),
  ]);
}

/** That another unit leads from now on, to each assisting unit; `matter` is as it is then. */
export function leadNotices(matter: Reminder, context: Context): IssuedLetter[] {
  const say = speaking(reminderWording, 'lead-notice', context.policy);
  return toEach(matter, context, assisting(matter), 'lead-notice', () => [
    paragraph(say('body', { subject: subjectOf(matter), lead: matter.unit.name })),
  ]);
}
