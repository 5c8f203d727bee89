import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);

/** An ext4 file system of its own in memory. */
export interface Image {
  /** A folder for whatever else is needed. */
  readonly place: string;
  /** The file that is its disk. */
  readonly image: string;
  /** Where it is mounted. */
  readonly disk: string;
  readonly remove: () => Promise<void>;
}

/** Mounts one of so many megabytes; says why not where that is not possible here: it needs root and loop devices. */
export async function mountImage(megabytes: number): Promise<Image | { readonly notTried: string }> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { notTried: 'NOT tried, since it needs root on Linux to mount an image' };
  const place = await mkdtemp('/dev/shm/dandang-image-');
  const image = join(place, 'image');
  const disk = join(place, 'disk');
  try {
    await run('truncate', ['-s', `${megabytes}M`, image]);
    await run('mkfs.ext4', ['-q', '-m', '0', image]);
    await mkdir(disk);
    await run('mount', ['-o', 'loop', image, disk]);
  } catch (error) {
    await rm(place, { recursive: true, force: true });
    return { notTried: `NOT tried, since no image could be mounted: ${String(error).split('\n')[0] ?? ''}` };
  }
  return {
    place,
    image,
    disk,
    remove: async () => {
      await run('umount', [disk]).catch(() => undefined);
      await rm(place, { recursive: true, force: true });
    },
  };
}
