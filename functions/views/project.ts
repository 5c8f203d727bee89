import type { Ring } from '@dandang/lambda/stream.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { parseKey } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import { projection } from './rows.ts';

export interface ProjectSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly views: Pick<ViewStore, 'put'>;
}

/** Folds one file and writes its read models. It may run late, twice or in any order: the outcome is the same. */
export async function project({ commits, views }: ProjectSurroundings, { file }: Pick<Ring, 'file'>): Promise<void> {
  const { commits: content } = await readFile(commits, file);
  const rows = projection(parseKey(file), content);
  await Promise.all(rows.map((row) => views.put(row)));
}
