import type { Ring } from '@dandang/accept/ring.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { headOf, parseKey } from '@dandang/store/keys.ts';
import type { ViewRow, ViewStore } from '@dandang/store/view-store.ts';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { type RowSince, rowsSince } from './rows.ts';

export interface ProjectSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly views: Pick<ViewStore, 'rows' | 'put'>;
}

/** What comes back of a row is what JSON keeps of it. */
const says = ({ data, listing }: Pick<ViewRow, 'data' | 'listing'>): unknown =>
  JSON.parse(JSON.stringify([data, listing ?? null]));

/** The row as it is to be put over what is there, or undefined where there is nothing to do. */
function toPut(row: RowSince, there: ViewRow | undefined, known: number, afresh: boolean): ViewRow | undefined {
  const { since, ...content } = row;
  if (there !== undefined && !afresh && there.version >= (since ?? 0) && isDeepStrictEqual(says(row), says(there)))
    return undefined;
  // A row that other rules than today's have made may carry a higher version than today's would.
  return { ...content, version: Math.max(since ?? known, there?.version ?? 0) };
}

/**
 * Folds one file and writes those of its read models that are not what they must be: no row that a commit leaves as it was
 * costs a write, and a row that is missing or was made by other rules is put right. The head comes last: the nightly
 * reconcile takes its version for that of all the others. It may run late, twice or in any order: the outcome is the same.
 * With `afresh` every row is written, whatever the table says.
 */
export async function project(
  { commits, views }: ProjectSurroundings,
  { file, afresh = false }: Pick<Ring, 'file' | 'afresh'>,
): Promise<void> {
  const ref = parseKey(file);
  const head = headOf(ref);
  // Registers, settings and the like are in no view.
  if (head === undefined) return;
  const [stored, { commits: content, version }] = await Promise.all([
    views.rows(head.pk, z.unknown()),
    readFile(commits, file),
  ]);
  const there = new Map(stored.map((row) => [row.sk, row]));
  const held = there.get(head.sk)?.version ?? 0;
  // Somebody has seen more of the file, and puts all of it.
  if (held > version) return;
  const known = afresh ? 0 : held;
  const rows = rowsSince(ref, content, known);
  const wanted = new Set(rows.map(({ sk }) => sk));
  // What today's rules do not know must leave its list.
  const unknown = stored.filter(({ sk, listing }) => listing !== undefined && !wanted.has(sk));
  const puts = [
    ...unknown.map(({ pk, sk, version: its }) => ({ pk, sk, version: its, data: null })),
    ...rows.flatMap((row) => toPut(row, there.get(row.sk), known, afresh) ?? []),
  ].filter((row) => row.version <= version);
  const isHead = ({ sk }: ViewRow): boolean => sk === head.sk;
  await Promise.all(puts.filter((row) => !isHead(row)).map((row) => views.put(row)));
  await Promise.all(puts.filter(isHead).map((row) => views.put(row)));
}
