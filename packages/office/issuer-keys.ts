import { fetchFromIssuer, remoteKeys } from '@dandang/lambda/remote-keys.ts';
import { rootCertificates } from 'node:tls';
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

/** Beside the public authorities the settings' own one; only the public ones where there is none. */
const believedBy = ({ authority }: Pick<OfficeIssuer, 'authority'>): readonly string[] | undefined =>
  authority === undefined ? undefined : [...rootCertificates, authority];

async function discovered({ issuer, authority }: OfficeIssuer): Promise<URL> {
  const url = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const found = described.safeParse(await fetchFromIssuer(url, believedBy({ authority })));
  if (!found.success) throw new errors.JWKSInvalid('not the description of an issuer', { cause: found.error });
  // Section 4.3: it must be the very same, or somebody else describes it.
  if (found.data.issuer !== issuer) throw new errors.JWKSInvalid('the issuer calls itself something else');
  return new URL(found.data.jwks_uri);
}

/** The keys of an issuer, and whether it can be asked for them. */
export interface IssuerKeys {
  readonly find: JWTVerifyGetKey;
  /** Asks the issuer where its keys are, so that a wrong address is known before anybody signs in. Never rejects. */
  readonly ask: () => Promise<void>;
  /** It could not be asked when it last had to be: nobody can sign in who had not before. */
  readonly unreachable: () => boolean;
}

/** What says something of the token, and nothing of the issuer. */
const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;

/**
 * The keys of an issuer, which is asked where they are, so that a service starts although the issuer is not there yet.
 * `elapsed` gives milliseconds that only ever go up. Errors of `find` as of `remoteKeys`.
 */
export function issuerKeys(issuer: OfficeIssuer, elapsed: () => number): IssuerKeys {
  const { jwksUrl, authority } = issuer;
  let unreachable = false;
  let found: Promise<JWTVerifyGetKey> | undefined;
  const keys = (): Promise<JWTVerifyGetKey> => {
    found ??= (jwksUrl === undefined ? discovered(issuer) : Promise.resolve(new URL(jwksUrl)))
      .then((url) => remoteKeys(url, elapsed, believedBy({ authority })))
      .catch((error: unknown) => {
        found = undefined;
        throw error;
      });
    return found;
  };
  return {
    find: async (header, token) => {
      try {
        const key = await (await keys())(header, token);
        unreachable = false;
        return key;
      } catch (error) {
        unreachable = !isOfToken(error);
        throw error;
      }
    },
    ask: async () => {
      try {
        await keys();
        unreachable = false;
      } catch {
        unreachable = true;
      }
    },
    unreachable: () => unreachable,
  };
}
