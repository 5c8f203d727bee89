import type { BusEvent } from '@dandang/accept/bus-events.ts';
import type { Route } from '@dandang/api/route.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { deadlineReactions, type ReactSurroundings } from '@dandang/accept/react.ts';
import type { MeasureSurroundings } from '@dandang/api/surroundings.ts';
import { reward } from '@dandang/measures/reward/reward.ts';
import { projectsRoute } from './projects.ts';

/** The routes of rewards, and the list of their projects. */
export const rewardRoutes = (deps: MeasureSurroundings): Route[] => [
  ...measureRoutes(reward, deps),
  projectsRoute(deps),
];

/** What rewards make of timers and calendars. */
export const rewardReactions = (deps: ReactSurroundings): ((event: BusEvent) => Promise<void>) =>
  deadlineReactions(reward, deps);
