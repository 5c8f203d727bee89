import { join } from 'node:path';
import { readEnvironment } from '@dandang/lambda/environment.ts';
import { portalFunction } from './answer.ts';
import { builtPortal } from './built-portal.ts';
import { placesFrom } from './places-from.ts';

const environment = readEnvironment(process.env);
const built = builtPortal(join(environment.LAMBDA_TASK_ROOT, 'portal'));
const places = placesFrom(environment);

export const http = portalFunction({ built: () => built, places: () => places });
