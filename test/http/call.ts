import { callerFromClaims } from '@dandang/access/caller.ts';
import type { Caller } from '@dandang/access/caller.ts';
import type { VerifyToken } from '@dandang/access/token.ts';
import type { HttpFunction } from '@dandang/lambda/http.ts';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Without the query. */
  readonly path: string;
  /** Who asks; nobody where absent. */
  readonly caller?: Caller;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** What the gateway made of the path by its own route: `{proxy: 'a/b'}` for a greedy one. */
  readonly gatewayParams?: Readonly<Record<string, string>>;
}

export interface ApiResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed where it is JSON, else as it came. */
  readonly body: unknown;
}

/** A field of an answer's body; undefined where the body is no object or lacks it. */
export const fieldOf = (body: unknown, name: string): unknown =>
  new Map<string, unknown>(typeof body === 'object' && body !== null ? Object.entries(body) : []).get(name);

/** Stands in for an issuer: the token is the caller itself. */
export const verifyCallerToken: VerifyToken = (authorization) => {
  const encoded = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return Promise.resolve(undefined);
  const claims: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  return Promise.resolve(callerFromClaims(claims));
};

const tokenOf = ({ id, name, unit, roles }: Caller): string =>
  Buffer.from(JSON.stringify({ sub: id, name, unit, roles })).toString('base64url');

/* What Lambda passes beside the event; nothing of ours reads it, but its type still asks for what is deprecated. */
/* eslint-disable @typescript-eslint/no-deprecated */
const context: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'test',
  memoryLimitInMB: '256',
  awsRequestId: 'test',
  logGroupName: 'test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => 30_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
/* eslint-enable @typescript-eslint/no-deprecated */

function eventOf({ method, path, caller, body, headers, query, gatewayParams }: ApiCall): APIGatewayProxyEventV2 {
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(caller === undefined ? {} : { authorization: `Bearer ${tokenOf(caller)}` }),
      ...headers,
    },
    requestContext: {
      accountId: 'test',
      apiId: 'test',
      domainName: 'test',
      domainPrefix: 'test',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'test',
      routeKey: '$default',
      stage: '$default',
      time: 'test',
      timeEpoch: 0,
    },
    isBase64Encoded: false,
    ...(gatewayParams === undefined ? {} : { pathParameters: { ...gatewayParams } }),
    ...(text === undefined ? {} : { body: text }),
  };
}

/** Calls an HTTP function as API Gateway does (payload format 2.0). The function must verify with `verifyCallerToken`. */
export async function callApi(handler: HttpFunction, call: ApiCall): Promise<ApiResponse> {
  const { statusCode, headers = {}, body = '' } = await handler(eventOf(call), context);
  const isJson = /\bjson\b/.test(String(headers['content-type']));
  const parsed: unknown = isJson && body !== '' ? JSON.parse(body) : body;
  return { status: statusCode ?? 0, headers, body: parsed };
}
