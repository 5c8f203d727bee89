import type { Commit } from './commit.ts';

/** What a file's content was after one of its commits. */
export interface Stage<T> {
  readonly version: number;
  readonly as: T;
}

/** Folds files of one kind from their commits. */
export interface KeptStages<T> {
  /** After each commit from a version on, oldest first; commits before there is anything to say are left out. */
  readonly from: (version: number, id: string, file: readonly Commit[]) => Generator<Stage<T>>;
  /** After the last commit; undefined where there is nothing to say. */
  readonly last: (id: string, file: readonly Commit[]) => T | undefined;
}

/** So many stages at a file's end are kept: somebody compares what is with what was. */
const keptOfAFile = 2;

/**
 * Folds commit by commit, and goes on where it was before: what a file came to is kept beside its commit, for as long as
 * somebody keeps that very object. An engine that gives the same objects again spares the fold, and whoever reads a file
 * anew folds it anew; nothing else can be seen of it. `step` is pure, and nobody may change what it gave.
 *
 * @param step undefined where a file begins with what only a newer release knows: then nothing can be said of any of it.
 */
export function keptStages<T extends object>(
  step: (before: T | undefined, commit: Commit, id: string) => T | undefined,
): KeptStages<T> {
  const known = new WeakMap<Commit, T>();

  /** The newest kept stage of a version up to this one. */
  const keptUpTo = (
    version: number,
    file: readonly Commit[],
  ): { readonly index: number; readonly as: T } | undefined => {
    for (let index = Math.min(version, file.length) - 1; index >= 0; index -= 1) {
      const commit = file[index];
      const as = commit === undefined ? undefined : known.get(commit);
      if (as !== undefined) return { index, as };
    }
    return undefined;
  };

  function* from(version: number, id: string, file: readonly Commit[]): Generator<Stage<T>> {
    const kept = keptUpTo(version, file);
    if (kept?.index === version - 1) yield { version, as: kept.as };
    let stage = kept?.as;
    for (let index = (kept?.index ?? -1) + 1; index < file.length; index += 1) {
      const commit = file[index];
      if (commit === undefined) return;
      stage = known.get(commit) ?? step(stage, commit, id);
      if (stage === undefined && commit.events.length > 0) return;
      if (stage === undefined) continue;
      known.set(commit, stage);
      const past = file[index - keptOfAFile];
      if (past !== undefined) known.delete(past);
      if (commit.version >= version) yield { version: commit.version, as: stage };
    }
  }

  const last = (id: string, file: readonly Commit[]): T | undefined => {
    let found: T | undefined;
    for (const { as } of from(file.length, id, file)) found = as;
    return found;
  };

  return { from, last };
}
