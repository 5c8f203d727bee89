import type { Context } from '@dandang/casework/command.ts';
import { count, type Counted } from '@dandang/casework/deadline.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { whoDid } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { reminderPair } from './letters.ts';
import { approver, byDraftingOffice, command, numbersFor, pairNeeds } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';
import { refuse } from './refusals.ts';

/* From the approval 报批 to the pair of letters that is issued. */

/** A number must stand on the letters: refuses with `series-unset` while the deployment has set no series for them. */
export const seriesUnset = ({ policy }: Context): Refusal | undefined =>
  policy.settings['reminder.series'].value === null
    ? refuse('series-unset', {
        setting: 'reminder.series',
        detail: '请管理员设置机关代字；已起草的事项沿用起草时的制度版本，设置后须重新起草',
      })
    : undefined;

/** The pair of letters as it would be issued today, and when the reply would be due. */
export function pairToIssue(
  matter: Reminder,
  context: Context,
): { readonly letters: readonly IssuedLetter[]; readonly counted: Counted } | Refusal {
  const within = matter.details.replyWithin ?? context.policy.settings['reminder.replyWithin'].value;
  if (within === null) return refuse('reply-term-unset', { setting: 'reminder.replyWithin' });
  const counted = count(context.today, within, 0, context);
  if (isRefusal(counted)) return counted;
  return seriesUnset(context) ?? { letters: reminderPair(matter, counted, context), counted };
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
    needs: pairNeeds,
    numbers: numbersFor('work-tip', 'reminder-letter'),
    letters: (matter, _input, context) => {
      const pair = pairToIssue(matter, context);
      return isRefusal(pair) ? pair : pair.letters;
    },
    decide: (matter, _input, context, issued) => {
      const pair = pairToIssue(matter, context);
      if (isRefusal(pair)) return pair;
      return [
        { type: 'ReminderIssued', data: {} },
        ...issued,
        { type: 'DeadlineSet', data: { deadline: 'reply', counted: pair.counted } },
      ];
    },
  }),
};
