import type { Route } from '@dandang/api/route.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { clarification } from '@dandang/measures/clarification/clarification.ts';

/** None of its commands takes attachments, so it may not even look where they lie. */
const noAttachments = { stat: () => Promise.resolve(undefined) };

export const clarificationRoutes = (deps: HttpSurroundings): Route[] =>
  measureRoutes(clarification, { ...deps, attachments: noAttachments });
