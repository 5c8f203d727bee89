import * as z from 'zod/mini';

/** What came back over HTTP: `body` is parsed where it is JSON, `bytes` is what was sent. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly bytes: Uint8Array;
}

interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in place of JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
}

/** Somebody who talks to a running service over HTTP only. */
export interface Person {
  readonly token: string;
  readonly get: (path: string, asking?: Asking) => Promise<Heard>;
  readonly post: (path: string, body?: unknown, asking?: Asking) => Promise<Heard>;
  readonly put: (path: string, body: unknown, asking?: Asking) => Promise<Heard>;
}

async function ask(url: string, method: string, asking: Asking, body?: unknown): Promise<Heard> {
  const sent = asking.raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: { ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...asking.headers },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const parsed: unknown = isJson && bytes.length > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : undefined;
  return { status: response.status, headers: response.headers, body: parsed, bytes };
}

/** Whoever holds the token; nobody with an empty one. */
export function personWith(base: string, token: string): Person {
  const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
  const withToken = (asking: Asking = {}): Asking => ({ ...asking, headers: { ...headers, ...asking.headers } });
  return {
    token,
    get: (path, asking) => ask(base + path, 'GET', withToken(asking)),
    post: (path, body = {}, asking) => ask(base + path, 'POST', withToken(asking), body),
    put: (path, body, asking) => ask(base + path, 'PUT', withToken(asking), body),
  };
}

/** Signs in as one of the people of `GET /dev/people`. */
export async function signIn(base: string, as: string): Promise<Person> {
  const { body } = await personWith(base, '').post('/dev/token', { as });
  return personWith(base, z.parse(z.object({ token: z.string() }), body).token);
}

const problem = z.object({ status: z.number(), code: z.string() });

/** `403 not-yours` for a refusal, `200` for anything else. */
export function verdict({ status, body }: Heard): string {
  const refused = problem.safeParse(body);
  return refused.success && status >= 400 ? `${status} ${refused.data.code}` : String(status);
}

/** The parsed body of an answer that must be good. Throws what was said instead. */
export function said<T>(heard: Heard, form: z.ZodMiniType<T>): T {
  if (heard.status >= 300) throw new Error(`unexpected answer ${heard.status}: ${JSON.stringify(heard.body)}`);
  return z.parse(form, heard.body);
}
