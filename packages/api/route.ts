import type { Caller } from '@dandang/access/caller.ts';
import type { Refusal, RefusalTable } from '@dandang/casework/refusal.ts';
import type * as z from 'zod/mini';

/** A request as a route sees it: who asks, the path's parts (already checked to be ids), the query, the parsed body. */
export interface ApiRequest {
  readonly caller: Caller;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly body: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, unless `bytes` is given. */
  readonly body?: unknown;
  readonly bytes?: { readonly contentType: string; readonly content: Uint8Array };
  /** What its tag is made of, where the body says more than what could have changed: the time of asking. */
  readonly taggedBy?: unknown;
}

/** What the OpenAPI document says of a route; of those that every measure has, `measure-sheets.ts` says it. */
export interface RouteSheet {
  readonly summary: string;
  readonly input?: z.ZodMiniType;
  readonly query?: z.ZodMiniObject;
  /** The answer when all is well; its status is 200 unless `status` says another. */
  readonly answer?: z.ZodMiniType;
  readonly status?: 200 | 201;
}

interface RouteOf<R> {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** As the contract spells it: `/api/reminders/{id}`. */
  readonly path: string;
  readonly sheet?: RouteSheet;
  /** What it may be asked by, where no sheet says it: any other parameter is refused (`query.ts`). */
  readonly query?: z.ZodMiniObject;
  /** What it can be refused with beside `commonRefusals`. */
  readonly refusals?: RefusalTable;
  /** Its body is no JSON: it is given as the bytes that came. */
  readonly takesBytes?: true;
  readonly handle: (request: R) => Promise<ApiAnswer | Refusal>;
}

/** A route that needs a token, or an open one that needs none. */
export type Route =
  (RouteOf<ApiRequest> & { readonly open?: false }) | (RouteOf<Omit<ApiRequest, 'caller'>> & { readonly open: true });
