import type { Commit } from '@dandang/casework/commit.ts';
import { headOf, parseKey } from '@dandang/store/keys.ts';
import type { ViewRow } from '@dandang/store/view-store.ts';
import { rowsSince } from './rows.ts';

/**
 * The rows of a file that are not what they were as of version `known` (0: all that it has or ever had), for an engine that
 * writes them in the commit's own transaction. Throws for a file that cannot be folded; one that no view shows is not asked
 * for.
 */
export function alongside(key: string, file: () => readonly Commit[], known: number): ViewRow[] {
  const ref = parseKey(key);
  if (headOf(ref) === undefined) return [];
  return rowsSince(ref, file(), known).flatMap(({ since, ...row }) =>
    since === undefined ? [] : [{ ...row, version: since }],
  );
}
