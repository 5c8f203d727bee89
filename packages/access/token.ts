import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Caller, callerFromClaims } from './caller.ts';

/** The one issuer whose tokens are believed. `keys` finds its public keys (jose's local or remote key set). */
export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
}

/** Who sent the request, or `undefined` where the token is missing, expired, foreign or forged. */
export type VerifyToken = (authorization: string | undefined) => Promise<Caller | undefined>;

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'];

/**
 * Verifies `Authorization: Bearer <JWT>`: signature, `iss`, `aud`, `exp` and `nbf`. Only asymmetric algorithms are
 * accepted, so a published key can never be used as a shared secret. `now` is in milliseconds and passed in, because a
 * service whose clock was moved must judge its own tokens by that clock.
 *
 * Errors: a token that does not hold gives `undefined`; an issuer that cannot be reached is thrown, because
 * "we do not know" must not look like "you may not".
 */
export function tokenVerifier(from: Issuer, now: () => number): VerifyToken {
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization?.trim() ?? '')?.[1];
    if (token === undefined) return undefined;
    try {
      const { payload } = await jwtVerify(token, from.keys, {
        issuer: from.issuer,
        audience: from.audience,
        algorithms,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(now()),
      });
      return callerFromClaims(payload);
    } catch (error) {
      // jose's generic error, its time-out and a key set that is none say nothing of the token.
      const unreachable =
        error instanceof errors.JWKSTimeout ||
        error instanceof errors.JWKSInvalid ||
        (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC');
      if (error instanceof errors.JOSEError && !unreachable) return undefined;
      throw error;
    }
  };
}
