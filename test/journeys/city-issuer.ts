import { createServer } from 'node:http';
import type { Caller } from '@dandang/access/caller.ts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const algorithm = 'ES256';

/** A city's sign-in service on the loopback address, as a standard one describes itself. */
export interface CityIssuer {
  readonly issuer: string;
  /** A token that holds until 2099, so that a test may move its machine's clock. */
  readonly tokenFor: (person: Caller, audience?: string) => Promise<string>;
  /** How often its description was asked for. */
  readonly asked: () => number;
  /** What it says of itself next; without it, the truth. */
  describe: Readonly<Record<string, unknown>> | undefined;
  readonly close: () => Promise<void>;
}

export async function startCityIssuer(): Promise<CityIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  const keys = [{ ...(await exportJWK(publicKey)), alg: algorithm, use: 'sig', kid: 'one' }];
  let asked = 0;
  const server = createServer((request, response) => {
    const answers: Readonly<Record<string, () => unknown>> = {
      '/.well-known/openid-configuration': () => {
        asked += 1;
        return city.describe ?? { issuer: city.issuer, jwks_uri: `${city.issuer}/certs` };
      },
      '/certs': () => ({ keys }),
    };
    const answer = answers[request.url ?? '']?.();
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const city: CityIssuer = {
    issuer,
    describe: undefined,
    asked: () => asked,
    tokenFor: ({ id, name, unit, roles }, audience = 'dandang') =>
      new SignJWT({ name, unit, roles: [...roles] })
        .setProtectedHeader({ alg: algorithm, kid: 'one' })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime(4_070_908_800)
        .sign(privateKey),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
  return city;
}
