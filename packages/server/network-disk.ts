import { statfsSync } from 'node:fs';

/**
 * File systems that lie on another machine, by the number that Linux gives them (statfs(2), linux/magic.h). FUSE may be
 * anything, and is named with them.
 */
const elsewhere: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x01021997, '9P'],
  [0x65735546, 'FUSE'],
]);

/**
 * The name of the file system where it is none of a local disk; undefined where it is one, or where the system does not say.
 * SQLite's log and its locks hold on a local disk only (https://sqlite.org/wal.html, 1.).
 */
export function networkDisk(
  folder: string,
  typeOf: (folder: string) => number = (path) => statfsSync(path).type,
): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return elsewhere.get(typeOf(folder));
  } catch {
    return undefined;
  }
}
