import { measureSurroundings } from '@dandang/lambda/aws.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { interviewReactions, interviewRoutes } from './handlers.ts';

const surroundings = measureSurroundings('interviews');

export const http = httpFunction(interviewRoutes(surroundings), surroundings.verifyToken, surroundings.log);
export const bus = busFunction(interviewReactions(surroundings), surroundings.log);
