import { createHash } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * An id that follows from its parts: the same parts give the same id, other parts another. 26 characters of Crockford's
 * base 32 (130 bits of SHA-256). Ids that follow from what they name cannot be doubled by a repeat.
 */
export function derivedId(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts), 'utf8').digest();
  let id = '';
  for (let index = 0; index < 26; index += 1) id += alphabet.charAt((digest[index] ?? 0) & 31);
  return id;
}
