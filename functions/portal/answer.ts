import { randomBytes } from 'node:crypto';
import { refuse } from '@dandang/casework/refusal.ts';
import { type HttpFunction, problem } from '@dandang/lambda/http.ts';
import type { BuiltPortal } from './built-portal.ts';
import type { PortalPlaces } from './portal-config.ts';

type Answer = Awaited<ReturnType<HttpFunction>>;

export interface PortalSurroundings {
  /** What was built; undefined while it is still being built. */
  readonly built: () => Promise<BuiltPortal | undefined>;
  readonly places: () => PortalPlaces;
}

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** On every answer; the page adds its policy. */
const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/**
 * What the page may load and speak to. Attributes `style` are for antd, which measures and places with them; style elements
 * are its own, with the nonce; scripts are files of ours alone.
 */
function policyFor(nonce: string, { config, uploads }: PortalPlaces): string {
  const issuer = new URL(config.issuer).origin;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ['connect-src', "'self'", issuer, ...(uploads === undefined ? [] : [uploads])].join(' '),
    "frame-src 'self' blob:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    `form-action 'self' ${issuer}`,
  ].join('; ');
}

const html = (status: number, text: string, headers: Readonly<Record<string, string>>): Answer => ({
  statusCode: status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...everywhere, ...headers },
  body: text,
});

/** Shown while `npm start` builds; it asks again by itself. */
const preparing = html(
  503,
  '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>担当</title><p>正在准备页面，请稍候。（The page is being built.）</p></html>',
  { 'retry-after': '2', 'content-security-policy': "default-src 'none'" },
);

/** Whether an `Accept-Encoding` takes an encoding: named, and not with the weight 0. */
const takenBy =
  (header: string) =>
  (encoding: string): boolean =>
    header.split(',').some((one) => {
      const [name = '', weight = ''] = one.split(';').map((part) => part.trim().toLowerCase());
      return name === encoding && !/^q=0(\.0*)?$/.test(weight);
    });

async function assetAnswer(built: BuiltPortal, name: string, accepted: string): Promise<Answer | undefined> {
  const type = contentTypes[name.slice(name.lastIndexOf('.') + 1)];
  const file = type === undefined ? undefined : await built.asset(name, takenBy(accepted));
  if (type === undefined || file === undefined) return undefined;
  return {
    statusCode: 200,
    headers: {
      'content-type': type,
      // The name holds a hash of the content.
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...everywhere,
      ...(file.encoding === undefined ? {} : { 'content-encoding': file.encoding }),
    },
    body: file.content.toString('base64'),
    isBase64Encoded: true,
  };
}

const secured = (answer: Answer): Answer => ({ ...answer, headers: { ...answer.headers, ...everywhere } });

/**
 * The portal as files: its page at every path without an ending, for the page itself knows what is where; what it is made of
 * under `/assets/`; what it must know at `/portal/config.json`. `HEAD` is `GET` without the body.
 */
export function portalFunction({ built, places }: PortalSurroundings): HttpFunction {
  return async (event) => {
    const path = event.rawPath;
    const language = event.headers['accept-language'];
    const { method } = event.requestContext.http;
    if (method !== 'GET' && method !== 'HEAD')
      return secured(problem(refuse('wrong-method'), language, { allow: 'GET, HEAD' }));
    if (path === '/portal/config.json')
      return secured({
        statusCode: 200,
        headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' },
        body: JSON.stringify(places().config),
      });
    const portal = await built();
    const isPage = !/\.[^/]*$/.test(path);
    if (portal === undefined) return isPage ? preparing : secured(problem(refuse('not-found'), language));
    if (isPage) {
      const nonce = randomBytes(18).toString('base64');
      return html(200, portal.page.replaceAll('%nonce%', nonce), {
        'content-security-policy': policyFor(nonce, places()),
      });
    }
    const [, name = ''] = /^\/assets\/([^/]+)$/.exec(path) ?? [];
    const asset = await assetAnswer(portal, name, event.headers['accept-encoding'] ?? '');
    return asset ?? secured(problem(refuse('not-found'), language));
  };
}
