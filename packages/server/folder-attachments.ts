import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arrived, AttachedFile } from '@dandang/casework/attachment.ts';
import type { ArrivedAttachments } from '@dandang/accept/attachment-objects.ts';
import * as z from 'zod/mini';
import { readIfThere, writeDurably } from './durable-file.ts';

const arrival = z.object({ size: z.number(), sha256: z.string() });

type Place = Pick<AttachedFile, 'id' | 'sha256'>;

export interface FolderAttachments extends ArrivedAttachments {
  /**
   * Keeps what came for an attachment and says what it was. Only what was announced is kept: other bytes leave nothing
   * but their size and hash, and never take the place of the right ones.
   */
  readonly keep: (attachment: Place & Pick<AttachedFile, 'size'>, bytes: Uint8Array) => Promise<Arrived>;
  /** The bytes, where they arrived for this very attachment: knowing the hash of somebody else's is not enough. */
  readonly read: (attachment: Place) => Promise<Uint8Array | undefined>;
}

/**
 * The bucket of attachments is a folder here: `attachments/<sha256>` holds the bytes, once for equal content, and
 * `arrivals/<id>.json` says what came for which attachment. The bytes are on the disk before that is said.
 */
export function folderAttachments(folder: string): FolderAttachments {
  const object = (sha256: string) => join(folder, 'attachments', sha256);
  const said = (id: string) => join(folder, 'arrivals', `${id}.json`);
  const stat = async ({ id }: Place): Promise<Arrived | undefined> => {
    const text = await readIfThere(said(id));
    return text === undefined ? undefined : arrival.parse(JSON.parse(text));
  };
  const announced = (one: Place & { readonly size: number }, came: Arrived | undefined): came is Arrived =>
    came?.sha256 === one.sha256 && came.size === one.size;

  const keepOne: FolderAttachments['keep'] = async (attachment, bytes) => {
    const before = await stat(attachment);
    if (announced(attachment, before)) return before;
    const came: Arrived = { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    if (announced(attachment, came)) await writeDurably(object(came.sha256), bytes, 0o444);
    await writeDurably(said(attachment.id), JSON.stringify(came));
    return came;
  };

  // One after the other: two uploads of equal content write the same file.
  let keeping: Promise<unknown> = Promise.resolve();
  return {
    stat,
    keep: (attachment, bytes) => {
      const kept = keeping.then(() => keepOne(attachment, bytes));
      keeping = kept.catch(() => undefined);
      return kept;
    },
    read: async (attachment) => {
      const came = await stat(attachment);
      return came?.sha256 === attachment.sha256 ? readFile(object(attachment.sha256)) : undefined;
    },
  };
}
