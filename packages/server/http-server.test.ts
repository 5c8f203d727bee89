import { connect } from 'node:net';
import { problemAnswer } from '@dandang/api/answers.ts';
import type { Route } from '@dandang/api/route.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { type Door, NotKept } from '@dandang/store/town.ts';
import { type Listen, serveHttp } from './http-server.ts';
import { turnstile } from './rate-limit.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const open: Door = (work) => work();
const servers: Awaited<ReturnType<typeof serveHttp>>['server'][] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A service that gives back what it was sent, and tells whom it takes for the client. */
async function serving(settings: Partial<Listen> = {}, perCaller?: (caller: string) => number): Promise<string> {
  const routes: readonly Route[] = [
    { method: 'POST', path: '/api/echo', handle: ({ body }) => Promise.resolve({ status: 200, body }) },
    { method: 'GET', path: '/api/echo', handle: () => Promise.resolve({ status: 200, body: 'echo' }) },
    { method: 'PUT', path: '/api/things/{id}', handle: ({ params }) => Promise.resolve({ status: 200, body: params }) },
    { method: 'GET', path: '/', open: true, handle: () => Promise.resolve({ status: 200, body: 'front page' }) },
    { method: 'GET', path: '/dev/mail', open: true, handle: () => Promise.resolve({ status: 200, body: 'mails' }) },
  ];
  const caller = { id: 'clerk', name: '周勤', unit: 'supervision-office', roles: ['supervision'] as const };
  const { server, url } = await serveHttp({
    handler: httpFunction(routes, () => Promise.resolve(caller), log, perCaller),
    port: 0,
    door: open,
    takeUpload: () => Promise.resolve(),
    ...settings,
  });
  servers.push(server);
  const address = server.address();
  bound = typeof address === 'object' && address !== null ? address.port : 0;
  return url;
}

/** Where the last service listens. */
let bound = 0;

interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
  /** The server closed the line. */
  readonly closed: boolean;
}

/** Sends bytes as they are, and hears what comes until the line is closed or has been silent for a while. */
function raw(bytes: string | Uint8Array, port = bound): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const heard: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const end = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      const text = Buffer.concat(heard).toString('utf8');
      const [head = '', ...rest] = text.split('\r\n\r\n');
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, body: rest.join('\r\n\r\n'), closed });
    };
    let timer = setTimeout(() => end(false), 1000);
    socket.on('data', (data) => {
      heard.push(data);
      clearTimeout(timer);
      timer = setTimeout(() => end(false), 200);
    });
    socket.on('close', () => end(true));
    socket.on('error', () => end(true));
  });
}

/** A request line with a Host, other headers, and a body. */
const request = (line: string, headers: Readonly<Record<string, string>> = {}, body = ''): string =>
  [
    `${line} HTTP/1.1`,
    ...Object.entries({ host: `127.0.0.1:${bound}`, connection: 'close', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    '',
    body,
  ].join('\r\n');

const get = (path: string, headers: Readonly<Record<string, string>> = {}) => raw(request(`GET ${path}`, headers));
const codeIn = (body: string): string => problemAnswer.parse(JSON.parse(body)).code;
const page = { accept: 'text/html,application/xhtml+xml' };

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const post = (url: string, body: string) => fetch(`${url}/api/echo`, { method: 'POST', body });

test.each(['//', '//evil.example/api/health', '///'])('GET %s finds nothing: it is no path', async (path) => {
  const answer = await fetch(`${await serving()}${path}`);
  expect(answer.status).toBe(404);
  expect(problemAnswer.parse(await answer.json()).code).toBe('not-found');
});

describe('what every answer says to browsers', () => {
  const lines = (head: string): string[] =>
    ['cache-control', 'referrer-policy', 'x-content-type-options', 'strict-transport-security'].filter((name) =>
      new RegExp(`^${name}: .`, 'im').test(head),
    );

  test.each([
    ['an answer', 'GET /api/echo'],
    ['a refusal of a route', 'PATCH /api/echo'],
    ['nothing there', 'GET /api/nothing'],
    ['no path at all', 'GET //'],
    ['HEAD', 'HEAD /api/echo'],
    ['a parameter that nobody knows', 'GET /api/echo?q=1'],
  ])('%s: it is what it says, is not kept, and says nothing of where somebody was', async (_what, line) => {
    await serving();
    expect(lines((await get(line.split(' ')[1] ?? '')).head)).toHaveLength(3);
    expect(lines((await raw(request(line, {}))).head)).toHaveLength(3);
  });

  test('what is no request hears it too, and so does whoever is sent elsewhere', async () => {
    await serving();
    for (const text of [
      'NONSENSE\r\n\r\n',
      request('GET /', { x: 'y'.repeat(20_000) }),
      request('GET /', { host: 'evil.example' }),
    ])
      expect(lines((await raw(text)).head)).toHaveLength(3);
    expect(lines((await get('/', { host: `localhost:${bound}`, ...page })).head)).toHaveLength(3);
  });

  test('where it came by HTTPS: that it stays there', async () => {
    await serving({ proxies: ['127.0.0.1'] });
    const by = async (proto: string) => lines((await get('/api/echo', { 'x-forwarded-proto': proto })).head);
    expect(await by('https')).toContain('strict-transport-security');
    expect(await by('http')).not.toContain('strict-transport-security');
    await serving();
    expect(await by('https')).not.toContain('strict-transport-security');
  });
});

test('what somebody has been shown is not sent again', async () => {
  const url = `${await serving()}/api/echo`;
  const etag = (await fetch(url)).headers.get('etag') ?? '';
  const again = (known: string) => fetch(url, { headers: { 'if-none-match': known } });
  for (const known of [etag, `"x", ${etag}`, `W/${etag}`, '*']) {
    const answer = await again(known);
    expect([known, answer.status, await answer.text()]).toEqual([known, 304, '']);
    expect(answer.headers.get('etag')).toBe(etag);
  }
  for (const other of ['"x"', etag.replaceAll('"', '')]) expect((await again(other)).status).toBe(200);
});

test('a body that is nested 64 deep is read, and a deeper one is malformed, however deep', async () => {
  const url = await serving();
  expect((await post(url, nested(64))).status).toBe(200);
  for (const depth of [65, 100_000]) expect((await post(url, nested(depth))).status).toBe(400);
});

test('nobody is answered before what was done is kept', async () => {
  const told: string[] = [];
  const url = await serving({
    door: async (work) => {
      const outcome = await work();
      await new Promise((resolve) => setTimeout(resolve, 50));
      told.push('kept');
      return outcome;
    },
  });
  await post(url, '{}');
  told.push('answered');
  expect(told).toEqual(['kept', 'answered']);
});

test.each([
  [true, 507, 'disk-full', '磁盘已满，没有保存任何内容'],
  [false, 500, 'internal', '系统暂时无法处理'],
])('where it was not kept (disk full: %s) the answer is a problem that says so', async (full, status, code, title) => {
  const url = await serving({
    door: async (work) => {
      await work();
      throw new NotKept(full);
    },
  });
  const answer = await post(url, '{}');
  expect(answer.status).toBe(status);
  const problem = problemAnswer.parse(await answer.json());
  expect(problem.code).toBe(code);
  expect(problem.title).toContain(title);
});

describe('the address of the service', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('the API answers at this machine as %s', async (name) => {
    await serving();
    expect((await get('/api/echo', { host: `${name}:${bound}` })).status).toBe(200);
  });

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:80',
    '127.0.0.2',
    '0.0.0.0',
    '192.168.1.7',
  ])('nothing is answered as %s: somebody made another name lead here', async (host) => {
    await serving();
    for (const path of ['/', '/api/echo', '/dev/mail', '/upload/x', '/nothing']) {
      const { status, body } = await get(path, { host, ...page });
      expect({ path, status }).toEqual({ path, status: 421 });
      expect(codeIn(body)).toBe('misdirected');
    }
  });

  test.each(['', 'a b', 'user@localhost', 'localhost/x', '[::1', 'localhost:port', 'ü'])(
    'a Host that is none (%p) is malformed',
    async (host) => {
      await serving();
      expect((await get('/api/echo', { host })).status).toBe(400);
    },
  );

  test('two Hosts, or none, are malformed', async () => {
    await serving();
    const two = `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n`;
    for (const text of [two, 'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.0\r\n\r\n'])
      expect((await raw(text)).status).toBe(400);
  });

  test.each(['localhost', '[::1]'])('a page at %s is shown at the one address', async (name) => {
    const url = await serving();
    const { status, head } = await get('/?tab=1', { host: `${name}:${bound}`, ...page });
    expect(status).toBe(302);
    expect(head).toMatch(new RegExp(`^location: ${url.replaceAll('.', '\\.')}/\\?tab=1\r?$`, 'm'));
    expect((await get('/', { host: `127.0.0.1:${bound}`, ...page })).status).toBe(200);
    expect((await raw(request('POST /api/echo', { host: name, 'content-length': '2', ...page }, '{}'))).status).toBe(
      200,
    );
  });

  test('is the one that its settings name', async () => {
    const url = await serving({ origin: 'https://dandang.example' });
    expect(url).toBe('https://dandang.example');
    for (const host of ['dandang.example', 'DANDANG.example', 'dandang.example:443'])
      expect((await get('/api/echo', { host })).status).toBe(200);
    for (const host of ['dandang.example:8443', 'example', 'www.dandang.example'])
      expect((await get('/api/echo', { host })).status).toBe(421);
    const { status, head } = await get('/', page);
    expect(status).toBe(302);
    expect(head).toMatch(/^location: https:\/\/dandang\.example\/\r?$/m);
    expect((await get('/api/echo')).status).toBe(200);
  });

  test('/dev answers at this machine alone, whatever the settings name', async () => {
    await serving({ origin: 'https://dandang.example' });
    for (const host of ['127.0.0.1', 'localhost', `localhost:${bound}`])
      expect((await get('/dev/mail', { host, ...page })).status).toBe(200);
    for (const host of ['dandang.example', '[::1]', 'evil.example'])
      expect((await get('/dev/mail', { host })).status).toBe(421);
  });
});

describe('what proxies say', () => {
  const forwarded = (host: string, more: Readonly<Record<string, string>> = {}) => ({
    'x-forwarded-host': host,
    ...more,
  });

  test('is believed of those alone that the settings name', async () => {
    await serving({ origin: 'https://dandang.example', proxies: ['10.0.0.0/8'] });
    expect((await get('/api/echo', { host: 'evil.example', ...forwarded('dandang.example') })).status).toBe(421);
    await serving({ origin: 'https://dandang.example', proxies: ['10.0.0.0/8', '127.0.0.0/8'] });
    expect((await get('/api/echo', { host: 'inside', ...forwarded('dandang.example') })).status).toBe(200);
    expect((await get('/api/echo', { host: 'dandang.example', ...forwarded('evil.example') })).status).toBe(421);
    expect((await get('/api/echo', forwarded('dandang.example, evil.example'))).status).toBe(421);
  });

  test('keeps pages on TLS, and /dev from everybody behind a proxy', async () => {
    await serving({ origin: 'https://dandang.example', proxies: ['127.0.0.1'] });
    const asked = (proto: string) =>
      get('/', { ...forwarded('dandang.example', { 'x-forwarded-proto': proto }), ...page });
    expect((await asked('https')).status).toBe(200);
    expect((await asked('http')).status).toBe(302);
    expect((await get('/dev/mail', { 'x-forwarded-for': '10.1.2.3' })).status).toBe(421);
  });

  test('tells whose turn it is', async () => {
    const rate = { perSecond: 0.001, burst: 1 };
    const statuses = async (proxies: readonly string[]) => {
      await serving({ proxies, turnstile: turnstile(rate, () => 0) });
      const from = async (address: string) => (await get('/api/echo', { 'x-forwarded-for': address })).status;
      return [await from('10.0.0.1'), await from('10.0.0.2'), await from('10.9.9.9, 10.0.0.1')];
    };
    expect(await statuses([])).toEqual([200, 429, 429]);
    expect(await statuses(['127.0.0.1'])).toEqual([200, 200, 429]);
  });

  test('a proxy is named by an address or a subnet', async () => {
    for (const proxy of ['proxy.example', '10.0.0.0/99', '10.0.0', ''])
      await expect(serving({ proxies: [proxy] })).rejects.toThrow('A proxy is named by its address');
  });
});

describe('a body', () => {
  const large = 300 * 1024;

  test('that says it is too large is refused before any of it has come, and the line is closed', async () => {
    await serving();
    const { status, body, closed } = await raw(request('POST /api/echo', { 'content-length': String(large) }, '{"'));
    expect(status).toBe(413);
    expect(codeIn(body)).toBe('too-large');
    expect(closed).toBe(false);
    const all = await raw(request('POST /api/echo', { 'content-length': String(large) }, ' '.repeat(large)));
    expect(all).toMatchObject({ status: 413, closed: true });
  });

  test('that does not say its length is cut where it becomes too large', async () => {
    await serving();
    const chunk = `${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`;
    const head = request('POST /api/echo', { 'transfer-encoding': 'chunked' });
    expect(await raw(head + chunk.repeat(3))).toMatchObject({ status: 0, closed: false });
    expect((await raw(head + chunk.repeat(5))).status).toBe(413);
    expect((await raw(`${head}2\r\n{}\r\n0\r\n\r\n`)).status).toBe(200);
  });

  test('of 256 kB is taken', async () => {
    const url = await serving();
    const text = JSON.stringify('x'.repeat(256 * 1024 - 2));
    expect((await post(url, text)).status).toBe(200);
    expect((await post(url, `${text} `)).status).toBe(413);
  });

  test('is asked for only where it will be read', async () => {
    await serving();
    const asking = (length: number, line = 'POST /api/echo') =>
      raw(request(line, { 'content-length': String(length), expect: '100-continue' }));
    expect(await asking(2)).toMatchObject({ status: 100, closed: false });
    expect(await asking(large)).toMatchObject({ status: 413, closed: true });
    expect((await raw(request('POST /api/echo', { expect: 'the-unexpected', 'content-length': '0' }))).status).toBe(
      417,
    );
  });
});

describe('what is hardly a request', () => {
  test.each([
    ['a request line of nothing', 'NONSENSE\r\n\r\n'],
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc'],
    ['a line break in a header', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nx: a\rb\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n: b\r\n\r\n'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nx: a\0b\r\n\r\n'],
    ['two lengths', 'POST /api/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}'],
    ['no length', 'POST /api/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: two\r\n\r\n{}'],
    [
      'a length and chunks',
      'POST /api/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
    ],
    ['a chunk of no size', 'POST /api/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['another host’s address', 'GET http://evil.example/api/echo HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['no path', 'OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['bad percent-encoding', 'GET /api/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['bytes that are no UTF-8', 'GET /api/%ff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['bad percent-encoding in the query', 'GET /api/echo?a=%e0%a4%a HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  ])('%s is malformed', async (_what, text) => {
    await serving();
    const { status, body } = await raw(Buffer.from(text, 'latin1'));
    expect(status).toBe(400);
    expect(codeIn(body)).toBe('malformed');
  });

  test('a head that goes on and on is cut off', async () => {
    await serving();
    expect((await get('/', { x: 'y'.repeat(20_000) })).status).toBe(431);
  });

  test.each([
    ['DELETE', '/api/echo', 'GET, HEAD, POST'],
    ['PATCH', '/api/echo/', 'GET, HEAD, POST'],
    ['OPTIONS', '/api/echo', 'GET, HEAD, POST'],
    ['TRACE', '/api/echo', 'GET, HEAD, POST'],
    ['GET', '/api/things/1', 'PUT'],
    ['HEAD', '/api/things/1', 'PUT'],
    ['POST', '/', 'GET, HEAD'],
  ])('%s %s is a wrong method, and the right ones are named', async (method, path, allow) => {
    await serving();
    const { status, head, body } = await raw(request(`${method} ${path}`));
    expect(status).toBe(405);
    expect(head).toMatch(new RegExp(`^allow: ${allow}\r?$`, 'm'));
    if (method !== 'HEAD') expect(codeIn(body)).toBe('wrong-method');
  });

  test('HEAD is GET without a body', async () => {
    await serving();
    const [asked, got] = [await raw(request('HEAD /api/echo')), await get('/api/echo')];
    expect(asked).toMatchObject({ status: 200, body: '' });
    const lasting = (head: string) => head.replace(/^date: .*$/im, '');
    expect(lasting(asked.head)).toBe(lasting(got.head));
    expect(got.body).toBe('"echo"');
    expect((await raw(request('HEAD /api/nothing'))).status).toBe(404);
  });

  test('nobody is let through to anywhere else', async () => {
    await serving();
    const upgrade = await get('/api/echo', { connection: 'upgrade', upgrade: 'websocket' });
    expect(upgrade.status).toBe(200);
    expect(await raw(request('CONNECT evil.example:443'))).toMatchObject({ closed: true });
    expect((await get('/api/echo')).status).toBe(200);
  });
});

describe('whoever asks too often', () => {
  const rate = { perSecond: 0.5, burst: 3 };

  test('from one address is asked to wait, and told how long', async () => {
    let now = 0;
    await serving({ turnstile: turnstile(rate, () => now) });
    for (let time = 0; time < 3; time += 1) expect((await get('/api/echo')).status).toBe(200);
    const { status, head, body } = await get('/');
    expect(status).toBe(429);
    expect(codeIn(body)).toBe('slow-down');
    expect(head).toMatch(/^retry-after: 2\r?$/m);
    now += 2000;
    expect((await get('/api/echo')).status).toBe(200);
    expect((await get('/api/echo')).status).toBe(429);
  });

  test('as one person is asked to wait, from wherever', async () => {
    const url = await serving(
      {},
      turnstile(rate, () => 0),
    );
    for (let time = 0; time < 3; time += 1) expect((await post(url, '{}')).status).toBe(200);
    const answer = await post(url, '{}');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('2');
  });
});
