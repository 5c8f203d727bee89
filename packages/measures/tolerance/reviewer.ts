import type { Decision } from '@dandang/casework/command.ts';
import { idText } from '@dandang/casework/input.ts';
import * as z from 'zod/mini';
import { administrator, nobodyDecides, unnamable } from '../deciders.ts';
import type { ToleranceEvent } from './events.ts';
import { command, keptFrom } from './parties.ts';
import { openReview, type Tolerance, type ToleranceState } from './tolerance-matter.ts';

/* The administrator sees to it that somebody decides where nobody of the organ is left who may. */

const waits: readonly ToleranceState[] = ['proposed', 'declined', 'decided', 'correcting', 'closed'];

/** Something is to be decided, and nobody is left who may. */
export const undecidable = (matter: Tolerance): boolean =>
  (matter.state === 'proposed' || openReview(matter)) && nobodyDecides(matter, keptFrom(matter));

export const reviewerCommands = {
  'name-reviewer': command(waits, {
    title: '指定代为决定的机关',
    by: [administrator],
    input: z.strictObject({ unit: idText }),
    available: undecidable,
    awaited: undecidable,
    needs: (_matter, { unit }) => ({ units: [unit], officials: [] }),
    decide: (matter, { unit }, context): Decision<ToleranceEvent> =>
      unnamable(unit, matter, context) ?? [{ type: 'ReviewerNamed', data: { unit } }],
  }),
};
