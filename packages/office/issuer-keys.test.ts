import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { loopbackCertificate } from '@dandang/mail/loopback-certificate.ts';
import { errors, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { type IssuerKeys, issuerKeys } from './issuer-keys.ts';

const { publicKey, privateKey } = await generateKeyPair('ES256');
const keys = [{ ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig' }];
const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);

let server: Server;
let base = '';
let pages: Record<string, unknown> = {};
let asked: string[] = [];
beforeEach(async () => {
  asked = [];
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.statusCode = url in pages ? 200 : 404;
    response.end(JSON.stringify(pages[url] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}`;
  pages = {
    '/realms/county/.well-known/openid-configuration': {
      issuer: `${base}/realms/county`,
      jwks_uri: `${base}/realms/county/certs`,
    },
    '/realms/county/certs': { keys },
  };
});
afterEach(async () => {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
});

const holds = async ({ find }: IssuerKeys): Promise<string> => (await jwtVerify(token, find)).protectedHeader.alg;

test('an issuer says itself where its keys are, and is asked once', async () => {
  const city = issuerKeys({ issuer: `${base}/realms/county` }, () => 0);
  expect(await holds(city)).toBe('ES256');
  expect(await holds(city)).toBe('ES256');
  expect(asked).toEqual(['/realms/county/.well-known/openid-configuration', '/realms/county/certs']);
});

test('where the settings say it, nobody is asked', async () => {
  const city = issuerKeys({ issuer: 'https://sign-in.example', jwksUrl: `${base}/realms/county/certs` }, () => 0);
  expect(await holds(city)).toBe('ES256');
  expect(asked).toEqual(['/realms/county/certs']);
});

test('who calls itself by another name is not believed', async () => {
  const city = issuerKeys({ issuer: `${base}/realms/county` }, () => 0);
  pages['/realms/county/.well-known/openid-configuration'] = {
    issuer: `${base}/realms/other`,
    jwks_uri: `${base}/realms/county/certs`,
  };
  await expect(holds(city)).rejects.toThrow(errors.JWKSInvalid);
});

test('an issuer that is not there yet is asked again with the next token', async () => {
  const city = issuerKeys({ issuer: `${base}/realms/county` }, () => 0);
  const there = pages;
  pages = {};
  await expect(holds(city)).rejects.toThrow(errors.JWKSInvalid);
  expect(city.unreachable()).toBe(true);
  pages = there;
  expect(await holds(city)).toBe('ES256');
  expect(city.unreachable()).toBe(false);
});

test('whether it is there can be asked before anybody signs in', async () => {
  const city = issuerKeys({ issuer: `${base}/realms/county` }, () => 0);
  const there = pages;
  pages = {};
  await city.ask();
  expect(city.unreachable()).toBe(true);
  pages = there;
  await city.ask();
  expect(city.unreachable()).toBe(false);
});

test('a token of another key says nothing of the issuer', async () => {
  const city = issuerKeys({ issuer: `${base}/realms/county` }, () => 0);
  const other = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'other' }).sign(privateKey);
  pages['/realms/county/certs'] = { keys: keys.map((one) => ({ ...one, kid: 'one' })) };
  await expect(jwtVerify(other, city.find)).rejects.toThrow(errors.JWKSNoMatchingKey);
  expect(city.unreachable()).toBe(false);
});

test('an issuer whose certificate an authority of the office signed is believed where the settings name it', async () => {
  const { cert, key } = loopbackCertificate();
  const secure = createSecureServer({ cert, key }, (_request, response) => response.end(JSON.stringify({ keys })));
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const address = secure.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  const there = { issuer: 'https://sign-in.example', jwksUrl: `https://127.0.0.1:${port}/certs` };
  await expect(holds(issuerKeys(there, () => 0))).rejects.toThrow(/self-signed/);
  expect(await holds(issuerKeys({ ...there, authority: cert }, () => 0))).toBe('ES256');
  secure.close();
  secure.closeAllConnections();
});
