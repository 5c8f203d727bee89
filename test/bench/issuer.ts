import { createServer } from 'node:http';
import type { Caller } from '@dandang/access/caller.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { msOf } from '@dandang/calendar/civil-date.ts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const algorithm = 'ES256';
const issuer = 'urn:dandang:bench';
const audience = 'dandang';

export interface Issuer {
  /** What a function's environment says of it. */
  readonly environment: Readonly<Record<'OIDC_ISSUER' | 'OIDC_AUDIENCE' | 'OIDC_JWKS_URL', string>>;
  readonly tokenFor: (person: Caller) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** An issuer of tokens on the loopback address whose key set is fetched as a real one's. Tokens hold for twelve hours. */
export async function startIssuer(now: Instant): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  const keySet = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: algorithm, use: 'sig' }] });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(keySet);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port');
  const issuedAt = Math.floor(msOf(now) / 1000);
  return {
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: audience,
      OIDC_JWKS_URL: `http://127.0.0.1:${address.port}/jwks`,
    },
    tokenFor: ({ id, name, unit, roles }) =>
      new SignJWT({ name, unit, roles: [...roles] })
        .setProtectedHeader({ alg: algorithm })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 12 * 3600)
        .sign(privateKey),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
