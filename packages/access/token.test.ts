import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type CryptoKey,
  customFetch,
  errors,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import { tokenVerifier } from './token.ts';

const issuer = 'https://login.example';
const audience = 'dandang';
/** 2026-03-02T09:00:00+08:00, in seconds. */
const start = 1_772_413_200;
const person = { name: '王督查', unit: 'supervision-office', roles: ['supervision', 'root'] };

const pair = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const elliptic = await generateKeyPair('ES256');
const edwards = await generateKeyPair('EdDSA');
const jwk = async (key: CryptoKey, kid: string, alg: string) => ({ ...(await exportJWK(key)), kid, alg, use: 'sig' });
const keys = createLocalJWKSet({
  keys: [
    await jwk(pair.publicKey, 'rsa', 'RS256'),
    await jwk(elliptic.publicKey, 'ec', 'ES256'),
    await jwk(edwards.publicKey, 'ed', 'EdDSA'),
  ],
});

const token = (
  change: Record<string, unknown> = {},
  { key = pair.privateKey, kid = 'rsa', alg = 'RS256' }: { key?: CryptoKey; kid?: string; alg?: string } = {},
): Promise<string> =>
  new SignJWT({ ...person, iss: issuer, aud: audience, sub: 'clerk', iat: start, exp: start + 3600, ...change })
    .setProtectedHeader({ alg, kid })
    .sign(key);

const verify = (bearer: string | undefined, seconds = start + 60, from: JWTVerifyGetKey = keys) =>
  tokenVerifier({ issuer, audience, keys: from }, () => seconds * 1000)(bearer);
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token that holds', () => {
  test('names its caller, without roles that we do not know', async () => {
    expect(await verify(`Bearer ${await token()}`)).toEqual({
      id: 'clerk',
      name: '王督查',
      unit: 'supervision-office',
      roles: ['supervision'],
    });
  });

  test.each([
    ['RS256', pair.privateKey, 'rsa'],
    ['ES256', elliptic.privateKey, 'ec'],
    ['EdDSA', edwards.privateKey, 'ed'],
  ])('may be signed by %s', async (alg, key, kid) => {
    expect((await verify(`Bearer ${await token({}, { alg, key, kid })}`))?.id).toBe('clerk');
  });

  test('may come in any case of Bearer, and with blanks around it', async () => {
    const good = await token();
    for (const header of [`bearer ${good}`, `BEARER ${good}`, `  Bearer ${good}  `])
      expect((await verify(header))?.id).toBe('clerk');
  });

  test('may name several audiences, ours among them', async () => {
    expect((await verify(`Bearer ${await token({ aud: ['other', audience] })}`))?.id).toBe('clerk');
  });
});

describe('a token that does not hold', () => {
  test.each<[string, Record<string, unknown>]>([
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['of an issuer whose name begins like ours', { iss: `${issuer}.evil.example` }],
    ['without an issuer', { iss: undefined }],
    ['for another audience', { aud: 'other' }],
    ['without an audience', { aud: undefined }],
    ['that expired', { exp: start + 59 }],
    ['that expires now', { exp: start + 60 }],
    ['without an expiry', { exp: undefined }],
    ['that holds only later', { nbf: start + 61 }],
    ['without a sub', { sub: undefined }],
    ['without roles', { roles: undefined }],
    ['whose roles are one text', { roles: 'supervision' }],
    ['of a reserved name', { sub: 'clock' }],
  ])('%s', async (_what, change) => {
    expect(await verify(`Bearer ${await token(change)}`)).toBeUndefined();
  });

  test('signed by a key that the issuer does not publish', async () => {
    expect(await verify(`Bearer ${await token({}, { key: stranger.privateKey })}`)).toBeUndefined();
    expect(await verify(`Bearer ${await token({}, { kid: 'unknown' })}`)).toBeUndefined();
  });

  test('whose payload was changed under a true signature', async () => {
    const [header = '', payload = '', signature = ''] = (await token()).split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = base64({ ...(typeof claims === 'object' ? claims : {}), roles: ['admin'] });
    expect(await verify(`Bearer ${header}.${payload}.${signature}`)).toBeDefined();
    expect(await verify(`Bearer ${header}.${forged}.${signature}`)).toBeUndefined();
  });

  const claims = { ...person, iss: issuer, aud: audience, sub: 'clerk', exp: start + 3600 };

  test.each(['none', 'None', 'NONE', ''])('of the algorithm %j, signed or not', async (alg) => {
    const unsigned = `${base64({ alg, kid: 'rsa' })}.${base64(claims)}`;
    const signature = (await token()).split('.')[2] ?? '';
    expect(await verify(`Bearer ${unsigned}.`)).toBeUndefined();
    expect(await verify(`Bearer ${unsigned}.${signature}`)).toBeUndefined();
    expect(await verify(`Bearer ${unsigned}`)).toBeUndefined();
  });

  test.each(['HS256', 'HS384', 'HS512'])('of %s with the published key as shared secret', async (alg) => {
    const published = [await exportSPKI(pair.publicKey), JSON.stringify(await exportJWK(pair.publicKey))];
    for (const secret of published) {
      const signed = `${base64({ alg, kid: 'rsa' })}.${base64(claims)}`;
      const hash = alg.replace('HS', 'sha');
      const forged = `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
      expect(await verify(`Bearer ${forged}`)).toBeUndefined();
    }
  });

  test('that carries its own key, or tells where to fetch one', async () => {
    const own = await exportJWK(stranger.publicKey);
    const carried = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', jwk: own }).sign(stranger.privateKey);
    const told = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'rsa', jku: 'https://evil.example/keys' })
      .sign(stranger.privateKey);
    for (const forged of [carried, told]) expect(await verify(`Bearer ${forged}`)).toBeUndefined();
  });

  test.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer a',
    'Bearer a.b',
    'Bearer a.b.c',
    'Bearer a.b.c.d',
    'Basic YTpi',
    'Bearer a.b.c a.b.c',
  ])('or is none: %j', async (header) => {
    expect(await verify(header)).toBeUndefined();
  });

  test('or is any three pieces of text', async () => {
    const piece = fc.oneof(
      fc.stringMatching(/^[\w-]{1,30}$/),
      fc.json({ maxDepth: 1 }).map((json) => Buffer.from(json).toString('base64url')),
      fc.constant(base64({ alg: 'RS256', kid: 'rsa' })),
      fc.constant(base64(claims)),
      fc.constant(base64({ alg: 'RS256', kid: 'rsa', crit: ['b64'], b64: false })),
    );
    await fc.assert(
      fc.asyncProperty(piece, piece, piece, async (header, payload, signature) => {
        expect(await verify(`Bearer ${header}.${payload}.${signature}`)).toBeUndefined();
      }),
    );
  });
});

describe('a clock that was moved', () => {
  test('judges tokens by its own time, forward and back', async () => {
    const bearer = `Bearer ${await token({ nbf: start })}`;
    const held = async (seconds: number) => (await verify(bearer, seconds)) !== undefined;
    expect(await held(start)).toBe(true);
    expect(await held(start + 3599)).toBe(true);
    expect(await held(start + 3600)).toBe(false);
    expect(await held(start + 365 * 86_400)).toBe(false);
    expect(await held(start - 60)).toBe(false);
  });

  test('is asked anew for every token', async () => {
    let seconds = start;
    const verifier = tokenVerifier({ issuer, audience, keys }, () => seconds * 1000);
    const bearer = `Bearer ${await token()}`;
    expect(await verifier(bearer)).toBeDefined();
    seconds = start + 7200;
    expect(await verifier(bearer)).toBeUndefined();
  });
});

describe('a token that held before', () => {
  /** A verifier whose keys count how often they are looked for. */
  const counting = () => {
    let [seconds, asked] = [start, 0];
    const from: JWTVerifyGetKey = (header, input) => {
      asked += 1;
      return keys(header, input);
    };
    const verifier = tokenVerifier({ issuer, audience, keys: from }, () => seconds * 1000);
    return {
      at: (moment: number, bearer: string) => {
        seconds = moment;
        return verifier(bearer);
      },
      asked: () => asked,
    };
  };

  test('is believed for a minute, and then looked at again', async () => {
    const { at, asked } = counting();
    const bearer = `Bearer ${await token()}`;
    for (const moment of [start, start + 1, start + 59]) expect((await at(moment, bearer))?.id).toBe('clerk');
    expect(asked()).toBe(1);
    expect(await at(start + 60, bearer)).toBeDefined();
    expect(asked()).toBe(2);
  });

  test('is not believed a moment longer than it says', async () => {
    const { at } = counting();
    const bearer = `Bearer ${await token({ exp: start + 30 })}`;
    expect(await at(start, bearer)).toBeDefined();
    expect(await at(start + 29, bearer)).toBeDefined();
    expect(await at(start + 30, bearer)).toBeUndefined();
  });

  test('is looked at again where the clock went back', async () => {
    const { at } = counting();
    const bearer = `Bearer ${await token({ nbf: start })}`;
    expect(await at(start, bearer)).toBeDefined();
    expect(await at(start - 60, bearer)).toBeUndefined();
  });

  test('says nothing for another one, however alike', async () => {
    const { at } = counting();
    const good = await token();
    expect(await at(start, `Bearer ${good}`)).toBeDefined();
    const [head, , signature] = good.split('.');
    const forged = base64({ ...person, iss: issuer, aud: audience, sub: 'leader', iat: start, exp: start + 3600 });
    expect(await at(start, `Bearer ${head ?? ''}.${forged}.${signature ?? ''}`)).toBeUndefined();
  });

  test('makes nothing grow: thousands of tokens later the first is looked at again', async () => {
    const { at, asked } = counting();
    const bearers = await Promise.all(
      Array.from({ length: 1001 }, async (_, index) => {
        const signed = await token({ sub: `clerk-${index}` }, { alg: 'EdDSA', key: edwards.privateKey, kid: 'ed' });
        return `Bearer ${signed}`;
      }),
    );
    for (const bearer of bearers) await at(start, bearer);
    await at(start, bearers[0] ?? '');
    expect(asked()).toBe(1002);
  });
});

describe('an issuer that cannot be asked', () => {
  const remote = (answer: () => Promise<Response>): JWTVerifyGetKey =>
    createRemoteJWKSet(new URL('https://login.example/keys'), { [customFetch]: answer });

  test.each<[string, JWTVerifyGetKey]>([
    ['is not there', remote(() => Promise.reject(new TypeError('fetch failed')))],
    ['answers with an error', remote(() => Promise.resolve(new Response('', { status: 503 })))],
    ['answers with something else than JSON', remote(() => Promise.resolve(new Response('<html>')))],
    ['answers with something else than keys', remote(() => Promise.resolve(new Response('{"error":"busy"}')))],
    ['takes too long', () => Promise.reject(new errors.JWKSTimeout())],
  ])('%s: that is thrown, and not said of the token', async (_what, from) => {
    await expect(verify(`Bearer ${await token()}`, start + 60, from)).rejects.toThrow();
  });

  test('is not asked about what is no token', async () => {
    const never: JWTVerifyGetKey = () => Promise.reject(new Error('asked'));
    expect(await verify('Bearer nonsense', start, never)).toBeUndefined();
    expect(await verify(`Bearer ${base64({ alg: 'none' })}.${base64({})}.x`, start, never)).toBeUndefined();
  });
});
