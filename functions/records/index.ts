import { httpSurroundings } from '@dandang/lambda/aws.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { recordRoutes } from './routes.ts';

const surroundings = httpSurroundings('records');

export const http = httpFunction(recordRoutes(surroundings), surroundings.verifyToken, surroundings.log);
