import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NotKept } from '@dandang/store/town.ts';

/** How the name of a file ends that is not written to its end yet; a kill may leave one behind. */
export const unfinished = '.partial';

/** Makes a rename in the folder survive a power failure. Windows cannot open a folder, and needs not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** The error of a write: NotKept where the disk, or what this user may have of it, is full. */
export function writingError(error: unknown): unknown {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT' ? new NotKept(true, error) : error;
}

/**
 * Writes a file into a folder that is there, so that a kill at any moment leaves the old content or the new, never a part.
 * When it resolves, file and name are on the disk; on a full disk it rejects with NotKept, and nothing is left of it.
 */
export async function placeDurably(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  // A name of its own: what a kill left behind may be read-only, and two writers must not share one.
  const partial = `${path}.${randomUUID()}${unfinished}`;
  try {
    const file = await open(partial, 'w', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw writingError(error);
  }
  await syncFolder(dirname(path));
}

/** The same, with the folders that are missing on the way. */
export async function writeDurably(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw writingError(error);
  });
  await placeDurably(path, content, mode);
}

/** Whether an error of the file system says that there is no such thing. */
export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** The file's text, or undefined where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether there is a file or a folder of this name. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
