import type { BusEvent } from '@dandang/accept/bus-events.ts';
import type { Route } from '@dandang/api/route.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { deadlineReactions } from '@dandang/accept/react.ts';
import type { MeasureSurroundings } from '@dandang/api/surroundings.ts';
import { interview } from '@dandang/measures/interview/interview.ts';
import { bringLadderUpTo, ladderReactions, type LadderSurroundings } from './ladder.ts';

/** The commands after which an interview stands elsewhere on the ladder. */
const moving: ReadonlySet<string> = new Set(['hold', 'annul', 'decide-dispute']);

/** The routes of interviews; whoever records one sees at once where it stands on the ladder. */
export const interviewRoutes = (deps: MeasureSurroundings): Route[] =>
  measureRoutes(interview, deps, async (id, command) => {
    if (!moving.has(command)) return false;
    await bringLadderUpTo(deps, id);
    return true;
  });

/** What interviews make of timers, calendars and ladders. */
export function interviewReactions(deps: LadderSurroundings) {
  const deadlines = deadlineReactions(interview, deps);
  return async (event: BusEvent): Promise<void> => {
    await deadlines(event);
    await ladderReactions(deps, event);
  };
}
