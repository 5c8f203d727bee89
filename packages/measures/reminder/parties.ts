import { type Party, role, roleIn } from '@dandang/access/party.ts';
import { commandsOf, commandsWhere } from '@dandang/casework/command.ts';
import type { DirectoryNeeds } from '@dandang/casework/directory.ts';
import { unitsEver } from '@dandang/casework/unit-parts.ts';
import { numbersOf } from '../official-letter.ts';
import type { ReminderEvent } from './events.ts';
import {
  isIssued,
  type IssuedDetails,
  type Reminder,
  type ReminderDetails,
  type ReminderState,
} from './reminder-matter.ts';

/* What the commands of a reminder have in common: who acts, whom a letter may go to, the numbers it needs. */

export const command = commandsOf<ReminderState, ReminderDetails, ReminderEvent>();
export const ofIssued = commandsWhere<ReminderState, ReminderDetails, IssuedDetails, ReminderEvent>(isIssued);

export const [supervision, approver] = [role('supervision'), role('approver')];

/** Who acted on it so far, whatever they did: none of them decides a dispute about it. */
export const tookPart = ({ acts }: Reminder): string[] => acts.map((act) => act.person);

/** The supervision office that drafted it: it alone takes it further, every other one sees it. */
export const draftingOffice = ({ openedBy }: Pick<Reminder, 'openedBy'>): Party => roleIn('supervision', openedBy.unit);
/** What only the drafting office does. */
export const byDraftingOffice = { by: [supervision], byNow: (matter: Reminder) => [draftingOffice(matter)] };

/** Whom the letters go to, and the office that signs them. */
export const lettersNeeds = (matter: Reminder): DirectoryNeeds => ({
  units: [...unitsEver(matter).map(({ id }) => id), matter.openedBy.unit],
  officials: [matter.details.leader.id, ...(matter.details.formerLeaders ?? [])],
});

export const numbersFor = numbersOf('reminder.series');
