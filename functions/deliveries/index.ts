import { arrivedAttachments, httpSurroundings } from '@dandang/lambda/aws.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { deliveryRoutes } from './routes.ts';

const surroundings = httpSurroundings('deliveries');

export const http = httpFunction(
  deliveryRoutes({ ...surroundings, attachments: arrivedAttachments(surroundings) }),
  surroundings.verifyToken,
  surroundings.log,
);
