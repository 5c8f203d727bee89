import { measureSurroundings } from '@dandang/lambda/aws.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { toleranceReactions, toleranceRoutes } from './handlers.ts';

const surroundings = measureSurroundings('tolerance');

export const http = httpFunction(toleranceRoutes(surroundings), surroundings.verifyToken, surroundings.log);
export const bus = busFunction(toleranceReactions(surroundings), surroundings.log);
