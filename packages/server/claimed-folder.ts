import { mkdir } from 'node:fs/promises';
import { openRoom, type Room } from '@dandang/store/sqlite/reserve.ts';
import { keepOthersOut } from '@dandang/store/sqlite/sole-service.ts';

/** A data folder that belongs to this process until it is released or the process ends. */
export interface ClaimedFolder {
  readonly path: string;
  /** The room on its disk. */
  readonly room: Room;
  readonly release: () => void;
}

/** Makes a data folder where there is none, and keeps every other service out of it. Throws FolderInUse. */
export async function claimFolder(path: string): Promise<ClaimedFolder> {
  await mkdir(path, { recursive: true });
  const { release } = keepOthersOut(path);
  return { path, room: openRoom(path), release };
}
