import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arrived, AttachedFile } from '@dandang/casework/attachment.ts';
import type { ArrivedAttachments } from '@dandang/accept/attachment-objects.ts';
import * as z from 'zod/mini';
import { readIfThere, syncFolder, unfinished, writeDurably, writingError } from './durable-file.ts';

const arrival = z.object({ size: z.number(), sha256: z.string() });

type Place = Pick<AttachedFile, 'id' | 'sha256'>;

/** Bytes, one part after the other. */
type Parts = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface FolderAttachments extends ArrivedAttachments {
  /**
   * Keeps what came for an attachment and says what it was. Only what was announced is kept: other bytes leave nothing
   * but their size and hash, and never take the place of the right ones. They are written as they come, no more than were
   * announced; where they end in an error, nothing is left of them: NotKept on a full disk.
   */
  readonly keep: (attachment: Place & Pick<AttachedFile, 'size'>, parts: Parts) => Promise<Arrived>;
  /** Clears away what uploads left behind that a kill cut off. Only while nothing is uploaded. */
  readonly clear: () => Promise<void>;
  /** The bytes, where they arrived for this very attachment: knowing the hash of somebody else's is not enough. */
  readonly read: (attachment: Place) => Promise<Uint8Array | undefined>;
}

/**
 * The bucket of attachments is a folder here: `attachments/<sha256>` holds the bytes, once for equal content, and
 * `arrivals/<id>.json` says what came for which attachment. The bytes are on the disk before that is said.
 */
export function folderAttachments(folder: string): FolderAttachments {
  const objects = join(folder, 'attachments');
  const object = (sha256: string) => join(objects, sha256);
  const said = (id: string) => join(folder, 'arrivals', `${id}.json`);
  const stat = async ({ id }: Place): Promise<Arrived | undefined> => {
    const text = await readIfThere(said(id));
    return text === undefined ? undefined : arrival.parse(JSON.parse(text));
  };
  const announced = (one: Place & { readonly size: number }, came: Arrived | undefined): came is Arrived =>
    came?.sha256 === one.sha256 && came.size === one.size;

  /** Writes what comes to a file that has no name yet. */
  const write = async (partial: string, parts: Parts, most: number): Promise<Arrived> => {
    const file = await open(partial, 'wx', 0o444);
    try {
      const hash = createHash('sha256');
      let size = 0;
      for await (const part of parts) {
        hash.update(part);
        if (size + part.length <= most) await file.writeFile(part);
        size += part.length;
      }
      await file.sync();
      return { size, sha256: hash.digest('hex') };
    } finally {
      await file.close();
    }
  };

  const placeOne = async (attachment: Place & { readonly size: number }, partial: string, came: Arrived) => {
    const before = await stat(attachment);
    if (announced(attachment, before)) return before;
    if (announced(attachment, came)) {
      await rename(partial, object(came.sha256));
      await syncFolder(objects);
    }
    await writeDurably(said(attachment.id), JSON.stringify(came));
    return came;
  };

  // One after the other: two uploads for one attachment must agree on what has arrived.
  let placing: Promise<unknown> = Promise.resolve();
  return {
    stat,
    keep: async (attachment, parts) => {
      await mkdir(objects, { recursive: true });
      const partial = `${object(attachment.sha256)}.${randomUUID()}${unfinished}`;
      try {
        const came = await write(partial, parts, attachment.size);
        const placed = placing.then(() => placeOne(attachment, partial, came));
        placing = placed.catch(() => undefined);
        return await placed;
      } catch (error) {
        throw writingError(error);
      } finally {
        await rm(partial, { force: true });
      }
    },
    clear: async () => {
      await mkdir(objects, { recursive: true });
      for (const name of await readdir(objects)) if (name.endsWith(unfinished)) await rm(join(objects, name));
    },
    read: async (attachment) => {
      const came = await stat(attachment);
      return came?.sha256 === attachment.sha256 ? readFile(object(attachment.sha256)) : undefined;
    },
  };
}
