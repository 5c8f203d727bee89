import { httpSurroundings } from '@dandang/lambda/aws.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { clarificationRoutes } from './handlers.ts';

const surroundings = httpSurroundings('clarifications');

export const http = httpFunction(clarificationRoutes(surroundings), surroundings.verifyToken, surroundings.log);
