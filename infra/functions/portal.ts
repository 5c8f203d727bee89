import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** The pages for people, as files: it reads nothing that is kept, and may touch nothing. */
export function portal(scope: Construct, around: Surroundings): HouseFunction {
  const { settings, data } = around;
  const { clientId, scope: asked, resource, city, marking } = settings.portal;
  const { region, urlSuffix } = Stack.of(scope);
  const made = new HouseFunction(
    scope,
    {
      name: 'portal',
      alarmImpact: 'Nobody can open the page; the API answers as ever.',
      access: {},
      entries: { http: {} },
      environment: {
        OIDC_CLIENT_ID: clientId,
        OIDC_SCOPE: asked,
        ...(resource === undefined ? {} : { OIDC_RESOURCE: resource }),
        CITY_NAME: city,
        ...(marking === undefined ? {} : { MARKING: marking }),
        UPLOADS_ORIGIN: `https://${data.attachments.name}.s3.${region}.${urlSuffix}`,
      },
    },
    around,
  );
  made.answersTheRest();
  return made;
}
