import { randomFillSync } from 'node:crypto';
import { existsSync, rmSync, statfsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The file of the reserve in a data folder; nobody needs it elsewhere. */
export const reserveName = 'reserve';

/** The bytes that the reserve keeps: a checkpoint of the log, its index, the clock and copies fit into it many times. */
const reserveBytes = 8 * 1024 * 1024;
/** With less room than this beside the reserve nothing new is taken: what was taken must be able to come to its end. */
const leastBytes = 4 * 1024 * 1024;
/** With less than this the reserve is given up: the disk is filled by somebody who does not stop at `leastBytes`. */
const lastBytes = 1024 * 1024;

/** The room on the disk of a data folder, and the reserve there that is given up when there is none. */
export interface Room {
  /** Bytes that can still be taken before the disk counts as full, 0 where it does; undefined where it cannot be measured. */
  readonly left: () => number | undefined;
  /** Whether nothing new may be taken. Measured at every call; a last remainder of room makes it give up the reserve. */
  readonly isFull: () => boolean;
  /** Gives up the reserve, so that what has to be written can be. */
  readonly giveUp: () => void;
  /** Makes the reserve where it is missing and there is room for it. */
  readonly keep: () => Promise<void>;
}

/** Bytes that whoever runs the service may still write; undefined where the system does not say. */
function available(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

/**
 * Opens the room of a data folder that this process claimed. Whether the disk is full is said as if the reserve were there:
 * what it gives free is for what was taken before, never for more.
 * @param free bytes that are free there; the disk's own where it is not said.
 */
export function openRoom(folder: string, free: () => number | undefined = () => available(folder)): Room {
  const path = join(folder, reserveName);
  const unfinished = `${path}.partial`;
  rmSync(unfinished, { force: true });
  let held = existsSync(path);
  let making: Promise<void> | undefined;

  const giveUp = (): void => {
    if (!held) return;
    held = false;
    try {
      rmSync(path, { force: true });
    } catch {
      // A disk that takes nothing at all, not even this.
    }
  };
  const left = (): number | undefined => {
    const bytes = free();
    if (bytes === undefined) return undefined;
    if (bytes < lastBytes) giveUp();
    return Math.max(0, bytes - (held || making !== undefined ? 0 : reserveBytes) - leastBytes);
  };
  const make = async (): Promise<void> => {
    // Bytes that no file system can leave out or pack.
    const piece = randomFillSync(new Uint8Array(1024 * 1024));
    const file = await open(unfinished, 'w', 0o600);
    try {
      for (let written = 0; written < reserveBytes; written += piece.length) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
  };
  const tryToMake = async (): Promise<void> => {
    try {
      await make();
      await rename(unfinished, path);
      held = true;
    } catch {
      // Somebody else was faster with the room; it is tried again.
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
    making = undefined;
  };
  return {
    left,
    isFull: () => left() === 0,
    giveUp,
    keep: async () => {
      if (!held && making === undefined && (left() ?? 0) > 0) making = tryToMake();
      await making;
    },
  };
}
