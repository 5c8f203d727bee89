import { sha256 } from '@dandang/casework/commit.ts';
import type { ApiAnswer, ApiRequest } from './route.ts';

/** A weak or strong tag of `If-None-Match`, or `*`. */
const tagsIn = (header: string): string[] => header.split(',').map((one) => one.trim().replace(/^W\//, ''));

/** The tag of an answer that has no version of its own: what it says. */
export const tagOf = (body: unknown): string => `"${sha256(JSON.stringify(body)).slice(0, 32)}"`;

/** An answer with its ETag, or 304 without a body for whoever has it already (`If-None-Match`). */
export function unlessKnown(
  request: Pick<ApiRequest, 'header'>,
  answer: ApiAnswer,
  etag = tagOf(answer.body),
): ApiAnswer {
  const known = tagsIn(request.header('if-none-match') ?? '');
  const headers = { ...answer.headers, etag };
  return known.includes(etag) || known.includes('*')
    ? { status: 304, headers, bytes: { contentType: 'application/json; charset=utf-8', content: new Uint8Array() } }
    : { ...answer, headers };
}
