import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { CannotStart } from './cannot-start.ts';

/** Whom a request comes from and where it believes to be, as far as that can be believed. */
export interface Arrival {
  /** The address of whoever asks: the connection's, or what a proxy of the settings says. */
  readonly client: string;
  /** The Host, as it came; undefined where there is none, or more than one. */
  readonly host: string | undefined;
  /** Over TLS on its whole way. */
  readonly secure: boolean;
}

/** Where a request is answered: here; at the service's own address, since it asks for a page; or not at all. */
export type Place = 'here' | 'at-the-origin' | 'misdirected' | 'malformed';

/** Names of this machine that no other machine can have. A page at one of them is not at the other. */
const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Only these: whoever reads mails and makes tokens at `/dev`, or signs in as anybody at `/oidc`, sits at this machine and typed one of them. */
const developmentNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

const hostForm = /^(?:\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::\d{1,5})?$/i;

/** The proxies whose word is taken, by address or subnet (`10.1.0.0/16`). CannotStart where one is neither. */
export function trustedProxies(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    try {
      if (bits === undefined) list.addAddress(address, family);
      else list.addSubnet(address, Number(bits), family);
    } catch {
      throw new CannotStart(`A proxy is named by its address or its subnet, such as 10.1.2.3 or 10.1.0.0/16: ${proxy}`);
    }
  }
  return list;
}

const isIn = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const listed = (header: string | readonly string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');

/** Reads where a request comes from. `X-Forwarded-*` is what a proxy says; from anybody else it is not even looked at. */
export function arrivalOf(request: IncomingMessage, proxies: BlockList, tls: boolean): Arrival {
  const peer = request.socket.remoteAddress ?? '';
  const hosts = request.headersDistinct['host'] ?? [];
  const host = hosts.length === 1 ? hosts[0] : undefined;
  if (!isIn(proxies, peer)) return { client: peer, host, secure: tls };
  const { 'x-forwarded-for': passed, 'x-forwarded-host': asked, 'x-forwarded-proto': scheme } = request.headers;
  // Of a list the last entry is the proxy's own; what stands before it, whoever asked may have written.
  return {
    client: listed(passed).findLast((address) => !isIn(proxies, address)) ?? peer,
    host: listed(asked).at(-1) ?? host,
    secure: (listed(scheme).at(-1) ?? (tls ? 'https' : 'http')).toLowerCase() === 'https',
  };
}

const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address);

const isPage = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html');

/**
 * Where a request belongs. A service has one origin; a page elsewhere would share nothing with it, and a foreign name that
 * leads here is somebody's trick (DNS rebinding). At `/dev` and `/oidc` anybody can become anybody, so they answer to this
 * machine alone.
 */
export function placeOf(origin: URL, request: IncomingMessage, arrival: Arrival): Place {
  const { host, client, secure } = arrival;
  const asked = host !== undefined && hostForm.test(host) ? URL.parse(`${origin.protocol}//${host}`) : null;
  if (asked === null) return 'malformed';
  if (/^\/(?:dev|oidc)(?:[/?]|$)/.test(request.url ?? ''))
    return developmentNames.has(asked.hostname) && isLoopback(client) ? 'here' : 'misdirected';
  const atOrigin = asked.host === origin.host;
  if (!atOrigin && !loopbackNames.has(asked.hostname)) return 'misdirected';
  const elsewhere = !atOrigin || (origin.protocol === 'https:' && !secure);
  return elsewhere && isPage(request) ? 'at-the-origin' : 'here';
}

/** The address that a service on `host` is reached at, where its settings name none. */
export function originAt(host: string, port: number, tls: boolean): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : isIP(host) === 6 ? `[${host}]` : host;
  return new URL(`${tls ? 'https' : 'http'}://${name}:${port}`).origin;
}
