import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Commit, unseal } from '@dandang/casework/commit.ts';
import type { StoredCommit } from '@dandang/store/commit-store.ts';
import { isMissing, syncFolder } from './durable-file.ts';

/** The copies of one machine: files that only grow, one a month of China, one line a commit: the bytes that were hashed. */
export interface CopiesJournal {
  /** Takes a commit; it is written with the next `sync`. */
  readonly put: (commit: Pick<StoredCommit, 'commit' | 'day'>) => void;
  /** Resolves when everything that was taken before is on the disk: one sync for all of it. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const journalName = /^\d{4}-\d{2}\.jsonl$/;

/** Opens the journal of a month behind what it holds; a line that a power cut left unfinished is ended first. */
async function openJournal(path: string): Promise<FileHandle> {
  const handle = await open(path, 'a+');
  const { size } = await handle.stat();
  if (size > 0) {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    if (buffer[0] !== 0x0a) await handle.write('\n');
  }
  return handle;
}

/** Opens the copies under a folder for writing. A commit may be put twice; whoever reads them takes its first line. */
export function copiesJournal(folder: string): CopiesJournal {
  let waiting = new Map<string, string[]>();
  let current: { readonly month: string; readonly handle: FileHandle } | undefined;

  const journalOf = async (month: string): Promise<FileHandle> => {
    if (current?.month === month) return current.handle;
    await current?.handle.close();
    current = undefined;
    await mkdir(folder, { recursive: true });
    const handle = await openJournal(join(folder, `${month}.jsonl`));
    await syncFolder(folder);
    current = { month, handle };
    return handle;
  };

  return {
    put: ({ commit, day }) => {
      const month = day.slice(0, 7);
      const lines = waiting.get(month);
      if (lines === undefined) waiting.set(month, [commit]);
      else lines.push(commit);
    },
    sync: async () => {
      const taken = waiting;
      waiting = new Map();
      try {
        for (const [month, lines] of taken) {
          const handle = await journalOf(month);
          await handle.appendFile(`${lines.join('\n')}\n`);
          await handle.datasync();
        }
      } catch (error) {
        // After a failed sync nothing that the handle says can be relied on: the lines go out once more.
        await current?.handle.close().catch(() => undefined);
        current = undefined;
        for (const [month, lines] of waiting) taken.set(month, [...(taken.get(month) ?? []), ...lines]);
        waiting = taken;
        throw error;
      }
    },
    close: async () => {
      await current?.handle.close();
      current = undefined;
    },
  };
}

/** A line of a journal that is a whole commit; undefined for what a power cut left of one. */
function commitIn(line: string): Commit | undefined {
  try {
    return unseal({ commit: line });
  } catch {
    return undefined;
  }
}

/** A copy in a journal: the bytes that were hashed, and where they lie. */
export interface JournalledCopy {
  readonly file: string;
  readonly version: number;
  readonly commit: string;
  /** The journal's name, and where in it the bytes begin and how many they are. */
  readonly journal: string;
  readonly offset: number;
  readonly length: number;
}

/** The journals of a folder, oldest first; none where there is no folder. */
export async function journalsIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((one) => journalName.test(one)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The lines of a file that end, each with where it begins. */
async function* linesOf(path: string): AsyncGenerator<{ readonly line: Buffer; readonly offset: number }> {
  let offset = 0;
  let begun: Buffer[] = [];
  const stream: AsyncIterable<unknown> = createReadStream(path, { highWaterMark: 1 << 20 });
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, from)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, end)]);
      begun = [];
      yield { line, offset };
      offset += line.length + 1;
      from = end + 1;
    }
    begun.push(chunk.subarray(from));
  }
}

/** Every copy in the journals of a folder, oldest first within a file; a commit may come twice, its first line counts. */
export async function* copiesIn(folder: string): AsyncGenerator<JournalledCopy> {
  for (const journal of await journalsIn(folder))
    for await (const { line, offset } of linesOf(join(folder, journal))) {
      const text = line.toString('utf8');
      const commit = commitIn(text);
      if (commit === undefined) continue;
      yield { file: commit.matter, version: commit.version, commit: text, journal, offset, length: line.length };
    }
}
