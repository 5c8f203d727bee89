import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Log } from '@dandang/accept/log.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { DataDamaged } from '@dandang/store/town.ts';
import * as z from 'zod/mini';

/** What the search says, a line each: a file with a damaged commit, what SQLite says of a page, or that it came to the end. */
const foundDamage = z.union([
  z.object({ file: z.string() }),
  z.object({ fault: z.string() }),
  z.object({ commits: z.number() }),
]);
export type FoundDamage = z.infer<typeof foundDamage>;

/** Looks once after a start for what is damaged in the data file; nobody waits for it. */
export interface DamageWatch {
  readonly start: () => void;
  /** What was found until now: keys of files, sorted, and whether pages or indexes are damaged. */
  readonly found: () => { readonly files: readonly string[]; readonly pages: boolean };
  readonly isDamaged: (file: string) => boolean;
  /** Ends the search where it is. */
  readonly stop: () => void;
}

const program = join(import.meta.dirname, 'damage-search.ts');
/** The first answers after a start come before it. In milliseconds. */
const firstWait = 2000;
/** As `nice` counts: whatever else there is to do on the machine goes first. */
const lowest = 19;

/** @param path the data file. */
export function damageWatch(path: string, log: Pick<Log, 'info' | 'error'>): DamageWatch {
  const files = new Set<string>();
  let pages = false;
  let stop = (): void => undefined;

  const take = (line: string): void => {
    const found = foundDamage.parse(JSON.parse(line));
    if ('file' in found) {
      if (!files.has(found.file)) log.error('file-damaged', { file: found.file }, undefined);
      files.add(found.file);
    } else if ('fault' in found) {
      if (!pages) log.error('pages-damaged', {}, undefined);
      pages = true;
    } else log.info('data-looked-through', { commits: found.commits });
  };

  const search = (): void => {
    const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'ignore'] });
    stop = () => void child.kill('SIGKILL');
    if (child.pid !== undefined)
      try {
        setPriority(child.pid, lowest);
      } catch {
        // It runs as everything else, or has ended.
      }
    createInterface({ input: child.stdout }).on('line', take);
    child.once('error', (error) => log.error('damage-search-failed', {}, error));
    child.once('exit', (code) => {
      if (code !== 0 && code !== null) log.error('damage-search-failed', { code }, undefined);
    });
  };

  return {
    start: () => {
      const timer = setTimeout(search, firstWait).unref();
      stop = () => clearTimeout(timer);
    },
    found: () => ({ files: [...files].sort(), pages }),
    isDamaged: (file) => files.has(file),
    stop: () => stop(),
  };
}

/**
 * The same commits, without files of which something is known to be damaged: what an index no longer names would be served
 * as if it had never been, and written over.
 */
export function withoutDamaged(commits: CommitStore, isDamaged: DamageWatch['isDamaged']): CommitStore {
  const refused = (file: string): Promise<never> => Promise.reject(new DataDamaged(`${file} is damaged`));
  const { parsed } = commits;
  return {
    read: (file, options) => (isDamaged(file) ? refused(file) : commits.read(file, options)),
    readNewest: (file, limit) => (isDamaged(file) ? refused(file) : commits.readNewest(file, limit)),
    append: (commit) => (isDamaged(commit.matter) ? refused(commit.matter) : commits.append(commit)),
    keysOn: (day, options) => commits.keysOn(day, options),
    ...(parsed === undefined ? {} : { parsed: (file) => (isDamaged(file) ? refused(file) : parsed(file)) }),
  };
}
