import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { foldAttachment } from '@dandang/casework/attachment.ts';
import { unseal } from '@dandang/casework/commit.ts';
import { foldFile } from '@dandang/measures/fold-file.ts';
import { type Discrepancy, verify, type Verified } from '@dandang/operate/verify.ts';
import type { StoredCommit } from '@dandang/store/commit-store.ts';
import { attachmentKey, parseKey } from '@dandang/store/keys.ts';
import { type Beside, openBeside } from '@dandang/store/sqlite/beside.ts';
import { DataUnreadable } from '@dandang/store/sqlite/connection.ts';
import { isMissing } from '../durable-file.ts';
import { folderAttachments } from '../folder-attachments.ts';
import { indexCopies } from './copies-index.ts';

/** What was looked at in a data folder, and what is not as it must be. */
export interface VerifiedFolder extends Verified {
  /** Attachments whose bytes were compared with their hash. */
  readonly attachments: number;
  /** What SQLite says of damaged pages and indexes, in its own words. */
  readonly faults: readonly string[];
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const kindOfAttachments = parseKey(attachmentKey('one')).kind;

/** The bytes that were kept, by their names, and whether each is what its name says. */
async function lookAtBytes(folder: string): Promise<ReadonlyMap<string, boolean>> {
  const whole = new Map<string, boolean>();
  try {
    for (const name of await readdir(join(folder, 'attachments')))
      if (/^[0-9a-f]{64}$/.test(name)) whole.set(name, (await sha256Of(join(folder, 'attachments', name))) === name);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return whole;
}

/** Whether the bytes of an attachment are there, where they came or a matter names it. */
async function lookAtAttachment(
  folder: string,
  bytes: ReadonlyMap<string, boolean>,
  file: string,
  stored: readonly StoredCommit[],
): Promise<readonly Discrepancy[]> {
  const { kind, id } = parseKey(file);
  if (kind !== kindOfAttachments) return [];
  const attachment = foldAttachment(id, stored.map(unseal));
  if (attachment === undefined) return [];
  const arrived = await folderAttachments(folder).stat(attachment);
  const came = arrived?.sha256 === attachment.sha256 && arrived.size === attachment.size;
  // What was announced and never came, or came otherwise and is named by nobody, is not missing.
  if (!came && attachment.uses.length === 0) return [];
  if (came && bytes.has(attachment.sha256)) return [];
  return [{ file, version: stored.at(-1)?.version ?? 0, what: 'attachment-gone' }];
}

async function* namedBy(town: Pick<Beside, 'files'>): AsyncGenerator<string> {
  for (const file of town.files()) yield await Promise.resolve(file);
}

/**
 * Verifies a data folder, beside a running service or without one: every chain, every commit against its copy, every file
 * folded, every attachment against its hash, every page of the data file. Nothing is changed. Throws NewerData, and whatever
 * keeps the folder from being read.
 */
export async function verifyFolder(folder: string): Promise<VerifiedFolder> {
  let town: Beside;
  try {
    town = openBeside(join(folder, 'town.sqlite'));
  } catch (error) {
    if (!(error instanceof DataUnreadable) || error.why !== 'damaged') throw error;
    const discrepancies: Discrepancy[] = [{ file: 'town.sqlite', version: 0, what: 'unreadable' }];
    return { files: 0, commits: 0, onTheirWay: 0, attachments: 0, discrepancies, faults: [] };
  }
  try {
    // In this order: what lies before the mark has its copy by now, and what has a copy is in the table by then.
    const mark = readable(() => town.handledThrough());
    const copies = await indexCopies(join(folder, 'copies'));
    try {
      const bytes = await lookAtBytes(folder);
      const outcome = await verify({
        commits: { read: async (file) => Promise.resolve(town.read(file)) },
        copies,
        copied: copies.files(),
        named: namedBy(town),
        fold: foldFile,
        onItsWay: (file, version) => mark !== undefined && (town.seqOf(file, version) ?? 0) > mark,
        alsoLookAt: (file, stored) => attachmentsOf(folder, bytes, file, stored),
      });
      const other = [...bytes].filter(([, whole]) => !whole);
      const discrepancies = [
        ...outcome.discrepancies,
        ...other.map(([name]): Discrepancy => ({
          file: `attachments/${name}`,
          version: 0,
          what: 'attachment-other-bytes',
        })),
      ];
      return { ...outcome, discrepancies, attachments: bytes.size, faults: town.faults() };
    } finally {
      copies.close();
    }
  } finally {
    town.close();
  }
}

/** A file whose commits are no commits was named already. */
async function attachmentsOf(...asked: Parameters<typeof lookAtAttachment>): Promise<readonly Discrepancy[]> {
  try {
    return await lookAtAttachment(...asked);
  } catch {
    return [];
  }
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
