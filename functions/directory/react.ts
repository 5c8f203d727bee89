import type { BusEvent } from '@dandang/accept/bus-events.ts';
import { readFile } from '@dandang/store/file.ts';
import { applyImport, type ApplySurroundings, isImportFile } from './import.ts';

/** Finishes an import whose request died between its commit and the last entry; otherwise there is nothing to do. */
export async function applyDirectoryImport(deps: ApplySurroundings, event: BusEvent): Promise<void> {
  if (event.type !== 'CommitAccepted' || !isImportFile(event.file)) return;
  await applyImport(deps, await readFile(deps.commits, event.file), event.version);
}
