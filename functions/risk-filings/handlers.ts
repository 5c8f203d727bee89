import type { BusEvent } from '@dandang/lambda/bus-events.ts';
import type { Route } from '@dandang/lambda/http.ts';
import { measureRoutes } from '@dandang/lambda/measure-routes.ts';
import { deadlineReactions, type ReactSurroundings } from '@dandang/lambda/react.ts';
import type { MeasureSurroundings } from '@dandang/lambda/surroundings.ts';
import { riskFiling } from '@dandang/measures/risk-filing/risk-filing.ts';

export const riskFilingRoutes = (deps: MeasureSurroundings): Route[] => measureRoutes(riskFiling, deps);

/** What risk filings make of timers: a last day that is over. */
export const riskFilingReactions = (deps: ReactSurroundings): ((event: BusEvent) => Promise<void>) =>
  deadlineReactions(riskFiling, deps);
