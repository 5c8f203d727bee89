import * as z from 'zod/mini';

/** An answer of the service: its status and what it said. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A caller of the service on one machine, signed in as one of its people. */
export interface ApiClient {
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly put: (path: string, body: unknown) => Promise<Answer>;
  readonly bytes: (path: string) => Promise<Uint8Array>;
}

const tokenAnswer = z.object({ token: z.string() });

async function call(url: string, method: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, body: parsed };
}

const clientWith = (base: string, headers: Record<string, string>): ApiClient => ({
  get: (path) => call(base + path, 'GET', headers),
  post: (path, body = {}, more = {}) => call(base + path, 'POST', { ...headers, ...more }, body),
  put: (path, body) => call(base + path, 'PUT', headers, body),
  bytes: async (path) => new Uint8Array(await (await fetch(base + path, { headers })).arrayBuffer()),
});

/** Calls without a token: health, and the routes of one machine. */
export const anonymous = (base: string): ApiClient => clientWith(base, {});

/** Signs in as one of the people of `GET /dev/people`. */
export async function signedIn(base: string, as: string): Promise<ApiClient> {
  const { body } = await anonymous(base).post('/dev/token', { as });
  return clientWith(base, { authorization: `Bearer ${tokenAnswer.parse(body).token}` });
}
