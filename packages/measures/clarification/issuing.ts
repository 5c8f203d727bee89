import { theOrgan } from '@dandang/access/party.ts';
import { freeText } from '@dandang/casework/input.ts';
import * as z from 'zod/mini';
import { numbersOf, seriesMissing } from '../official-letter.ts';
import { draftOf, recipients } from './drafting.ts';
import { rescission, statement } from './letters.ts';
import { command, decider, decidersNow, drafters } from './parties.ts';

/* The statement 澄清函 goes out, and is taken back. */

const series = 'clarification.series';
const numbersFor = numbersOf(series);

export const issuingCommands = {
  issue: command(['approved'], {
    title: '印发',
    by: [theOrgan],
    input: z.strictObject({}),
    awaited: () => true,
    blocked: (_matter, known) => seriesMissing(known, series),
    needs: recipients,
    numbers: numbersFor('clarification-statement'),
    letters: (matter, _input, context) => seriesMissing(context, series) ?? [statement(draftOf(matter), context)],
    decide: (_matter, _input, _context, issued) => [{ type: 'ClarificationIssued', data: {} }, ...issued],
  }),
  rescind: command(['issued'], {
    title: '撤销',
    by: [decider],
    byNow: decidersNow,
    notFor: drafters,
    input: z.strictObject({ reason: freeText }),
    blocked: (_matter, known) => seriesMissing(known, series),
    needs: recipients,
    numbers: numbersFor('clarification-rescission'),
    letters: (matter, _input, context) => seriesMissing(context, series) ?? [rescission(matter, context)],
    decide: (_matter, { reason }, _context, issued) => [
      { type: 'ClarificationRescinded', data: { reason } },
      ...issued,
    ],
  }),
};
