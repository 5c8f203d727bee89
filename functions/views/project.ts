import type { Ring } from '@dandang/accept/ring.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { headOf, parseKey, type RowKey } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import { projection } from './rows.ts';

export interface ProjectSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly views: Pick<ViewStore, 'put'>;
}

/**
 * Folds one file and writes its read models. It may run late, twice or in any order: the outcome is the same. The head
 * comes last: the nightly reconcile takes its version for that of all the others.
 */
export async function project({ commits, views }: ProjectSurroundings, { file }: Pick<Ring, 'file'>): Promise<void> {
  const { commits: content } = await readFile(commits, file);
  const ref = parseKey(file);
  const head = headOf(ref);
  const rows = projection(ref, content);
  const isHead = ({ pk, sk }: RowKey): boolean => pk === head?.pk && sk === head.sk;
  await Promise.all(rows.filter((row) => !isHead(row)).map((row) => views.put(row)));
  await Promise.all(rows.filter(isHead).map((row) => views.put(row)));
}
