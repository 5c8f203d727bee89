import { theAssistants } from '@dandang/access/party.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { type Context, type Decision, nothingNeeded } from '@dandang/casework/command.ts';
import { count } from '@dandang/casework/deadline.ts';
import { met } from '@dandang/casework/deadline-events.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import {
  assistants,
  assistDeadline,
  assistStarted,
  contributionInput,
  disagreeing,
  disagreementInput,
  mediationInput,
  stillToContribute,
} from '../assisting.ts';
import { byWhen } from '../official-letter.ts';
import { mediations } from './assist-letters.ts';
import type { ReminderEvent } from './events.ts';
import { byDraftingOffice, command, lettersNeeds } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';

/* The units that assist 协办, as long as the unit that leads has not answered. */

/** What is said to all of them, with the new day of those who disagreed where a term is given. */
function mediating(
  matter: Reminder,
  { opinion, within }: z.infer<typeof mediationInput>,
  context: Context,
): IssuedLetter[] | Refusal {
  if (within === undefined) return mediations(matter, { opinion, renewed: undefined }, context);
  const counted = count(context.today, within, 0, context);
  if (isRefusal(counted)) return counted;
  return mediations(
    matter,
    { opinion, renewed: { units: disagreeing(matter.details), by: byWhen(counted, '印发之日') } },
    context,
  );
}

export const assistingCommands = {
  contribute: command(['issued'], {
    title: '提交协办意见',
    signed: true,
    by: [theAssistants],
    input: z.strictObject({ ...contributionInput, attachments: attachmentIds }),
    turn: ({ details }, { unit }) => stillToContribute(details).includes(unit),
    awaited: ({ details }) => stillToContribute(details).length > 0,
    awaitedBy: ({ details }) => [assistants(stillToContribute(details))],
    needs: (_matter, { attachments }) => ({ ...nothingNeeded, attachments }),
    decide: (matter, { text, attachments }, context): Decision<ReminderEvent> => {
      const files = attached(attachments, context, context.by);
      if (isRefusal(files)) return files;
      const { unit } = context.by;
      return [
        { type: 'ContributionFiled', data: { unit, text, ...withAttachments(files) } },
        ...met(matter, assistDeadline(unit), context.today),
      ];
    },
  }),
  disagree: command(['issued'], {
    title: '对协办提出不同意见',
    by: [theAssistants],
    input: disagreementInput,
    // One at a time, and none about what was done.
    turn: ({ details }, { unit }) => stillToContribute(details).includes(unit) && !disagreeing(details).includes(unit),
    decide: (_matter, { reason }, { by }) => [{ type: 'AssistanceDisputed', data: { unit: by.unit, reason } }],
  }),
  mediate: command(['issued'], {
    title: '提出协调意见',
    ...byDraftingOffice,
    input: mediationInput,
    available: ({ details }) => disagreeing(details).length > 0,
    awaited: ({ details }) => disagreeing(details).length > 0,
    needs: lettersNeeds,
    letters: mediating,
    decide: (matter, { opinion, within }, context, issued): Decision<ReminderEvent> => {
      const units = disagreeing(matter.details).map((unit) => ({ unit, within }));
      const renewed = assistStarted(
        units.flatMap((one) => (one.within === undefined ? [] : { unit: one.unit, within: one.within })),
        context,
      );
      if (isRefusal(renewed)) return renewed;
      const data = { opinion, ...(within === undefined ? {} : { within }) };
      return [{ type: 'DisagreementMediated', data }, ...issued, ...renewed];
    },
  }),
};
