import { httpSurroundings } from '@dandang/lambda/aws.ts';
import { eventBridgeBus } from '@dandang/lambda/aws-bus.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import measures from '../../docs/api/measures.json' with { type: 'json' };
import openapi from '../../docs/api/openapi.json' with { type: 'json' };
import { announceCalendar } from './react.ts';
import { settingsRoutes } from './routes.ts';

const { env, ...core } = httpSurroundings('settings');
const surroundings = { ...core, policyId: env.POLICY_ID, version: openapi.info.version, openapi, measures };

export const http = httpFunction(settingsRoutes(surroundings), core.verifyToken, core.log);
export const bus = busFunction(
  (event) => announceCalendar({ ...core, bus: eventBridgeBus(env.need('BUS_NAME')) }, event),
  core.log,
);
