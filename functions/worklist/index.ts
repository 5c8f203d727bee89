import { httpSurroundings } from '@dandang/lambda/aws.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { worklistRoutes } from './routes.ts';

const surroundings = httpSurroundings('worklist');

export const http = httpFunction(worklistRoutes(surroundings), surroundings.verifyToken, surroundings.log);
