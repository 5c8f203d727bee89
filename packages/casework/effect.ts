import type { Policy, PolicyRef } from '@dandang/policy/policy.ts';
import type { FileRef } from './command.ts';
import type { Commit, StoredEvent } from './commit.ts';

/** What an effect may know beside its matter: everything is an argument, nothing is fetched. */
export interface EffectContext {
  /** The rules that the matter was opened under. */
  readonly policy: Policy;
  /** The commits of a file that the effect named in its needs; empty where there is none. */
  readonly file: (ref: FileRef) => readonly Commit[];
  /** The rules that such a file stands under; undefined where it is under none. */
  readonly policyOf: (ref: PolicyRef | undefined) => Policy | undefined;
}

/** One thing that is missing on another file: by which command it is put there, and what happened. */
export interface Said {
  readonly command: string;
  readonly event: StoredEvent;
}

/**
 * What a matter means in the file of something else (an official's ladder, an official's standing). It is asked at once
 * after the named commands and again from the bus, it may run twice or late, and `say` looks at what the file says
 * already: so a crash anywhere heals when it runs again.
 */
export interface Effect<M> {
  /** The commands after which it is brought up at once, so that the answer shows it. */
  readonly after: readonly string[];
  /** The own events after which it is brought up from the bus. */
  readonly on: readonly string[];
  /** What that is, in a sentence, for whoever is about to bring it about. */
  readonly means: string;
  /** The kind of files that it appends to. */
  readonly writes: string;
  /** Whether a newer release wrote on such a file: then it is left alone. */
  readonly isNewer: (file: readonly Commit[]) => boolean;
  /** The files of others that must be read before `files` can be asked. */
  readonly needs?: (matter: M) => readonly FileRef[];
  /** The ids of the files, of the kind `writes`, that must say something of the matter. */
  readonly files: (matter: M, context: EffectContext) => readonly string[];
  /** The next thing that such a file must say and does not say yet; undefined where it says everything. */
  readonly say: (
    matter: M,
    file: { readonly id: string; readonly commits: readonly Commit[] },
    context: EffectContext,
  ) => Said | undefined;
}

/** An effect whose matter is closed over. */
export interface OpenEffect extends Pick<Effect<never>, 'after' | 'on' | 'means' | 'writes' | 'isNewer'> {
  readonly needs: readonly FileRef[];
  readonly files: (context: EffectContext) => readonly string[];
  readonly say: (
    file: { readonly id: string; readonly commits: readonly Commit[] },
    context: EffectContext,
  ) => Said | undefined;
}
