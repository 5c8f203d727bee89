import { measureSurroundings } from '@dandang/lambda/aws.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { reminderReactions } from './react.ts';

const surroundings = measureSurroundings('reminders');

const { log, verifyToken } = surroundings;

// Marked as pure, so that the bundle of one function can leave the other one out (infra/bundle.ts).
export const http = /* @__PURE__ */ httpFunction(
  /* @__PURE__ */ measureRoutes(reminder, surroundings),
  verifyToken,
  log,
);
export const bus = /* @__PURE__ */ busFunction(/* @__PURE__ */ reminderReactions(surroundings), log);
