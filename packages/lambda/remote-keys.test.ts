import { createServer, type Server } from 'node:http';
import { errors, exportJWK, generateKeyPair, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { remoteKeys } from './remote-keys.ts';

const pair = async (kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  return { jwk, token: await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey) };
};

const [first, second] = await Promise.all([pair('first'), pair('second')]);
const setOf = (...keys: readonly (typeof first)[]): string => JSON.stringify({ keys: keys.map(({ jwk }) => jwk) });

let server: Server;
let answer = { status: 200, body: '' };
let fetches = 0;
let clock = 0;
let keys: JWTVerifyGetKey;

beforeEach(async () => {
  answer = { status: 200, body: setOf(first) };
  fetches = 0;
  clock = 0;
  server = createServer((_request, response) => {
    fetches += 1;
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  keys = remoteKeys(new URL(`http://127.0.0.1:${port}/jwks`), () => clock);
});

afterEach(async () => {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
});

const verifies = async ({ token }: typeof first): Promise<boolean> =>
  (await jwtVerify(token, keys)).protectedHeader.alg === 'ES256';

test('the keys are fetched once for many tokens, also for tokens that come at once', async () => {
  expect(await Promise.all([verifies(first), verifies(first), verifies(first)])).toEqual([true, true, true]);
  expect(await verifies(first)).toBe(true);
  expect(fetches).toBe(1);
});

test('the keys are fetched again after ten minutes', async () => {
  await verifies(first);
  clock = 599_999;
  await verifies(first);
  expect(fetches).toBe(1);
  clock = 600_000;
  await verifies(first);
  expect(fetches).toBe(2);
});

test('a key that was published since is found, but an unknown key asks at most every 30 seconds', async () => {
  await verifies(first);
  answer = { status: 200, body: setOf(first, second) };
  clock = 29_999;
  await expect(verifies(second)).rejects.toThrow(errors.JWKSNoMatchingKey);
  expect(fetches).toBe(1);
  clock = 30_000;
  expect(await verifies(second)).toBe(true);
  expect(fetches).toBe(2);
});

test.each([
  { status: 500, body: 'out of order' },
  { status: 302, body: '' },
  { status: 200, body: '<html>' },
  { status: 200, body: '{"keys":7}' },
  { status: 200, body: `{"keys":[],"more":"${'x'.repeat(1_000_001)}"}` },
])(
  'what is no key set ($status $body) is an error of the issuer, not of the token, and is not kept',
  async (broken) => {
    answer = broken;
    await expect(verifies(first)).rejects.toThrow(errors.JWKSInvalid);
    answer = { status: 200, body: setOf(first) };
    expect(await verifies(first)).toBe(true);
  },
);

test('an issuer that cannot be reached is an error that says so', async () => {
  const nowhere = remoteKeys(new URL('http://127.0.0.1:1/jwks'), () => 0);
  await expect(jwtVerify(first.token, nowhere)).rejects.toThrow(/ECONNREFUSED/);
});
