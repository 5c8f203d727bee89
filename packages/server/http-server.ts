import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { type HttpFunction, largestBody, problem } from '@dandang/lambda/http.ts';
import { safeHeaders } from '@dandang/lambda/safe-headers.ts';
import { type Door, NotKept } from '@dandang/store/town.ts';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { type Arrival, arrivalOf, originAt, placeOf, trustedProxies } from './origin.ts';
import { sourceOf, type Turnstile } from './rate-limit.ts';
import { answerUnread, bodyOf, isUnread, TooLarge } from './request-body.ts';

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'local',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'local',
  memoryLimitInMB: '0',
  awsRequestId: 'local',
  logGroupName: 'local',
  logStreamName: 'local',
  // A long move of the clock takes its time: on one machine no request is cut off.
  getRemainingTimeInMillis: () => 86_400_000,
  /* eslint-disable @typescript-eslint/no-deprecated -- the type still demands them */
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
  /* eslint-enable @typescript-eslint/no-deprecated */
};

/** What a request asks for, or why its target is none of this service's. */
function targetOf({ url = '/' }: IncomingMessage): URL | Refusal {
  if (!url.startsWith('/')) return refuse('malformed');
  // It would be read as the name of another host, and there is nothing under such a path.
  if (url.startsWith('//')) return refuse('not-found');
  try {
    decodeURIComponent(url);
  } catch {
    return refuse('malformed');
  }
  return URL.parse(`http://localhost${url}`) ?? refuse('malformed');
}

/** The request as an HTTP API hands it to a function (payload format 2.0). */
function eventOf(
  request: IncomingMessage,
  url: URL,
  { client, secure }: Arrival,
  body: Buffer,
): APIGatewayProxyEventV2 {
  const method = request.method ?? 'GET';
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  headers['x-forwarded-proto'] = secure ? 'https' : 'http';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: client, userAgent: '' },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    // As bytes: a body that is no UTF-8 must reach the function as it came.
    ...(body.length === 0 ? {} : { body: body.toString('base64') }),
    isBase64Encoded: body.length > 0,
  };
}

type Answer = Awaited<ReturnType<HttpFunction>>;

/** Whoever takes nothing of its answer for so long has gone, in milliseconds. */
const stalledReader = 60_000;

/** Sends an answer, also where the request's body has not been read. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.statusCode ?? 200;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, String(value));
  const body = answer.isBase64Encoded === true ? Buffer.from(answer.body ?? '', 'base64') : (answer.body ?? '');
  // Said here, since Node does not count what it leaves out of an answer to HEAD. That nothing has changed has no body.
  if (response.statusCode !== 304) response.setHeader('content-length', Buffer.byteLength(body));
  if (isUnread(request)) answerUnread(request, response, body);
  else {
    request.socket.setTimeout(stalledReader);
    response.end(body);
  }
}

/** A handler of Node's own under a path such as `/oidc`. */
export interface Mounted {
  readonly at: string;
  readonly take: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** What the service answers itself; everything else is the portal's, where there is one. */
const ofTheService = /^\/(?:api|dev)(?:\/|$)/;

/** Where and how a service listens. */
export interface Listen {
  readonly handler: HttpFunction;
  /** 0 for any free one. */
  readonly port: number;
  /** The address to listen on; 127.0.0.1 where there is none. */
  readonly host?: string;
  /** Certificate and key in PEM; without them the service speaks plain HTTP, to this machine or to a proxy. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** The one address that people reach the service at, such as `https://dandang.example`; where it listens, if absent. */
  readonly origin?: string;
  /** Addresses and subnets of the proxies whose `X-Forwarded-*` is believed. */
  readonly proxies?: readonly string[];
  /** Asked with the address of whoever asks; nobody has to wait where it is absent. */
  readonly turnstile?: Turnstile;
  /** Every answer goes out through it, those that only read too: they may show what is not on the disk yet. */
  readonly door: Door;
  /** Answers whatever is not of the service itself: the portal's files. They show nothing that is kept. */
  readonly portal?: HttpFunction;
  /** Answers everything under one path by itself, as Node has it. */
  readonly mounted?: Mounted;
  /** What is brought to `/upload/` is no request of the API: it is read and answered here. */
  readonly takeUpload: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/**
 * Node's own bounds, said aloud. A head comes within 20 seconds, a whole request (20 MB over a slow line) within 10 minutes;
 * a head has 16 kB and 100 lines at the most, a token of ours a tenth of it. Idle connections are kept longer than proxies
 * keep theirs, lest they send into a closing one; 1,000 of them are all the desks of a city several times over.
 */
const bounds: ServerOptions = {
  headersTimeout: 20_000,
  requestTimeout: 600_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};
const mostHeaders = 100;
const mostConnections = 1000;

const tooLarge = refuse('too-large', { detail: '请求内容不得超过256 kB' });

const redirect = (location: string): Answer => ({
  statusCode: 302,
  headers: { location },
});

function problemOf(error: unknown, language: string | undefined): Answer {
  if (error instanceof TooLarge) return problem(tooLarge, language);
  return problem(refuse(error instanceof NotKept && error.full ? 'disk-full' : 'internal'), language);
}

/** What is no HTTP is answered on the bare connection, in the contract's form where it has one for it. */
function answerNoRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  const end = (status: string, { headers = {}, body = '' }: Answer = {}): void => {
    const length = Buffer.byteLength(body);
    const head = Object.entries({ ...safeHeaders(false), ...headers, 'content-length': length, connection: 'close' });
    socket.end(`HTTP/1.1 ${status}\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`);
  };
  if (error.code === 'HPE_HEADER_OVERFLOW') end('431 Request Header Fields Too Large');
  else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') end('408 Request Timeout');
  else end('400 Bad Request', problem(refuse('malformed'), undefined));
}

/** Serves a function over HTTP, at one origin. */
export async function serveHttp(
  listen: Listen,
): Promise<{ readonly server: Server | TlsServer; readonly url: string }> {
  const { handler, port, host = '127.0.0.1', tls, door, takeUpload, portal, mounted } = listen;
  const proxies = trustedProxies(listen.proxies ?? []);
  let origin = new URL(listen.origin ?? originAt(host, port, tls !== undefined));

  /** What is answered before anything of a body is asked for; its target where the request is at its place. */
  const targetHere = (request: IncomingMessage, target: URL | Refusal, arrival: Arrival): Answer | URL => {
    const language = request.headers['accept-language'];
    const wait = listen.turnstile?.(sourceOf(arrival.client)) ?? 0;
    if (wait > 0) return problem(refuse('slow-down'), language, { 'retry-after': String(wait) });
    if (isRefusal(target)) return problem(target, language);
    const place = placeOf(origin, request, arrival);
    if (place === 'at-the-origin') return redirect(`${origin.origin}${target.pathname}${target.search}`);
    return place === 'here' ? target : problem(refuse(place), language);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrival = arrivalOf(request, proxies, tls !== undefined);
    for (const [name, value] of Object.entries(safeHeaders(arrival.secure))) response.setHeader(name, value);
    const target = targetHere(request, targetOf(request), arrival);
    if (!(target instanceof URL)) {
      send(request, response, target);
      return;
    }
    if (target.pathname.startsWith('/upload/')) {
      await takeUpload(request, response);
      return;
    }
    if (mounted !== undefined && (target.pathname === mounted.at || target.pathname.startsWith(`${mounted.at}/`))) {
      await mounted.take(request, response);
      return;
    }
    if (portal !== undefined && !ofTheService.test(target.pathname)) {
      send(request, response, await portal(eventOf(request, target, arrival, Buffer.alloc(0)), context));
      return;
    }
    const body = await bodyOf(request, response, largestBody);
    // What somebody else's failing keeps from the disk is no reason not to answer who only reads. A PUT is not run again:
    // it may move the clock, which no transaction takes back.
    const again = request.method === 'PUT' ? undefined : 'again';
    send(request, response, await door(() => handler(eventOf(request, target, arrival, body), context), again));
  };

  const answers = new WeakMap<Socket, ServerResponse>();
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    answers.set(request.socket, response);
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.end();
      else send(request, response, problemOf(error, request.headers['accept-language']));
    });
  };
  const server = tls === undefined ? createServer(bounds) : createTlsServer({ ...bounds, ...tls });
  server.maxHeadersCount = mostHeaders;
  server.maxConnections = mostConnections;
  server.on('request', take);
  // Whoever asks first whether to send its body hears it when the rest of the request was found good.
  server.on('checkContinue', take);
  server.on('clientError', (error, socket: Socket) => {
    const before = answers.get(socket);
    // Into the middle of an answer nothing can be written.
    if (!socket.writable || (before?.headersSent === true && !before.writableFinished)) socket.destroy();
    else answerNoRequest(error, socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  if (listen.origin === undefined) origin = new URL(originAt(host, bound, tls !== undefined));
  return { server, url: origin.origin };
}
