import { theUnit } from '@dandang/access/party.ts';
import { term } from '@dandang/calendar/term.ts';
import type { Context, Decision } from '@dandang/casework/command.ts';
import { count, type Counted } from '@dandang/casework/deadline.ts';
import { idText } from '@dandang/casework/input.ts';
import { refOf } from '@dandang/casework/matter.ts';
import { isInChargeOf, isOrSucceeds } from '@dandang/casework/succession.ts';
import { isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import { refuse } from './refusals.ts';
import * as z from 'zod/mini';
import { declined, declinedBefore, declineInput, hasTakenOn, openDecline, refusalInput } from '../declining.ts';
import { openDispute } from '../dispute.ts';
import { lastLetter, receiptFiles, receivedOn } from '../receipt.ts';
import { declineAnswer, reassignmentLetters, reassignmentNumbers } from './decline-letters.ts';
import type { ReminderEvent } from './events.ts';
import { replyTerm, seriesUnset } from './issuing.ts';
import { byDraftingOffice, command, lettersNeeds, numbersFor } from './parties.ts';
import type { Reminder } from './reminder-matter.ts';

/* "Not ours" 退件: the unit that was reminded says that it is another's, and the office decides. */

/** What takes a reminder on. */
const takesOn: ReadonlySet<string> = new Set(['reply', 'dispute', 'request-extension', 'sign-own']);

const reassignment = z.strictObject({
  unit: idText,
  /** The leader in charge of it, where the present one is not. */
  leader: z.optional(idText),
  within: z.optional(term),
});
type Reassignment = z.infer<typeof reassignment>;

/** Where it goes to: the reminder as it is then, and when the reply is due. */
interface Reassigned {
  readonly to: Reminder;
  readonly reply: Counted;
}

/** Refuses a unit that the directory does not know, that has it already or that assists, and a leader not in charge of it. */
function reassigned(matter: Reminder, input: Reassignment, context: Context): Reassigned | Refusal {
  const { directory } = context;
  const unit = directory.unit(input.unit);
  if (unit === undefined) return refuse('unknown-unit', { detail: input.unit });
  if (unit.id === matter.unit.id) return malformedAt('unit', '不得改派给原单位', 'it is that unit’s already');
  if (matter.assisting?.some(({ id }) => isOrSucceeds(id, unit.id, directory)) === true)
    return refuse('assistant-is-lead', { detail: unit.name });
  const leaderId = input.leader ?? matter.details.leader.id;
  const leader = directory.official(leaderId);
  if (leader === undefined) return refuse('unknown-official', { detail: leaderId });
  if (!isInChargeOf(leader, unit.id, directory)) return refuse('not-in-charge', { detail: leader.name });
  const replyWithin = input.within ?? matter.details.replyWithin;
  const details = { ...matter.details, leader: refOf(leader), replyWithin };
  const to: Reminder = { ...matter, unit: refOf(unit), details };
  const within = replyTerm(to, context);
  if (isRefusal(within)) return within;
  const reply = count(context.today, within, 0, context);
  return isRefusal(reply) ? reply : (seriesUnset(context) ?? { to, reply });
}

export const decliningCommands = {
  decline: command(['issued'], {
    title: '退件',
    by: [theUnit],
    input: declineInput,
    available: (matter) => !hasTakenOn(matter, takesOn),
    blocked: (matter) => (declinedBefore(matter) ? refuse('decline-twice') : undefined),
    needs: ({ letters }, { suggests }) => ({
      units: suggests === undefined ? [] : [suggests],
      officials: [],
      files: receiptFiles(lastLetter(letters, ['reminder-letter'])),
    }),
    decide: (matter, input, context) => {
      const received = receivedOn(lastLetter(matter.letters, ['reminder-letter']), `unit:${matter.unit.id}`, context);
      const event = declined(input, matter, received, context);
      return isRefusal(event) ? event : [event];
    },
  }),
  reassign: command(['issued'], {
    title: '改派主办单位',
    ...byDraftingOffice,
    input: reassignment,
    // What was disputed is decided first: it is the unit's that disputed.
    available: (matter) => openDecline(matter.details) !== undefined && !openDispute(matter),
    awaited: (matter) => openDecline(matter.details) !== undefined && !openDispute(matter),
    needs: (matter, { unit, leader }) => {
      const { units, officials } = lettersNeeds(matter);
      return { units: [...units, unit], officials: leader === undefined ? officials : [...officials, leader] };
    },
    numbers: (matter, input, context) => {
      const leader = input.leader ?? matter.details.leader.id;
      return numbersFor(...reassignmentNumbers(matter, leader))(matter, input, context);
    },
    letters: (matter, input, context) => {
      const goes = reassigned(matter, input, context);
      return isRefusal(goes) ? goes : reassignmentLetters(matter, goes.to, goes.reply, context);
    },
    decide: (matter, input, context, issued): Decision<ReminderEvent> => {
      const goes = reassigned(matter, input, context);
      if (isRefusal(goes)) return goes;
      const { unit, details } = goes.to;
      const within = input.within === undefined ? {} : { within: input.within };
      return [
        { type: 'UnitReassigned', data: { unit, leader: details.leader, ...within } },
        ...issued,
        { type: 'DeadlineSet', data: { deadline: 'reply', counted: goes.reply } },
      ];
    },
  }),
  'refuse-decline': command(['issued'], {
    title: '不同意退件',
    ...byDraftingOffice,
    input: refusalInput,
    available: (matter) => openDecline(matter.details) !== undefined,
    needs: lettersNeeds,
    letters: (matter, { reason }, context) => [declineAnswer(matter, reason, context)],
    decide: (_matter, { reason }, _context, issued) => [{ type: 'DeclineRefused', data: { reason } }, ...issued],
  }),
};
