import type { Decision } from '@dandang/casework/command.ts';
import { ended, met, reopened } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { deciding, decisionInput } from './deciding.ts';
import { decisionLetter, decisionSlot } from './decision-letter.ts';
import type { ToleranceEvent } from './events.ts';
import { rescissionLetter } from './letters.ts';
import { command, decider, decidersNow, decisionNeeds, numbersFor, partiesOf, prepared } from './parties.ts';
import { openReview } from './tolerance-matter.ts';

/* What the deciders 集体研究 do: they return a proposal, decide, and take a decision back. */

const reasoned = z.strictObject({ reason: freeText });

export const decisionCommands = {
  return: command(['proposed'], {
    title: '退回核查',
    by: [decider],
    byNow: decidersNow,
    notFor: prepared,
    input: reasoned,
    decide: (matter, { reason }) => [
      { type: 'ProposalReturned', data: { reason } },
      ...ended(matter, (name) => name === 'decision'),
      ...reopened(matter, 'investigation'),
    ],
  }),
  decide: command(['proposed'], {
    title: '作出决定',
    by: [decider],
    byNow: decidersNow,
    notFor: prepared,
    input: decisionInput,
    awaited: () => true,
    needs: decisionNeeds,
    numbers: (matter, input, context) => numbersFor(decisionSlot(matter))(matter, input, context),
    letters: (matter, input, context) => {
      const made = deciding(matter, input, context);
      return isRefusal(made) ? made : [decisionLetter(matter, made.decision, made.ordered, context)];
    },
    decide: (matter, input, context, issued): Decision<ToleranceEvent> => {
      const made = deciding(matter, input, context);
      if (isRefusal(made)) return made;
      return [
        { type: 'ToleranceDecided', data: made.decision },
        ...met(matter, 'decision', context.today),
        ...issued,
        ...made.deadlines,
      ];
    },
  }),
};

export const rescissionCommands = {
  rescind: command(['decided', 'correcting', 'closed'], {
    title: '撤销决定',
    by: [decider],
    byNow: decidersNow,
    notFor: prepared,
    input: reasoned,
    // Whoever asked for a review gets its answer first.
    available: (matter) => !openReview(matter),
    needs: partiesOf,
    numbers: numbersFor('tolerance-rescission'),
    letters: (matter, { reason }, context) => [rescissionLetter(matter, reason, context)],
    decide: (matter, { reason }, _context, issued) => [
      { type: 'ToleranceRescinded', data: { reason } },
      ...ended(matter),
      ...issued,
    ],
  }),
};
