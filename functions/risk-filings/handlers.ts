import type { BusEvent } from '@dandang/accept/bus-events.ts';
import type { Route } from '@dandang/api/route.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { deadlineReactions, type ReactSurroundings } from '@dandang/accept/react.ts';
import type { MeasureSurroundings } from '@dandang/api/surroundings.ts';
import { riskFiling } from '@dandang/measures/risk-filing/risk-filing.ts';

export const riskFilingRoutes = (deps: MeasureSurroundings): Route[] => measureRoutes(riskFiling, deps);

/** What risk filings make of timers: a last day that is over. */
export const riskFilingReactions = (deps: ReactSurroundings): ((event: BusEvent) => Promise<void>) =>
  deadlineReactions(riskFiling, deps);
