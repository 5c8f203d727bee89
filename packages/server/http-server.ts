import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { HttpFunction } from '@dandang/lambda/http.ts';
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

/** The request as an HTTP API hands it to a function (payload format 2.0). */
function eventOf(request: IncomingMessage, body: Buffer): APIGatewayProxyEventV2 {
  const url = new URL(request.url ?? '/', 'http://localhost');
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
      requestId: 'local',
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

async function answer(handler: HttpFunction, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, mostBytesRead);
  const event = eventOf(request, body ?? Buffer.alloc(mostBytesRead + 1, ' '));
  const result = await handler(event, context);
  response.statusCode = result.statusCode ?? 200;
  for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, String(value));
  response.end(result.isBase64Encoded === true ? Buffer.from(result.body ?? '', 'base64') : result.body);
}

/**
 * Serves a function over HTTP on 127.0.0.1. `afterwards` is awaited before the answer to a request that may have changed
 * something goes out: on one machine whoever has just acted sees it in the lists. What is brought to `/upload/` is no
 * request of the API: `takeUpload` reads and answers it.
 */
export async function serveHttp(
  handler: HttpFunction,
  port: number,
  afterwards: () => Promise<void>,
  takeUpload: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ readonly server: Server; readonly url: string }> {
  const settling: HttpFunction = async (event, lambdaContext) => {
    const result = await handler(event, lambdaContext);
    if (event.requestContext.http.method !== 'GET') await afterwards();
    return result;
  };
  const server = createServer((request, response) => {
    const answered =
      request.url?.startsWith('/upload/') === true
        ? takeUpload(request, response)
        : answer(settling, request, response);
    answered.catch(() => {
      if (!response.headersSent) response.statusCode = 500;
      response.end();
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
