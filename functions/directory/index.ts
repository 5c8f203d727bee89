import { httpSurroundings } from '@dandang/lambda/aws.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { applyDirectoryImport } from './react.ts';
import { directoryRoutes } from './routes.ts';

const surroundings = httpSurroundings('directory');

export const http = httpFunction(directoryRoutes(surroundings), surroundings.verifyToken, surroundings.log);
export const bus = busFunction((event) => applyDirectoryImport(surroundings, event), surroundings.log);
