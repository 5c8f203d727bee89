import { role } from '@dandang/access/party.ts';
import { commandsOf } from '@dandang/casework/command.ts';
import type { ClarificationDetails, ClarificationState } from './clarification-matter.ts';
import type { ClarificationEvent } from './events.ts';

export const command = commandsOf<ClarificationState, ClarificationDetails, ClarificationEvent>();

/** Whoever takes part in deciding, of whichever organ (docs/decisions/0010). */
export const decider = role('decider');
