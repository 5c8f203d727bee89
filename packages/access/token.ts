import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import { JOSEError, JWKSInvalid, JWKSTimeout } from 'jose/errors';
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

/** How long a token that held is believed without another look at its signature, in milliseconds; never beyond its `exp`. */
const believedFor = 60_000;
const mostBelieved = 1000;

/**
 * Verifies `Authorization: Bearer <JWT>`: signature, `iss`, `aud`, `exp` and `nbf`. Only asymmetric algorithms are
 * accepted, so a published key can never be used as a shared secret. `now` is in milliseconds and passed in, because a
 * service whose clock was moved must judge its own tokens by that clock.
 *
 * What held is believed for a minute, so a key that the issuer takes back is believed a minute longer.
 *
 * Errors: a token that does not hold gives `undefined`; an issuer that cannot be reached is thrown, because
 * "we do not know" must not look like "you may not".
 */
export function tokenVerifier(from: Issuer, now: () => number): VerifyToken {
  const believed = new Map<string, { readonly caller: Caller; readonly at: number; readonly until: number }>();
  const remember = (token: string, caller: Caller, expires: number): void => {
    const at = now();
    believed.delete(token);
    believed.set(token, { caller, at, until: Math.min(at + believedFor, expires * 1000) });
    for (const oldest of believed.keys()) {
      if (believed.size <= mostBelieved) break;
      believed.delete(oldest);
    }
  };
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization?.trim() ?? '')?.[1];
    if (token === undefined) return undefined;
    const known = believed.get(token);
    if (known !== undefined && known.at <= now() && now() < known.until) return known.caller;
    try {
      const { payload } = await jwtVerify(token, from.keys, {
        issuer: from.issuer,
        audience: from.audience,
        algorithms,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(now()),
      });
      const caller = callerFromClaims(payload);
      if (caller !== undefined && payload.exp !== undefined) remember(token, caller, payload.exp);
      return caller;
    } catch (error) {
      // jose's generic error, its time-out and a key set that is none say nothing of the token.
      const unreachable =
        error instanceof JWKSTimeout ||
        error instanceof JWKSInvalid ||
        (error instanceof JOSEError && error.code === 'ERR_JOSE_GENERIC');
      if (error instanceof JOSEError && !unreachable) return undefined;
      throw error;
    }
  };
}
