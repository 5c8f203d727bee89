import { type Commit, unseal } from '@dandang/casework/commit.ts';
import type { StoredCommit } from '../commit-store.ts';

/** A file as it was read or written last; the same objects as long as nothing is appended to it. */
export interface KeptFile {
  readonly stored: readonly StoredCommit[];
  /** Parsed when asked for; throws as `unseal` does. */
  readonly commits: () => readonly Commit[];
}

/** Files that were read or written lately, whole. */
export interface KeptFiles {
  readonly get: (matter: string) => KeptFile | undefined;
  readonly keep: (matter: string, stored: readonly StoredCommit[]) => KeptFile;
  /** Follows an append; nothing is kept of a file whose commits before are not. */
  readonly append: (commit: StoredCommit, parsed?: Commit) => void;
  readonly forget: () => void;
}

const sizeOf = (stored: readonly StoredCommit[]): number => stored.reduce((sum, one) => sum + one.commit.length, 0);

interface Entry extends KeptFile {
  readonly size: number;
  parsed: readonly Commit[];
}

/** @param most how many characters of JSON are kept in all; the files that were not asked for the longest go first. */
export function keptFiles(most: number): KeptFiles {
  const files = new Map<string, Entry>();
  let size = 0;

  const drop = (matter: string, entry: Entry): void => {
    files.delete(matter);
    size -= entry.size;
  };

  const put = (matter: string, stored: readonly StoredCommit[], parsed: readonly Commit[], itsSize: number): Entry => {
    const before = files.get(matter);
    if (before !== undefined) drop(matter, before);
    const entry: Entry = {
      stored,
      size: itsSize,
      parsed,
      commits: () => {
        if (entry.parsed.length < stored.length)
          entry.parsed = [...entry.parsed, ...stored.slice(entry.parsed.length).map(unseal)];
        return entry.parsed;
      },
    };
    files.set(matter, entry);
    size += itsSize;
    for (const [key, oldest] of files) {
      if (size <= most) break;
      drop(key, oldest);
    }
    return entry;
  };

  const get = (matter: string): Entry | undefined => {
    const entry = files.get(matter);
    if (entry === undefined) return undefined;
    files.delete(matter);
    files.set(matter, entry);
    return entry;
  };

  return {
    get,
    keep: (matter, stored) => put(matter, stored, [], sizeOf(stored)),
    append: (commit, parsed) => {
      const before = get(commit.matter);
      if (before === undefined) return;
      const { stored, size: itsSize } = before;
      if (stored.at(-1)?.version === commit.version - 1 || stored.length === 0) {
        const whole = parsed !== undefined && before.parsed.length === stored.length;
        const commits = whole ? [...before.parsed, parsed] : before.parsed;
        put(commit.matter, [...stored, commit], commits, itsSize + commit.commit.length);
      } else drop(commit.matter, before);
    },
    forget: () => {
      files.clear();
      size = 0;
    },
  };
}
