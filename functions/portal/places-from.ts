import type { readEnvironment } from '@dandang/lambda/environment.ts';
import { portalLanguages, type PortalPlaces } from './portal-config.ts';

/** What the stage says of the portal, by the environment that infra/functions/portal.ts sets. */
export function placesFrom(environment: ReturnType<typeof readEnvironment>): PortalPlaces {
  const { CITY_NAME: city = '', MARKING: marking, UPLOADS_ORIGIN: uploads, OIDC_RESOURCE: resource } = environment;
  return {
    config: {
      issuer: environment.need('OIDC_ISSUER'),
      clientId: environment.need('OIDC_CLIENT_ID'),
      scope: environment.need('OIDC_SCOPE'),
      ...(resource === undefined ? {} : { resource }),
      city,
      languages: portalLanguages,
      ...(marking === undefined ? {} : { marking }),
    },
    ...(uploads === undefined ? {} : { uploads }),
  };
}
