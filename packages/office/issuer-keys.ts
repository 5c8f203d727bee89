import { fetchFromIssuer, remoteKeys } from '@dandang/lambda/remote-keys.ts';
import { errors, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod/mini';

/** The issuer whose tokens are believed, as an office's settings name it. */
export interface OfficeIssuer {
  /** As it stands in `iss`. */
  readonly issuer: string;
  /** Where its keys are; where it is not said, the issuer says it itself (OpenID Connect Discovery 1.0, section 4). */
  readonly jwksUrl?: string | undefined;
  /** PEM of the authority that signed its certificate, believed beside the public ones. */
  readonly authority?: string | undefined;
}

const described = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

async function discovered({ issuer, authority }: OfficeIssuer): Promise<URL> {
  const url = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const found = described.safeParse(await fetchFromIssuer(url, authority));
  if (!found.success) throw new errors.JWKSInvalid('not the description of an issuer', { cause: found.error });
  // Section 4.3: it must be the very same, or somebody else describes it.
  if (found.data.issuer !== issuer) throw new errors.JWKSInvalid('the issuer calls itself something else');
  return new URL(found.data.jwks_uri);
}

/**
 * The keys of an issuer. It is asked where they are when the first token comes, so that a service starts although the
 * issuer is not there yet. `elapsed` gives milliseconds that only ever go up. Errors as of `remoteKeys`.
 */
export function issuerKeys(issuer: OfficeIssuer, elapsed: () => number): JWTVerifyGetKey {
  const { jwksUrl, authority } = issuer;
  const from = (url: URL): JWTVerifyGetKey => remoteKeys(url, elapsed, authority);
  if (jwksUrl !== undefined) return from(new URL(jwksUrl));
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= discovered(issuer)
      .then(from)
      .catch((error: unknown) => {
        found = undefined;
        throw error;
      });
    return (await found)(header, token);
  };
}
