import type { Decision } from '@dandang/casework/command.ts';
import { idText } from '@dandang/casework/input.ts';
import * as z from 'zod/mini';
import { administrator, nobodyDecides, unnamable } from '../deciders.ts';
import type { Clarification } from './clarification-matter.ts';
import type { ClarificationEvent } from './events.ts';
import { command, drafters } from './parties.ts';

/* The administrator sees to it that somebody decides where nobody of the organ is left who may. */

/** A draft waits for its approval, and nobody is left who may approve it. */
export const undecidable = (matter: Clarification): boolean =>
  matter.state === 'drafted' && matter.details.returned === undefined && nobodyDecides(matter, drafters(matter));

export const reviewerCommands = {
  'name-reviewer': command(['drafted'], {
    title: '指定代为决定的机关',
    by: [administrator],
    input: z.strictObject({ unit: idText }),
    available: undecidable,
    awaited: undecidable,
    needs: (_matter, { unit }) => ({ units: [unit], officials: [] }),
    decide: (matter, { unit }, context): Decision<ClarificationEvent> =>
      unnamable(unit, matter, context) ?? [{ type: 'ReviewerNamed', data: { unit } }],
  }),
};
