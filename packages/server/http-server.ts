import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { refuse } from '@dandang/casework/refusal.ts';
import { type HttpFunction, problem } from '@dandang/lambda/http.ts';
import { NotKept } from '@dandang/store/town.ts';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** Of a body beyond this nothing is kept; the function refuses what is above its own limit. */
const mostBytesRead = 1024 * 1024;

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

/**
 * A request's body, or undefined where it has more bytes than `most`. It is read to its end all the same, since a
 * connection left in the middle of a body would swallow the next request; beyond `cutOff` bytes the connection is cut.
 */
export async function readBody(
  request: IncomingMessage,
  most: number,
  cutOff = Number.POSITIVE_INFINITY,
): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!(part instanceof Uint8Array)) continue;
    size += part.length;
    if (size <= most) parts.push(Buffer.from(part));
    else parts.length = 0;
    if (size > cutOff) throw new RangeError('a body goes on and on');
  }
  return size > most ? undefined : Buffer.concat(parts);
}

/** What a request asks for, or undefined where its target is none of this service's. */
function targetOf({ url = '/' }: IncomingMessage): URL | undefined {
  // What begins with two slashes would be read as the name of another host.
  return url.startsWith('/') && !url.startsWith('//') ? (URL.parse(`http://localhost${url}`) ?? undefined) : undefined;
}

/** The request as an HTTP API hands it to a function (payload format 2.0). */
function eventOf(request: IncomingMessage, url: URL, body: Buffer): APIGatewayProxyEventV2 {
  const method = request.method ?? 'GET';
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
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
      http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
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

function send(response: ServerResponse, result: Awaited<ReturnType<HttpFunction>>): void {
  response.statusCode = result.statusCode ?? 200;
  for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, String(value));
  response.end(result.isBase64Encoded === true ? Buffer.from(result.body ?? '', 'base64') : result.body);
}

async function answer(
  handler: HttpFunction,
  door: Door,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, mostBytesRead);
  const target = targetOf(request);
  if (target === undefined) {
    send(response, problem(refuse('malformed'), request.headers['accept-language']));
    return;
  }
  const event = eventOf(request, target, body ?? Buffer.alloc(mostBytesRead + 1, ' '));
  send(response, await door(() => handler(event, context)));
}

/** Runs what is answered, and gives it when all of it is on the disk; rejects with NotKept where it could not be kept. */
export type Door = <T>(work: () => Promise<T>) => Promise<T>;

const diskFull = '磁盘已满，没有保存。请腾出空间后再试。';

/**
 * Serves a function over HTTP on 127.0.0.1. Every answer goes out through the door, those that only read too: they may show
 * what is not on the disk yet. What is brought to `/upload/` is no request of the API: `takeUpload` reads and answers it.
 */
export async function serveHttp(
  handler: HttpFunction,
  port: number,
  door: Door,
  takeUpload: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const answered =
      request.url?.startsWith('/upload/') === true
        ? takeUpload(request, response)
        : answer(handler, door, request, response);
    answered.catch((error: unknown) => {
      if (response.headersSent) {
        response.end();
        return;
      }
      const full = error instanceof NotKept && error.full;
      send(response, problem(refuse('internal', full ? { detail: diskFull } : {}), request.headers['accept-language']));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return { server, url: `http://127.0.0.1:${bound}` };
}
