import { type Party, theDeciders } from '@dandang/access/party.ts';
import { commandsOf, type Exclusion } from '@dandang/casework/command.ts';
import { whoDid } from '@dandang/casework/matter.ts';
import { decidersOf } from '../deciders.ts';
import type { Clarification, ClarificationDetails, ClarificationState } from './clarification-matter.ts';
import type { ClarificationEvent } from './events.ts';

export const command = commandsOf<ClarificationState, ClarificationDetails, ClarificationEvent>();

/** Whoever takes part in deciding in the organ's name (docs/decisions/0010). */
export const decider = theDeciders;

/** What makes somebody a drafter, who may not decide on the draft. */
const drafting: ReadonlySet<string> = new Set(['open', 'revise']);
export const drafters = (matter: Clarification): Exclusion => ({
  rule: 'own-approval',
  persons: whoDid(matter, drafting),
});

/** Those who decide on it now. */
export const decidersNow = (matter: Clarification): readonly Party[] => decidersOf(matter, drafters(matter));
