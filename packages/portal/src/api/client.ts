import type * as z from 'zod/mini';
import { problem } from './answers.ts';

/** What the service refused, as it said it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];

  constructor(said: z.infer<typeof problem>) {
    super(said.title);
    this.status = said.status;
    this.code = said.code;
    this.detail = said.detail;
    this.errors = said.errors ?? [];
  }
}

/** Nothing came back: nobody knows whether it arrived. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** What came back is not what the portal knows: a newer release answers an older page. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

export interface Asking {
  readonly token: () => Promise<string>;
  readonly language: () => string;
}

/** An answer with the version that it holds for. */
export interface Answered<T> {
  readonly body: T;
  readonly etag: string | undefined;
}

export interface Sending {
  /** Kept over every try of one form, so that nothing is done twice. */
  readonly key: string;
  readonly ifMatch?: string | undefined;
}

export interface Client {
  readonly get: <T>(path: string, form: z.ZodMiniType<T>) => Promise<Answered<T>>;
  readonly text: (path: string) => Promise<string>;
  readonly blob: (path: string) => Promise<Blob>;
  readonly post: <T>(path: string, body: unknown, form: z.ZodMiniType<T>, sending: Sending) => Promise<Answered<T>>;
}

async function refusalOf(response: Response): Promise<Refused> {
  const said = problem.safeParse(await response.json().catch(() => undefined));
  if (said.success) return new Refused(said.data);
  const { status, statusText: title } = response;
  return new Refused({ title, status, code: 'internal', detail: title });
}

/** Speaks to the service of this origin, in the name of whoever is signed in. */
export function client({ token, language }: Asking): Client {
  const ask = async (
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> },
  ) => {
    const headers = { authorization: `Bearer ${await token()}`, 'accept-language': language(), ...init.headers };
    let response: Response;
    try {
      response = await fetch(path, { ...init, headers });
    } catch (cause) {
      throw new Unreachable('unreachable', { cause });
    }
    if (!response.ok) throw await refusalOf(response);
    return response;
  };
  const read = async <T>(response: Response, form: z.ZodMiniType<T>): Promise<Answered<T>> => {
    const parsed = form.safeParse(await response.json());
    if (!parsed.success) throw new NotUnderstood(response.url, { cause: parsed.error });
    return { body: parsed.data, etag: response.headers.get('etag') ?? undefined };
  };
  return {
    get: async (path, form) => read(await ask(path, {}), form),
    text: async (path) => (await ask(path, {})).text(),
    blob: async (path) => (await ask(path, {})).blob(),
    post: async (path, body, form, { key, ifMatch }) =>
      read(
        await ask(path, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: {
            'content-type': 'application/json',
            'idempotency-key': key,
            ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
          },
        }),
        form,
      ),
  };
}
