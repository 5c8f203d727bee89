import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Heading } from '@dandang/casework/heading.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import { filingsReferredTo } from './application.ts';
import { effectsOf } from './deciding.ts';
import { decisionLetter } from './decision-letter.ts';
import type { Decided } from './events.ts';
import type { Tolerance } from './tolerance-matter.ts';

/*
 * The decision as the investigators propose it 处理意见, to be read by those who decide: what only they give is left blank or
 * out, and nothing is put in its place.
 */

const blank = '＿＿＿＿';
/** A day that no meeting was on: it stands where the day is not known, and is blanked wherever it is printed. */
const someDay = '1000-01-01';

const withoutDay = (letter: IssuedLetter): IssuedLetter => ({
  ...letter,
  content: {
    ...letter.content,
    body: letter.content.body.map((block) =>
      'text' in block
        ? { ...block, text: block.text.replaceAll(formatChinese(someDay), `${blank}年${blank}月${blank}日`) }
        : block,
    ),
  },
});

function proposedLetters(
  tolerance: Tolerance,
  { outcome, reasons }: Pick<Decided, 'outcome' | 'reasons'>,
  context: Context,
): readonly IssuedLetter[] | Refusal {
  const { details, unit } = tolerance;
  const filings = details.riskFilings.map(({ id }) => id);
  const riskFilings = filingsReferredTo(filings, unit.id, context);
  if (isRefusal(riskFilings)) return riskFilings;
  const decision: Decided = {
    outcome,
    reasons,
    meeting: { body: blank, on: someDay },
    corrections: [],
    ...(outcome === 'mitigate' ? { confirmed: 'needed' as const } : {}),
    effects: effectsOf(tolerance, outcome, context.policy),
    riskFilings,
  };
  const ordered = [{ requirement: `${blank}（集体研究时确定）`, due: undefined }];
  return [withoutDay(decisionLetter(tolerance, decision, ordered, context))];
}

/** What those who decide give beside what was proposed. */
const givenByDeciders = ['meeting', 'correction', 'facts'] as const;

export function proposedDecision(tolerance: Tolerance): Heading<Tolerance> | undefined {
  const { proposal } = tolerance.details;
  if (proposal === undefined) return undefined;
  const { outcome, reasons } = proposal;
  return {
    command: 'decide',
    // What must be looked up for it, and its number, depend on none of the blanks.
    input: { outcome, reasons, meeting: { body: blank, on: someDay } },
    open: [...givenByDeciders, ...(outcome === 'exempt' ? [] : ['handling', 'impactEndsOn'])],
    letters: (context) => proposedLetters(tolerance, proposal, context),
  };
}
