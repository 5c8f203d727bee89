import { createHash } from 'node:crypto';
import type { Caller } from '@dandang/access/caller.ts';
import * as z from 'zod/mini';

/** What happened, as stored: never changed, never deleted. Its `data` is parsed by the file that it belongs to. */
export const storedEvent = z.object({ type: z.string(), data: z.unknown() });
export type StoredEvent = z.infer<typeof storedEvent>;

/** Who made a commit. `clock` and `reaction` are not persons: what they add makes nobody's form stale. */
export const actor = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  roles: z.readonly(z.array(z.string())),
  /** Whom the person stood in for. */
  onBehalfOf: z.optional(z.object({ id: z.string(), name: z.string() })),
  /** Who signed for the unit in its own system, and on which day. */
  signedBy: z.optional(z.object({ name: z.string(), on: z.string() })),
});
export type Actor = z.infer<typeof actor>;

/** The caller as the actor of a commit. */
export const actorOf = ({ id, name, unit, roles, onBehalfOf, signedBy }: Caller): Actor => ({
  id,
  name,
  unit,
  roles,
  ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  ...(signedBy === undefined ? {} : { signedBy }),
});

export const clockActor: Actor = { id: 'clock', name: '时钟', unit: '', roles: [] };
export const reactionActor: Actor = { id: 'reaction', name: '联动', unit: '', roles: [] };
export const isPerson = (by: { readonly id: string }): boolean => by.id !== clockActor.id && by.id !== reactionActor.id;

/**
 * One accepted command of one file (a matter, a delivery, a register, a directory entry, …).
 *
 * `matter` is the file's key, `version` counts from 1 without gaps, `at` is an instant with +08:00.
 * `request.id` tells a retry from a conflict, `request.body` is the hash of what was asked.
 * `previousHash` is the hash of the version before, or 64 zeros at version 1.
 */
export const commit = z.object({
  matter: z.string(),
  version: z.number().check(z.int(), z.positive()),
  at: z.string(),
  by: actor,
  command: z.string(),
  request: z.object({ id: z.string(), body: z.string() }),
  policy: z.optional(z.object({ id: z.string(), edition: z.string() })),
  calendar: z.optional(z.string()),
  events: z.readonly(z.array(storedEvent)),
  /** By what the stored bytes were hashed; absent, as in everything that release 0.1.0 wrote, it is `sha256`. */
  alg: z.optional(z.string()),
  previousHash: z.string(),
});
export type Commit = z.infer<typeof commit>;

/** A commit as it lies in the store: `commit` holds the exact bytes that were hashed. */
export interface SealedCommit {
  readonly matter: string;
  readonly version: number;
  readonly commit: string;
  readonly hash: string;
  readonly at: string;
}

export const firstPreviousHash = '0'.repeat(64);

/** SHA-256 of the UTF-8 bytes, in lower-case hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What new commits are hashed by. */
export const newestAlgorithm = 'sha256';

/** Every algorithm that a stored commit may name: one is added, none is ever taken out. */
const algorithms: Readonly<Record<string, (text: string) => string>> = { sha256 };

const envelope = z.object({ alg: z.optional(z.string()) });

/** The name of the algorithm that stored bytes are hashed by. Bytes that are no commit name none, and have the first one. */
function algorithmOf(bytes: string): string {
  try {
    return envelope.parse(JSON.parse(bytes)).alg ?? 'sha256';
  } catch {
    return 'sha256';
  }
}

/** The hash of stored bytes by the algorithm that they name; undefined where this release does not know it. */
export function hashOf(bytes: string): string | undefined {
  const alg = algorithmOf(bytes);
  return Object.hasOwn(algorithms, alg) ? algorithms[alg]?.(bytes) : undefined;
}

/**
 * Turns a commit into the bytes that are stored and their hash, by the algorithm that the commit names. The previous hash
 * is inside, so the file is a chain. Throws RangeError for an algorithm that nobody knows.
 */
export function seal(content: Commit): SealedCommit {
  const json = JSON.stringify(content);
  const hash = hashOf(json);
  if (hash === undefined) throw new RangeError('the commit names an algorithm that nobody knows');
  return { matter: content.matter, version: content.version, commit: json, hash, at: content.at };
}

/** Reads the stored bytes back. Throws a `ZodError` or `SyntaxError` where they are no commit: a damaged file must not be folded. */
export const unseal = (stored: Pick<SealedCommit, 'commit'>): Commit => commit.parse(JSON.parse(stored.commit));

export interface BrokenChain {
  readonly intact: false;
  readonly version: number;
  /** `algorithm`: hashed by something that this release does not know, so it can neither be confirmed nor refuted. */
  readonly why: 'gap' | 'hash' | 'algorithm' | 'unreadable' | 'previous-hash' | 'other-file';
}

function readable(stored: SealedCommit): Commit | undefined {
  try {
    return unseal(stored);
  } catch {
    return undefined;
  }
}

/**
 * Checks a whole file, oldest first: versions without gaps, every hash true, every link to the one before. A file that
 * lost its newest commits is a shorter intact chain: only its copy tells (`docs/architecture.md`, rule 3).
 */
export function verifyChain(key: string, file: readonly SealedCommit[]): { readonly intact: true } | BrokenChain {
  let previousHash = firstPreviousHash;
  let expected = 1;
  for (const stored of file) {
    const broken = (why: BrokenChain['why']): BrokenChain => ({ intact: false, version: stored.version, why });
    if (stored.version !== expected) return broken('gap');
    const hash = hashOf(stored.commit);
    if (hash === undefined) return broken('algorithm');
    if (hash !== stored.hash) return broken('hash');
    const content = readable(stored);
    // Bytes that never were a commit may still carry their own true hash.
    if (content === undefined) return broken('unreadable');
    const here = stored.matter === key && content.matter === key;
    if (!here || content.version !== stored.version || content.at !== stored.at) return broken('other-file');
    if (content.previousHash !== previousHash) return broken('previous-hash');
    previousHash = stored.hash;
    expected += 1;
  }
  return { intact: true };
}
