import { measureSurroundings } from '@dandang/lambda/aws.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { deliveryRoutes } from './routes.ts';

const surroundings = measureSurroundings('deliveries');

export const http = httpFunction(deliveryRoutes(surroundings), surroundings.verifyToken, surroundings.log);
