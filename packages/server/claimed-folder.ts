import { mkdir } from 'node:fs/promises';
import { openRoom, type Room } from '@dandang/store/sqlite/reserve.ts';
import { keepOthersOut } from '@dandang/store/sqlite/sole-service.ts';
import { CannotStart } from './cannot-start.ts';
import { readUnfinishedRestore } from './unfinished-restore.ts';

/** A data folder that belongs to this process until it is released or the process ends. */
export interface ClaimedFolder {
  readonly path: string;
  /** The room on its disk. */
  readonly room: Room;
  readonly release: () => void;
}

/** Makes a data folder where there is none, and keeps every service and restore out of it. Throws FolderInUse. */
export async function claimForRestore(path: string): Promise<ClaimedFolder> {
  await mkdir(path, { recursive: true });
  const { release } = keepOthersOut(path);
  return { path, room: openRoom(path), release };
}

/** The same for a service: throws also CannotStart, where a restore of the folder did not end. */
export async function claimFolder(path: string): Promise<ClaimedFolder> {
  const claimed = await claimForRestore(path);
  const begun = await readUnfinishedRestore(path);
  if (begun === undefined) return claimed;
  claimed.release();
  throw new CannotStart(
    begun.from === 'backup'
      ? `A restore into the data folder ${path} did not end: run npm run restore -- <file.zip> --data ${path} again.`
      : `A restore of the data folder ${path} did not end: run npm run restore -- --data ${path} again.`,
  );
}
