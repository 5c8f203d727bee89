import { measureSurroundings } from '@dandang/lambda/aws.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { riskFilingReactions, riskFilingRoutes } from './handlers.ts';

const surroundings = measureSurroundings('risk-filings');

const { log, verifyToken } = surroundings;

// Marked as pure, so that the bundle of one function can leave the other one out (infra/bundle.ts).
export const http = /* @__PURE__ */ httpFunction(/* @__PURE__ */ riskFilingRoutes(surroundings), verifyToken, log);
export const bus = /* @__PURE__ */ busFunction(/* @__PURE__ */ riskFilingReactions(surroundings), log);
