import { chaserKind } from '@dandang/casework/chaser-kind.ts';
import { foldChaser } from '@dandang/casework/chaser-sheet.ts';
import { sheetNoted } from '@dandang/casework/chasing.ts';
import { readFile } from '@dandang/store/file.ts';
import { clockActor, reactionActor } from '@dandang/casework/commit.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { parseKey } from '@dandang/store/keys.ts';
import { acceptReaction, type DecideOn } from './reaction.ts';
import type { BusEvent } from './bus-events.ts';
import { bringEffectsUpTo, type EffectSurroundings, hear } from './effects.ts';

/** The running number of a calendar's edition: 3 for `2026#3`. Every import raises it by one. */
const runningNumber = (edition: string): number => Number(edition.slice(edition.indexOf('#') + 1));

class CalendarNotKnownYet extends Error {
  override readonly name = 'CalendarNotKnownYet';
}

/** What the clock makes of a deadline whose day has come. */
export const whenReached =
  (deadline: string): DecideOn =>
  (open) => ({ needs: open.noticeNeeds, decide: (context) => open.deadlineReached(deadline, context) });

/**
 * What the owner of a deadline makes of a timer or of a new calendar. It folds the matter and decides for itself: a
 * deadline that is met, moved or already spoken of is a logged no-op.
 */
async function ownDeadline(
  deps: EffectSurroundings,
  measure: Measure,
  id: string,
  event: Exclude<BusEvent, { type: 'CommitAccepted' }>,
): Promise<void> {
  const outcome =
    event.type === 'DeadlineReached'
      ? await acceptReaction(deps, measure, id, clockActor, 'deadline-reached', whenReached(event.deadline))
      : await acceptReaction(deps, measure, id, reactionActor, 'calendar-changed', (open) => ({
          needs: open.noticeNeeds,
          decide: (context) => {
            // A calendar may be remembered for a while: an announcement that is newer comes again later.
            if (runningNumber(context.calendar.edition) < runningNumber(event.edition)) throw new CalendarNotKnownYet();
            return open.recountDeadlines(context);
          },
        }));
  if (outcome === undefined) deps.log.info('reaction-nothing-to-do', { file: event.file, type: event.type });
  else if (isRefusal(outcome)) deps.log.warn('reaction-refused', { file: event.file, code: outcome.refused });
}

/** A chaser sheet was issued: every matter of this measure that stands on it notes that it was chased. */
async function noteSheet(deps: EffectSurroundings, measure: Measure, key: string, id: string): Promise<void> {
  const sheet = foldChaser(id, (await readFile(deps.commits, key)).commits);
  if (sheet === undefined) return;
  const named = sheet.items.filter(({ matter }) => matter.kind === measure.kind).map(({ matter }) => matter.id);
  for (const one of new Set(named)) {
    const outcome = await acceptReaction(deps, measure, one, clockActor, 'chased', (open) => ({
      needs: open.noticeNeeds,
      decide: (context) => sheetNoted(open, sheet, context),
    }));
    if (isRefusal(outcome)) deps.log.warn('reaction-refused', { file: key, code: outcome.refused });
  }
}

/**
 * Everything that a measure makes of what is announced, read off its declaration: its own deadlines, its effects on the
 * files of others, and what it hears of those.
 */
export function measureReactions(measure: Measure, deps: EffectSurroundings): (event: BusEvent) => Promise<void> {
  return async (event) => {
    const file = parseKey(event.file);
    const own = file.kind === measure.kind;
    if (event.type === 'CommitAccepted') {
      if (file.kind === chaserKind) await noteSheet(deps, measure, event.file, file.id);
      if (own && measure.hasEffects({ events: event.events })) await bringEffectsUpTo(deps, measure, file.id);
      await hear(deps, measure, file, event.events);
    } else if (own) await ownDeadline(deps, measure, file.id, event);
  };
}
