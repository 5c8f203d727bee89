import type { Commit } from './commit.ts';
import type { IssuedLetter } from './letter-issue.ts';
import type { Measure } from './measure.ts';

/** The letters that the named commits of a matter issued, each with the version of its commit, oldest first. */
export function lettersOfCommits(
  measure: Pick<Measure, 'stages'>,
  id: string,
  file: readonly Commit[],
  versions: readonly number[],
): readonly { readonly version: number; readonly letter: IssuedLetter }[] {
  const named = new Set(versions);
  const found: { readonly version: number; readonly letter: IssuedLetter }[] = [];
  let before = 0;
  // From the commit before the first on: which letters were there already.
  for (const { version, as } of measure.stages(id, file, Math.min(...versions) - 1)) {
    const { letters } = as.matter;
    if (named.has(version)) found.push(...letters.slice(before).map((letter) => ({ version, letter })));
    before = letters.length;
  }
  return found;
}
