import { join } from 'node:path';
import { type Connection, connect, openingError } from './connection.ts';
import { primaryCode } from './error-code.ts';

/** SQLITE_BUSY (https://sqlite.org/rescode.html). */
const heldByAnother = 5;

/** Another process serves this folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Keeps every other service out of a folder, until it is released or the process ends, however it ends. The data file
 * stays open for readers: this holds a file of its own, `running.sqlite`, in an exclusive transaction. Throws FolderInUse,
 * and DataUnreadable where it cannot be written.
 */
export function keepOthersOut(folder: string): { readonly release: () => void } {
  const path = join(folder, 'running.sqlite');
  let file: Connection | undefined;
  try {
    file = connect(path);
    // Without a journal of its own: it must be held on a full disk too.
    file.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;');
  } catch (error) {
    file?.close();
    if (primaryCode(error) !== heldByAnother) throw openingError(path, error);
    throw new FolderInUse(`another service is running on ${folder}`, { cause: error });
  }
  const held = file;
  return { release: () => held.close() };
}
