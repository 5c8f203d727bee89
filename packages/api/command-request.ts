import { malformedAt, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { CommandRequest } from '@dandang/accept/accept.ts';
import * as z from 'zod/mini';
import type { ApiRequest } from './route.ts';

/** What a command may be asked for by its address. */
export const commandQuery = z.object({ for: z.optional(z.string()), dryRun: z.optional(z.string()) });
/** What an opening may be asked for by its address. */
export const openingQuery = z.object({ dryRun: z.optional(z.string()) });

/**
 * The versions that `If-Match` holds for: `"6"`, or the whole tag of what was read, `"6.3kX0…"`; several by commas, one of
 * which has to match. Anything that is no version of ours holds for none. Undefined where nothing is asked.
 */
export const versionsOf = (header: string | undefined): readonly number[] | undefined => {
  if (header === undefined || header.trim() === '*') return undefined;
  return header.split(',').flatMap((one) => {
    const version = /^\s*"(\d{1,9})(?:\.[\w-]{1,64})?"\s*$/.exec(one)?.[1];
    return version === undefined ? [] : [Number(version)];
  });
};

/** What accepting a command needs of an HTTP request. */
export const commandRequest = ({ caller, body, path, query, header }: ApiRequest): CommandRequest => ({
  caller,
  body,
  // What is put forward under a key is another request than what is done under it.
  path: query.has('for') ? `${path}?for=signature` : path,
  forSignature: query.has('for'),
  idempotencyKey: header('idempotency-key'),
  ifMatch: versionsOf(header('if-match')),
});

/** `?for=signature` is all that a command may be asked for; anything else is refused before it is looked at. */
export const badPurpose = ({ query }: Pick<ApiRequest, 'query'>): Refusal | undefined =>
  query.has('for') && query.get('for') !== 'signature'
    ? malformedAt('for', '只能是 signature', '`signature` or nothing')
    : undefined;

/** An idempotency key is 1 to 200 visible characters; any other is refused before it is looked at. */
export const badKey = (request: Pick<ApiRequest, 'header'>): Refusal | undefined => {
  const key = request.header('idempotency-key');
  if (key === undefined || /^[\x21-\x7e]{1,200}$/.test(key)) return undefined;
  return refuse('malformed', {
    errors: [{ path: 'Idempotency-Key', zh: '须为1至200个可见字符', en: '1 to 200 visible characters' }],
  });
};

/** Everything is checked and nothing is kept; anything but `true` is refused before it is looked at. */
export const badDryRun = ({ query }: Pick<ApiRequest, 'query'>): Refusal | undefined =>
  query.has('dryRun') && query.get('dryRun') !== 'true'
    ? malformedAt('dryRun', '只能是 true', '`true` or nothing')
    : undefined;
