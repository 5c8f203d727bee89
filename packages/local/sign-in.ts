import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, createLocalJWKSet, type JWK, SignJWT } from 'jose';
import type { Caller } from '@dandang/access/caller.ts';
import { tokenVerifier, type VerifyToken } from '@dandang/access/token.ts';
import { readIfThere, writeDurably } from '@dandang/server/durable-file.ts';

export const signInAlgorithm = 'ES256';
const ownIssuer = 'urn:dandang:one-machine';
export const audience = 'dandang';

/** The sign-in of one machine: it issues tokens for the people of the directory and verifies them as everywhere else. */
export interface SignIn {
  readonly tokenFor: (person: Caller) => Promise<string>;
  /** Believes its own tokens and, once it is known, those of the embedded issuer. */
  readonly verifyToken: VerifyToken;
  /** Believes this issuer too, which signs with the same key. */
  readonly believe: (issuer: string) => void;
  /** The private key, for the embedded issuer (packages/local/oidc.ts). */
  readonly signingKey: JWK;
}

/**
 * Opens the sign-in of a data folder; its key is made once and kept with the data, readable by its owner only. Tokens
 * live by the machine's clock, not by the moved one: whoever moves the clock by a week stays signed in.
 */
export async function openSignIn(path: string, machine: () => number): Promise<SignIn> {
  const known = await readIfThere(path);
  const pem = known ?? (await newKey());
  if (known === undefined) await writeDurably(path, pem, 0o600);
  const privateKey = await importPKCS8(pem, signInAlgorithm);
  const described = async (key: KeyObject): Promise<JWK> => ({
    ...(await exportJWK(key)),
    kid: 'sign-in',
    alg: signInAlgorithm,
    use: 'sig',
  });
  const keys = createLocalJWKSet({ keys: [await described(createPublicKey(pem))] });
  const verifierOf = (issuer: string): VerifyToken => tokenVerifier({ issuer, audience, keys }, machine);
  const verifiers = [verifierOf(ownIssuer)];
  return {
    tokenFor: ({ id, name, unit, roles }) => {
      const issuedAt = Math.floor(machine() / 1000);
      return new SignJWT({ name, unit, roles: [...roles] })
        .setProtectedHeader({ alg: signInAlgorithm })
        .setSubject(id)
        .setIssuer(ownIssuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 12 * 3600)
        .sign(privateKey);
    },
    verifyToken: async (authorization) => {
      for (const verify of verifiers) {
        const caller = await verify(authorization);
        if (caller !== undefined) return caller;
      }
      return undefined;
    },
    believe: (issuer) => void verifiers.push(verifierOf(issuer)),
    signingKey: await described(createPrivateKey(pem)),
  };
}

const newKey = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair(signInAlgorithm, { extractable: true });
  return exportPKCS8(privateKey);
};
