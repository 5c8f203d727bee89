import { isUtf8 } from 'node:buffer';
import { becauseOf } from '@dandang/accept/because.ts';
import type { Log } from '@dandang/accept/log.ts';
import type { VerifyToken } from '@dandang/access/token.ts';
import { entityTag, hasSeen } from '@dandang/api/entity-tag.ts';
import { badQuery } from '@dandang/api/query.ts';
import type { ApiAnswer, Route } from '@dandang/api/route.ts';
import { commonRefusals, isRefusal, type Refusal, type RefusalTable, refuse } from '@dandang/casework/refusal.ts';
import { withFields } from '@dandang/casework/refused-fields.ts';
import { DataDamaged, NotKept } from '@dandang/store/town.ts';
import middy from '@middy/core';
import httpRouter from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { safeHeaders } from './safe-headers.ts';

/** The most bytes that a request's body may have. */
export const largestBody = 256 * 1024;

/** How many objects and arrays may lie in each other: no command needs a tenth of it, and rules walk bodies recursively. */
const deepestBody = 64;

const isDeeperThan = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some((inner) => isDeeperThan(inner, depth - 1)));

/** A body that is no JSON becomes this and nothing else does, so that it is refused where bodies are read. */
const unreadable: unique symbol = Symbol('unreadable body');
const tooLarge: unique symbol = Symbol('too large a body');

function bodyOf(event: APIGatewayProxyEventV2, asBytes: boolean): unknown {
  if (event.body === undefined || event.body === '') return asBytes ? new Uint8Array() : {};
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > largestBody) return tooLarge;
  if (asBytes) return new Uint8Array(bytes);
  // Bytes that are no UTF-8 would be kept as other characters than were sent.
  if (!isUtf8(bytes)) return unreadable;
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return isDeeperThan(parsed, deepestBody) ? unreadable : parsed;
  } catch {
    return unreadable;
  }
}

/** Where a path's part is not an id there is no such thing, and nothing further looks at it. */
const isId = (value: string): boolean => /^[A-Za-z0-9_.-]{1,80}$/.test(value);

const asJson = (status: number, body: string, headers: Record<string, string>): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body,
});
const json = (status: number, body: unknown, headers: Record<string, string>) =>
  asJson(status, JSON.stringify(body), headers);

const common: RefusalTable = commonRefusals;

/** A detail that is no sentence, an id or names, is put behind what is said of it. */
const sentenceOf = (title: string, detail: string | undefined, colon: string): string => {
  if (detail === undefined) return title;
  return /[，。；：,;:]/.test(detail) ? detail : `${title}${colon}${detail}`;
};

/**
 * A refusal as `application/problem+json` (RFC 9457), in Chinese, or in English where that is asked for; `headers` beside
 * those that every problem has. `own`: what it can be refused with beside `commonRefusals`. Throws for a code of neither.
 */
export function problem(
  refusal: Refusal,
  acceptLanguage: string | undefined,
  headers: Readonly<Record<string, string>> = {},
  own: RefusalTable = {},
): APIGatewayProxyStructuredResultV2 {
  const said = own[refusal.refused] ?? common[refusal.refused];
  if (said === undefined) throw new Error(`no text for the refusal ${refusal.refused}`);
  const { status, zh, en } = said;
  const english = /^\s*en\b/i.test(acceptLanguage ?? '');
  const title = english ? en : zh;
  const { errors, detail, refused: code, at: _at, ...more } = refusal;
  const body = {
    type: `urn:dandang:problem:${code}`,
    title,
    status,
    code,
    detail: sentenceOf(title, detail, english ? ': ' : '：'),
    ...(errors === undefined
      ? {}
      : { errors: errors.map((one) => ({ path: one.path, message: english ? one.en : one.zh })) }),
    ...more,
  };
  return json(status, body, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': english ? 'en' : 'zh-CN',
    ...(code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
    ...headers,
  });
}

const answered = (answer: ApiAnswer): APIGatewayProxyStructuredResultV2 =>
  answer.bytes === undefined
    ? json(answer.status, answer.body, { ...answer.headers })
    : {
        statusCode: answer.status,
        headers: { 'content-type': answer.bytes.contentType, ...answer.headers },
        body: Buffer.from(answer.bytes.content).toString('base64'),
        isBase64Encoded: true,
      };

/** What was read, with its tag; or nothing, where whoever asks has been shown the same before. */
function read(answer: ApiAnswer, ifNoneMatch: string | undefined): APIGatewayProxyStructuredResultV2 {
  if (answer.status !== 200 || answer.bytes !== undefined) return answered(answer);
  const body = JSON.stringify(answer.body);
  const tagged = answer.taggedBy === undefined ? body : JSON.stringify(answer.taggedBy);
  const etag = entityTag(tagged, answer.headers?.['etag']);
  return hasSeen(ifNoneMatch, etag)
    ? { statusCode: 304, headers: { ...answer.headers, etag } }
    : asJson(200, body, { ...answer.headers, etag });
}

const headerOf =
  (event: APIGatewayProxyEventV2) =>
  (name: string): string | undefined =>
    event.headers[name] ?? event.headers[name.toLowerCase()];

/** A Lambda function over HTTP: every answer, the refused and the failed ones too, has the contract's form. */
export type HttpFunction = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** The methods by which a path can be asked for; none where there is no such path. */
function methodsOf(routes: readonly Pick<Route, 'method' | 'path'>[]): (path: string) => readonly string[] {
  // As the router takes them: a part is anything but a slash, and one more slash at the end does no harm.
  const known = routes.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
  }));
  return (path) => [...new Set(known.flatMap(({ method, pattern }) => (pattern.test(path) ? method : [])))];
}

/** HEAD is GET without a body; whoever carries the answer (Node, the gateway) leaves the body out. */
const asGet = (event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 => ({
  ...event,
  requestContext: { ...event.requestContext, http: { ...event.requestContext.http, method: 'GET' } },
});

/**
 * Builds an HTTP function of its routes: router, token, body, route; errors that nobody expected are logged with a code
 * and answered with a 500 that says nothing about the inside. Whatever is logged meanwhile names the request by the
 * gateway's id, which the caller has in the answer's header `apigw-requestid`. `turnstile` says of a caller how many seconds it has to wait.
 */
export function httpFunction(
  routes: readonly Route[],
  verifyToken: VerifyToken,
  log: Log,
  turnstile: (caller: string) => number = () => 0,
): HttpFunction {
  const handlerOf = (route: Route) => {
    const named = [...route.path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
      const header = headerOf(event);
      const refused = (refusal: Refusal, headers?: Readonly<Record<string, string>>) =>
        problem(
          withFields(refusal, asked.body, { ...common, ...route.refusals }),
          header('accept-language'),
          headers,
          route.refusals,
        );
      const told = (answer: ApiAnswer | Refusal): APIGatewayProxyStructuredResultV2 => {
        if (isRefusal(answer)) return refused(answer);
        return route.method === 'GET' ? read(answer, header('if-none-match')) : answered(answer);
      };
      // The gateway may know the path by fewer words than the route does (`{proxy+}`): only what the route names counts.
      const params: Record<string, string> = {};
      for (const name of named) params[name] = event.pathParameters?.[name] ?? '';
      const asked = {
        path: event.rawPath,
        params,
        query: new URLSearchParams(event.rawQueryString),
        header,
        body: bodyOf(event, route.takesBytes === true),
      };
      if (route.open !== true) {
        const caller = await verifyToken(header('authorization'));
        if (caller === undefined) return refused(refuse('unauthenticated'));
        const wait = turnstile(caller.id);
        if (wait > 0) return refused(refuse('slow-down'), { 'retry-after': String(wait) });
        if (!Object.values(params).every(isId)) return refused(refuse('not-found'));
        if (asked.body === tooLarge) return refused(refuse('too-large'));
        if (asked.body === unreadable) return refused(refuse('malformed'));
        const bad = badQuery(route, asked.query);
        if (bad !== undefined) return refused(bad);
        return told(await route.handle({ ...asked, caller }));
      }
      const bad = badQuery(route, asked.query);
      return bad === undefined ? told(await route.handle(asked)) : refused(bad);
    };
  };

  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
    routes.map((route) => ({ method: route.method, path: route.path, handler: handlerOf(route) })),
  );
  const methodsAt = methodsOf(routes);
  const answering = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .onError((request) => {
      const { error, event } = request;
      const language = headerOf(event)('accept-language');
      if (error instanceof NotKept && error.full) {
        // Said once, by whoever watches the disk: a line for every refusal would go where there is no room either.
        request.response = problem(refuse('disk-full'), language);
        return;
      }
      const statusCode = error !== null && 'statusCode' in error ? error.statusCode : undefined;
      if (statusCode !== 404 && statusCode !== 405) {
        log.error('http-failed', { route: event.routeKey }, error);
        request.response = problem(refuse(error instanceof DataDamaged ? 'damaged' : 'internal'), language);
        return;
      }
      const methods = methodsAt(event.rawPath);
      const allow = methods.includes('GET') ? ['HEAD', ...methods] : methods;
      request.response =
        methods.length === 0
          ? problem(refuse('not-found'), language)
          : problem(refuse('wrong-method'), language, { allow: allow.toSorted().join(', ') });
    })
    .handler((event, lambda, options) =>
      router(event.requestContext.http.method === 'HEAD' ? asGet(event) : event, lambda, options),
    );
  return (event, context) =>
    becauseOf({ request: event.requestContext.requestId }, async () => {
      const answer = await answering(event, context);
      // The gateway, and the server of one machine, say by what the request came.
      const https = headerOf(event)('x-forwarded-proto') === 'https';
      return { ...answer, headers: { ...safeHeaders(https), ...answer.headers } };
    });
}
