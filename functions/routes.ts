import type { Route } from '@dandang/api/route.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { measuresDocument } from '@dandang/api/measures-document.ts';
import { openapiDocument } from '@dandang/api/openapi.ts';
import type { AttachmentObjects } from '@dandang/accept/attachment-objects.ts';
import type { MeasureSurroundings } from '@dandang/api/surroundings.ts';
import { measures } from '@dandang/measures/registry.ts';
import { wordedMeasures } from '@dandang/measures/words.ts';
import { attachmentRoutes } from './attachments/routes.ts';
import { deliveryRoutes } from './deliveries/routes.ts';
import { directoryRoutes } from './directory/routes.ts';
import { documentRoutes } from './documents/routes.ts';
import { recordRoutes } from './records/routes.ts';
import { settingsRoutes, type SettingsSurroundings } from './settings/routes.ts';
import { worklistRoutes } from './worklist/routes.ts';

/** The version of the service, as health and the OpenAPI document show it. */
export const version = '0.1.0';

/** What all of them together touch. */
interface ApiSurroundings extends MeasureSurroundings, SettingsSurroundings {
  readonly views: MeasureSurroundings['views'];
  readonly attachments: MeasureSurroundings['attachments'] & AttachmentObjects;
}

/** The routes of every function that answers requests, by the name of its folder; a measure's folder is its collection. */
export function apiRoutes(deps: ApiSurroundings): Readonly<Record<string, readonly Route[]>> {
  return {
    settings: settingsRoutes(deps),
    directory: directoryRoutes(deps),
    worklist: worklistRoutes(deps),
    attachments: attachmentRoutes(deps, deps.attachments),
    deliveries: deliveryRoutes(deps),
    documents: documentRoutes(deps),
    records: recordRoutes(deps),
    ...Object.fromEntries(measures.map((measure) => [measure.collection, measureRoutes(measure, deps)])),
  };
}

const inert = (): never => {
  throw new Error('these routes are there to be read, not to be called');
};

const inertSurroundings: ApiSurroundings = {
  commits: { read: inert, readNewest: inert, append: inert, keysOn: inert },
  views: { put: inert, get: inert, getMany: inert, rows: inert, list: inert },
  reference: { policyInForce: inert, policyOf: inert, calendar: inert, directory: inert },
  attachments: { stat: inert, upload: inert, fetch: inert },
  now: inert,
  freshId: inert,
  verifyToken: inert,
  log: { info: inert, warn: inert, error: inert },
  policyId: '',
  version,
  openapi: undefined,
  measures: undefined,
};

/** What a route says of itself. */
export type DeclaredRoute = Pick<Route, 'method' | 'path' | 'open' | 'sheet'>;

/** The same routes with nothing behind them: for the gateway's table and the OpenAPI document, which only name them. */
export const declaredRoutes: Readonly<Record<string, readonly DeclaredRoute[]>> = apiRoutes(inertSurroundings);

/** What every measure is called and asks for, as `docs/api/measures.json` keeps it and `GET /api/measures` gives it. */
export const namedMeasures = () => measuresDocument(wordedMeasures);

/** The OpenAPI document of the service, as `docs/api/openapi.json` keeps it and `GET /api/openapi.json` gives it. */
export const serviceDocument = () => openapiDocument(Object.values(declaredRoutes).flat(), wordedMeasures, version);
