import { httpSurroundings } from '@dandang/lambda/aws.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { documentRoutes } from './routes.ts';

const surroundings = httpSurroundings('documents');

export const http = httpFunction(documentRoutes(surroundings), surroundings.verifyToken, surroundings.log);
