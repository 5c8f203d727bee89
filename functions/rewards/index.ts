import { measureSurroundings } from '@dandang/lambda/aws.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { rewardReactions, rewardRoutes } from './handlers.ts';

const surroundings = measureSurroundings('rewards');

const { log, verifyToken } = surroundings;

// Marked as pure, so that the bundle of one function can leave the other one out (infra/bundle.ts).
export const http = /* @__PURE__ */ httpFunction(/* @__PURE__ */ rewardRoutes(surroundings), verifyToken, log);
export const bus = /* @__PURE__ */ busFunction(/* @__PURE__ */ rewardReactions(surroundings), log);
