import type { Term } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';
import { count } from '@dandang/casework/deadline.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { type CommonEvent, whoDid } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { assistStarted } from '../assisting.ts';
import { assistLetters, assistNumbers } from './assist-letters.ts';
import { reminderPair } from './letters.ts';
import { approver, byDraftingOffice, command, numbersFor, lettersNeeds } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';
import { refuse } from './refusals.ts';

/* From the approval 报批 to the pair of letters that is issued. */

/** A number must stand on the letters: refuses with `series-unset` while the deployment has set no series for them. */
export const seriesUnset = ({ policy }: Pick<Context, 'policy'>): Refusal | undefined =>
  policy.settings['reminder.series'].value === null
    ? refuse('series-unset', {
        setting: 'reminder.series',
        detail: '请管理员设置机关代字；已起草的事项沿用起草时的制度版本，设置后须重新起草',
      })
    : undefined;

/** How long a unit has for its reply: as the draft says, else the policy. Refuses with `reply-term-unset`. */
export function replyTerm({ details }: Reminder, { policy }: Pick<Context, 'policy'>): Term | Refusal {
  const within = details.replyWithin ?? policy.settings['reminder.replyWithin'].value;
  return within ?? refuse('reply-term-unset', { setting: 'reminder.replyWithin' });
}

/** Why nothing can be issued as long as neither the draft nor a setting says more. */
export function notIssuable(matter: Reminder, known: Pick<Context, 'policy'>): Refusal | undefined {
  const within = replyTerm(matter, known);
  return isRefusal(within) ? within : seriesUnset(known);
}

/** What would be issued today: the letters, and the deadlines that would run. */
export interface ToIssue {
  readonly letters: readonly IssuedLetter[];
  readonly deadlines: readonly CommonEvent[];
}

/** The pair of letters and those to the assisting units 协办, each of which owes its own part. */
export function lettersToIssue(matter: Reminder, context: Context): ToIssue | Refusal {
  const within = replyTerm(matter, context);
  if (isRefusal(within)) return within;
  const counted = count(context.today, within, 0, context);
  if (isRefusal(counted)) return counted;
  const parts = (matter.details.assist ?? []).map((one) => ({ ...one, within: one.within ?? within }));
  const assisted = assistStarted(
    parts.map((one) => ({ unit: one.unit.id, within: one.within })),
    context,
  );
  const asked = assistLetters(matter, parts, context);
  if (isRefusal(assisted)) return assisted;
  if (isRefusal(asked)) return asked;
  const deadlines: CommonEvent[] = [{ type: 'DeadlineSet', data: { deadline: 'reply', counted } }, ...assisted];
  return seriesUnset(context) ?? { letters: [...reminderPair(matter, counted, context), ...asked], deadlines };
}

/** What makes somebody a drafter, who may not approve. */
const drafting: ReadonlySet<string> = new Set(['open', 'revise', 'submit']);

export const issuingCommands = {
  approve: command(['awaiting-approval'], {
    title: '批准',
    by: [approver],
    input: z.strictObject({ opinion: freeText }),
    awaited: () => true,
    notFor: (matter) => ({ rule: 'own-approval', persons: whoDid(matter, drafting) }),
    decide: (_matter, { opinion }) => [{ type: 'ReminderApproved', data: { opinion } }],
  }),
  return: command(['awaiting-approval'], {
    title: '退回',
    by: [approver],
    input: z.strictObject({ reason: freeText }),
    decide: (_matter, { reason }) => [{ type: 'ReminderReturned', data: { reason } }],
  }),
  issue: command(['approved'], {
    title: '印发',
    ...byDraftingOffice,
    input: z.strictObject({}),
    awaited: () => true,
    blocked: notIssuable,
    needs: lettersNeeds,
    numbers: (matter, input, context) =>
      numbersFor('work-tip', 'reminder-letter', ...assistNumbers(matter))(matter, input, context),
    letters: (matter, _input, context) => {
      const all = lettersToIssue(matter, context);
      return isRefusal(all) ? all : all.letters;
    },
    decide: (matter, _input, context, issued) => {
      const all = lettersToIssue(matter, context);
      if (isRefusal(all)) return all;
      return [{ type: 'ReminderIssued', data: {} }, ...issued, ...all.deadlines];
    },
  }),
};
