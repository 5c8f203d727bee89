import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, createLocalJWKSet, SignJWT } from 'jose';
import { createPublicKey } from 'node:crypto';
import type { Caller } from '@dandang/access/caller.ts';
import { tokenVerifier, type VerifyToken } from '@dandang/access/token.ts';
import { readIfThere, writeDurably } from '@dandang/server/durable-file.ts';

const algorithm = 'ES256';
const issuer = 'urn:dandang:one-machine';
const audience = 'dandang';

/** The sign-in of one machine: it issues tokens for the people of the directory and verifies them as everywhere else. */
export interface SignIn {
  readonly tokenFor: (person: Caller) => Promise<string>;
  readonly verifyToken: VerifyToken;
}

/**
 * Opens the sign-in of a data folder; its key is made once and kept with the data, readable by its owner only. Tokens
 * live by the machine's clock, not by the moved one: whoever moves the clock by a week stays signed in.
 */
export async function openSignIn(path: string, machine: () => number): Promise<SignIn> {
  const known = await readIfThere(path);
  const pem = known ?? (await newKey());
  if (known === undefined) await writeDurably(path, pem, 0o600);
  const privateKey = await importPKCS8(pem, algorithm);
  const jwk = await exportJWK(createPublicKey(pem));
  const keys = createLocalJWKSet({ keys: [{ ...jwk, alg: algorithm, use: 'sig' }] });
  return {
    tokenFor: ({ id, name, unit, roles }) => {
      const issuedAt = Math.floor(machine() / 1000);
      return new SignJWT({ name, unit, roles: [...roles] })
        .setProtectedHeader({ alg: algorithm })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 12 * 3600)
        .sign(privateKey);
    },
    verifyToken: tokenVerifier({ issuer, audience, keys }, machine),
  };
}

const newKey = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return exportPKCS8(privateKey);
};
