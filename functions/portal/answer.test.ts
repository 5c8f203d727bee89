import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { portalFunction } from './answer.ts';
import { builtPortal } from './built-portal.ts';
import type { PortalConfig } from './portal-config.ts';

const script = 'console.log("担当")';
const config: PortalConfig = {
  issuer: 'https://sign-in.city.example/realms/city',
  clientId: 'dandang-portal',
  scope: 'openid profile',
  city: '宜昌市',
  languages: ['zh-CN', 'en'],
};
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-portal-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<meta name="style-nonce" content="%nonce%" />');
  await writeFile(join(folder, 'secret.txt'), 'not to be sent');
  await writeFile(join(folder, 'assets', 'main-1.js'), script);
  await writeFile(join(folder, 'assets', 'main-1.js.br'), brotliCompressSync(script));
  await writeFile(join(folder, 'assets', 'main-1.js.gz'), gzipSync(script));
});
afterAll(() => rm(folder, { recursive: true }));

const context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'portal',
  functionVersion: '1',
  invokedFunctionArn: '',
  memoryLimitInMB: '512',
  awsRequestId: '',
  logGroupName: '',
  logStreamName: '',
  getRemainingTimeInMillis: () => 1000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

async function ask(path: string, method = 'GET', headers: Record<string, string> = {}, ready = true) {
  const portal = portalFunction({
    built: () => (ready ? builtPortal(folder) : Promise.resolve(undefined)),
    places: () => ({ config, uploads: 'https://attachments.example' }),
  });
  const {
    statusCode,
    headers: said = {},
    body = '',
    isBase64Encoded,
  } = await portal(
    {
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: '',
      headers,
      isBase64Encoded: false,
      requestContext: {
        accountId: '',
        apiId: '',
        domainName: '',
        domainPrefix: '',
        http: { method, path, protocol: 'HTTP/1.1', sourceIp: '', userAgent: '' },
        requestId: '',
        routeKey: '$default',
        stage: '$default',
        time: '',
        timeEpoch: 0,
      },
    },
    context,
  );
  return { status: statusCode, said, body: Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8') };
}

test.each(['/', '/reminders', '/deliveries/x7f', '/reminders/x7f/approve'])(
  '%s is the page, under a nonce of its own',
  async (path) => {
    const [one, other] = [await ask(path), await ask(path)];
    for (const { status, said, body } of [one, other]) {
      expect(status).toBe(200);
      expect(said['cache-control']).toBe('no-store');
      const nonce = /content="([^"]+)"/.exec(body.toString())?.[1] ?? '';
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{24}$/);
      expect(said['content-security-policy']).toContain(`'nonce-${nonce}'`);
    }
    expect(one.body.equals(other.body)).toBe(false);
  },
);

test('the page may speak to the issuer and to where attachments go, and to nobody else', async () => {
  const { said } = await ask('/');
  const policy = String(said['content-security-policy']).split('; ');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self' https://sign-in.city.example https://attachments.example");
  expect(said).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
});

test.each([
  ['gzip, br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ['identity', undefined, (bytes: Buffer) => bytes],
] as const)('for %s a file goes out as %s, and is kept for a year', async (accepted, encoding, opened) => {
  const { status, said, body } = await ask('/assets/main-1.js', 'GET', { 'accept-encoding': accepted });
  expect(status).toBe(200);
  expect(said['content-encoding']).toBe(encoding);
  expect(said['cache-control']).toContain('immutable');
  expect(said['vary']).toBe('accept-encoding');
  expect(opened(body).toString()).toBe(script);
});

test.each([
  '/favicon.ico',
  '/assets/other.js',
  '/assets/../secret.txt',
  '/assets/%2e%2e/secret.txt',
  '/secret.txt',
  '/assets/main-1.js.br',
])('%s is not found: only what lies under assets can be asked for', async (path) => {
  const { status, said } = await ask(path);
  expect(status).toBe(404);
  expect(said['content-type']).toContain('application/problem+json');
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])(
  '%s is a wrong method, and the right ones are named',
  async (method) => {
    expect(await ask('/reminders', method)).toMatchObject({ status: 405, said: { allow: 'GET, HEAD' } });
  },
);

test('HEAD is answered as GET', async () => {
  expect((await ask('/', 'HEAD')).status).toBe(200);
});

test('what the page must know before anybody has signed in is there for everybody', async () => {
  const { status, body } = await ask('/portal/config.json');
  expect(status).toBe(200);
  expect(JSON.parse(body.toString())).toEqual(config);
});

test('while it is being built the page says so and asks again, and still says what is not there', async () => {
  const page = await ask('/', 'GET', {}, false);
  expect(page.status).toBe(503);
  expect(page.body.toString()).toContain('正在准备');
  expect(page.said['retry-after']).toBe('2');
  expect((await ask('/assets/main-1.js', 'GET', {}, false)).status).toBe(404);
});
