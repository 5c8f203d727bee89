import { malformedAt, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { CommandRequest } from '@dandang/accept/accept.ts';
import type { ApiRequest } from './route.ts';

/** `If-Match: "6"` → 6. Anything that is no version of ours holds for no version. */
export const versionOf = (header: string | undefined): number | undefined => {
  if (header === undefined || header.trim() === '*') return undefined;
  return Number(/^\s*"(\d{1,9})"\s*$/.exec(header)?.[1] ?? Number.NaN);
};

/** What accepting a command needs of an HTTP request. */
export const commandRequest = ({ caller, body, path, query, header }: ApiRequest): CommandRequest => ({
  caller,
  body,
  // What is put forward under a key is another request than what is done under it.
  path: query.has('for') ? `${path}?for=signature` : path,
  forSignature: query.has('for'),
  idempotencyKey: header('idempotency-key'),
  ifMatch: versionOf(header('if-match')),
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
