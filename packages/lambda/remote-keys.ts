import { get as getPlain, type RequestOptions } from 'node:http';
import { get as getSecure } from 'node:https';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { JOSEError, JWKSInvalid, JWKSNoMatchingKey, JWKSTimeout } from 'jose/errors';
import * as z from 'zod/mini';

/** How long keys are used before they are fetched again, and how soon an unknown key may cause another fetch. */
const keptFor = 600_000;
const cooldown = 30_000;
const timeout = 5_000;
/** An issuer's key set is a few kilobytes. */
const mostBytes = 1_000_000;

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Fetches what an issuer publishes as JSON. `authorities`: PEM of those that are believed in place of the public ones. */
export function fetchFromIssuer(url: URL, authorities?: readonly string[]): Promise<unknown> {
  const options: RequestOptions & { readonly ca?: string[] } = {
    headers: { accept: 'application/jwk-set+json, application/json' },
    ...(authorities === undefined ? {} : { ca: [...authorities] }),
  };
  const get = url.protocol === 'https:' ? getSecure : getPlain;
  return new Promise((resolve, reject) => {
    const request = get(url, { ...options, signal: AbortSignal.timeout(timeout) }, (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        parts.push(part);
        if (size > mostBytes) request.destroy(new JWKSInvalid('the key set is too large'));
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          if (response.statusCode !== 200) throw new JWKSInvalid(`the issuer answered ${response.statusCode ?? 0}`);
          const parsed: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
          resolve(parsed);
        } catch (error) {
          reject(error instanceof JOSEError ? error : new JWKSInvalid('not a key set', { cause: error }));
        }
      });
    });
    request.on('error', (error) =>
      reject(error.name === 'AbortError' || error.name === 'TimeoutError' ? new JWKSTimeout() : error),
    );
  });
}

async function fetchKeySet(url: URL, authorities: readonly string[] | undefined): Promise<JSONWebKeySet> {
  const parsed = keySet.safeParse(await fetchFromIssuer(url, authorities));
  if (!parsed.success) throw new JWKSInvalid('not a key set', { cause: parsed.error });
  return parsed.data;
}

/**
 * The public keys of an issuer, fetched when the first token comes, kept for ten minutes, and fetched again for a key that
 * is not among them, at most every 30 seconds. What jose's `createRemoteJWKSet` does, through `node:https`, which the SDK
 * has loaded anyway: the global `fetch` and `Headers` of that one make Node load undici, a tenth of a second's quarter of
 * every cold start (`docs/performance.md`). Which key fits a token is still jose's to say.
 *
 * `elapsed` gives milliseconds that only ever go up. Errors: JWKSTimeout after five seconds, JWKSInvalid for what is no
 * key set, the network's own error otherwise; JWKSNoMatchingKey for a token with another key. A failed fetch is not kept.
 */
export function remoteKeys(url: URL, elapsed: () => number, authorities?: readonly string[]): JWTVerifyGetKey {
  let known: { readonly at: number; readonly keys: Promise<JWTVerifyGetKey> } | undefined;
  const fetched = (): Promise<JWTVerifyGetKey> => {
    const mine = {
      at: elapsed(),
      keys: fetchKeySet(url, authorities).then((set): JWTVerifyGetKey => createLocalJWKSet(set)),
    };
    const before = known;
    known = mine;
    mine.keys.catch(() => {
      if (known === mine) known = before;
    });
    return mine.keys;
  };
  return async (header, token) => {
    const age = known === undefined ? Infinity : elapsed() - known.at;
    const keys = known === undefined || age >= keptFor ? fetched() : known.keys;
    try {
      return await (
        await keys
      )(header, token);
    } catch (error) {
      const rotated = error instanceof JWKSNoMatchingKey && age >= cooldown && age < keptFor;
      if (!rotated) throw error;
      return (await fetched())(header, token);
    }
  };
}
