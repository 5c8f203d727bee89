import { theOrgan } from '@dandang/access/party.ts';
import type { Decision } from '@dandang/casework/command.ts';
import { met } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { clockFrom } from './clocks.ts';
import type { ToleranceEvent } from './events.ts';
import { declinedLetter } from './letters.ts';
import { command, partiesOf } from './parties.ts';

/* Whether the organ takes an application up 受理. */

export const admissionCommands = {
  accept: command(['applied'], {
    title: '受理',
    by: [theOrgan],
    input: z.strictObject({}),
    awaited: () => true,
    decide: (matter, _input, context): Decision<ToleranceEvent> => {
      const clock = clockFrom('investigation', context);
      if (isRefusal(clock)) return clock;
      return [{ type: 'ApplicationAccepted', data: {} }, ...met(matter, 'acceptance', context.today), ...clock];
    },
  }),
  decline: command(['applied'], {
    title: '不予受理',
    by: [theOrgan],
    input: z.strictObject({ reason: freeText }),
    needs: partiesOf,
    letters: (matter, { reason }, context) => [declinedLetter(matter, reason, context)],
    decide: (matter, { reason }, context, issued) => [
      { type: 'ApplicationDeclined', data: { reason } },
      ...met(matter, 'acceptance', context.today),
      ...issued,
    ],
  }),
};
