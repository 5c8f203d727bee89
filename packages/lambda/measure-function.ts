import { measureReactions } from '@dandang/accept/react.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import { arrivedAttachments, httpSurroundings } from './aws.ts';
import { busFunction } from './bus.ts';
import { httpFunction } from './http.ts';

/** What the functions of one measure touch. One that names no attachments may not even look where they lie. */
export function measureSurroundings({ collection, footprint }: Measure) {
  const http = httpSurroundings(collection);
  const attachments = footprint.attachments ? arrivedAttachments(http) : { stat: () => Promise.resolve(undefined) };
  return { ...http, attachments };
}
type Surroundings = ReturnType<typeof measureSurroundings>;

/** The requests of a measure. */
export const measureHttp = (measure: Measure, around: Surroundings) =>
  httpFunction(measureRoutes(measure, around), around.verifyToken, around.log);

/** What a measure makes of the clock, a new calendar, and the files of others. */
export const measureBus = (measure: Measure, around: Surroundings) =>
  busFunction(measureReactions(measure, around), around.log);
