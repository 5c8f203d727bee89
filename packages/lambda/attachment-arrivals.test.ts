import { createServer, type IncomingMessage, type Server } from 'node:http';
import { bucketArrivals } from './attachment-arrivals.ts';

/** What S3 answers here, and what it was asked. */
let answer: { status: number; headers: Record<string, string> };
let asked: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[];
let server: Server;
let endpoint: string;

const credentials = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' };
const before = Object.fromEntries(Object.keys(credentials).map((name) => [name, process.env[name]]));

beforeAll(async () => {
  Object.assign(process.env, credentials);
  server = createServer(({ method, url, headers }, response) => {
    asked.push({ method, url, headers });
    response.writeHead(answer.status, answer.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(async () => {
  for (const [name, value] of Object.entries(before))
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
});
beforeEach(() => {
  asked = [];
});

const sha256 = 'ab'.repeat(32);
const stat = () => bucketArrivals({ bucket: 'attachments', region: 'cn-north-1', endpoint }).stat({ id: 'a1', sha256 });

test('what has arrived is what S3 counted and hashed', async () => {
  const checksum = Buffer.from(sha256, 'hex').toString('base64');
  answer = { status: 200, headers: { 'content-length': '1200', 'x-amz-checksum-sha256': checksum } };
  expect(await stat()).toEqual({ size: 1200, sha256 });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ method: 'HEAD', url: `/attachments/${sha256}` });
  const { headers } = asked[0] ?? {};
  expect(headers).toMatchObject({ 'x-amz-checksum-mode': 'ENABLED', 'x-amz-security-token': 'session' });
  expect(headers?.['authorization']).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/cn-north-1\/s3\/aws4_request, SignedHeaders=host;.*x-amz-checksum-mode.*, Signature=[0-9a-f]{64}$/,
  );
});

test('an object without a checksum matches no hash', async () => {
  answer = { status: 200, headers: { 'content-length': '1200' } };
  expect(await stat()).toEqual({ size: 1200, sha256: '' });
});

test('what is not there has not arrived', async () => {
  answer = { status: 404, headers: {} };
  expect(await stat()).toBeUndefined();
});

test.each([403, 500, 503])('an answer of %i is an error, not an absence', async (status) => {
  answer = { status, headers: {} };
  await expect(stat()).rejects.toThrow(`answered ${status}`);
});
