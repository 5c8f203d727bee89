import type { Caller } from '@dandang/access/caller.ts';
import { type Commit, sha256 } from '@dandang/casework/commit.ts';
import { derivedId } from '@dandang/casework/id.ts';

/** A request to do something, as far as accepting it is concerned. `path` scopes the idempotency key. */
export interface CommandRequest {
  readonly caller: Caller;
  readonly body: unknown;
  readonly path: string;
  readonly idempotencyKey?: string | undefined;
  /** The version that the caller last saw a person make, from `If-Match`. */
  readonly ifMatch?: number | undefined;
}

/** A version of JSON with one spelling for one value, so that equal bodies have equal hashes. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** How a request is known again: by its key, scoped to caller and path, or by an id of its own; and the hash of its body. */
export const requestOf = (request: CommandRequest, freshId: () => string): Commit['request'] => ({
  id:
    request.idempotencyKey === undefined
      ? freshId()
      : derivedId('request', request.caller.id, request.path, request.idempotencyKey),
  body: sha256(canonical(request.body ?? null)),
});
