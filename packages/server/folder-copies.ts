import { join } from 'node:path';
import type { Copies } from '@dandang/accept/bus-events.ts';
import { readIfThere, writeDurably } from './durable-file.ts';

/** The bucket under lock is a folder here: one read-only file a commit. An administrator of the machine can still alter it. */
export function folderCopies(folder: string): Copies {
  const path = (file: string, version: number) =>
    join(folder, ...file.split('/').map(encodeURIComponent), `${String(version).padStart(8, '0')}.json`);
  const get: Copies['get'] = (file, version) => readIfThere(path(file, version));
  return {
    get,
    has: async (file, version) => (await get(file, version)) !== undefined,
    put: async (file, version, bytes) => {
      if ((await get(file, version)) === undefined) await writeDurably(path(file, version), bytes, 0o444);
    },
  };
}
