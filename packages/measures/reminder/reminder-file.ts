import type { Commit } from '@dandang/casework/commit.ts';
import { disputeRaise } from '../dispute.ts';
import { isNewerPart, ownPart } from '../own-part.ts';
import { reminderEvent } from './events.ts';
import { evolveReminder } from './evolve.ts';

/** What other measures must know of a reminder: how it stands, and whose it is. Undefined where the file holds none. */
export const reminderOnFile = (file: readonly Commit[]) =>
  ownPart(file, { event: reminderEvent, raise: disputeRaise, evolve: evolveReminder, withdrawn: 'withdrawn' });

/** Whether nothing may be added to a reminder's file, because a newer release wrote on it. */
export const isNewerReminder = (file: readonly Commit[]): boolean =>
  isNewerPart(file, { event: reminderEvent, raise: disputeRaise });
