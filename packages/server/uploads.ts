import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { largestAttachment } from '@dandang/casework/attachment-announcement.ts';
import { type Attachment, foldAttachment } from '@dandang/casework/attachment.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { type AttachmentObjects, uploadSeconds } from '@dandang/accept/attachment-objects.ts';
import { problem } from '@dandang/lambda/http.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import type { Room } from '@dandang/store/sqlite/reserve.ts';
import { attachmentKey } from '@dandang/store/keys.ts';
import { type Door, NotKept } from '@dandang/store/town.ts';
import { jwtVerify, SignJWT } from 'jose';
import { readIfThere, writeDurably } from './durable-file.ts';
import type { FolderAttachments } from './folder-attachments.ts';
import { send } from './http-server.ts';
import { partsOf, TooLarge } from './request-body.ts';

const algorithm = 'HS256';

/** So many uploads at once: each holds a part of some 64 kB in memory, and an open file. */
const mostAtOnce = 32;
/** When to try again where there are more, in seconds. */
const tryAgainIn = 5;

/** Where bytes are brought on one machine. */
export interface Uploads extends Pick<AttachmentObjects, 'upload'> {
  /** Answers `PUT /upload/{token}`. */
  readonly take: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export interface UploadSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly objects: FolderAttachments;
  /** The service's own address. */
  readonly base: () => string;
  /** Nobody is told of an upload before all that it follows from is kept. */
  readonly door: Door;
  /** The room on the disk; the last of it is not for attachments. */
  readonly room: Pick<Room, 'left'>;
  /** The machine's clock, in milliseconds. */
  readonly machine: () => number;
}

/**
 * Opens the uploads of a data folder. An address holds a token for one attachment, signed with a key that is made once and
 * kept with the data; it is good for one upload of what was announced, and for an hour by the machine's clock.
 */
export async function openUploads(keyPath: string, deps: UploadSurroundings): Promise<Uploads> {
  const known = await readIfThere(keyPath);
  const text = known ?? randomBytes(32).toString('base64');
  if (known === undefined) await writeDurably(keyPath, text, 0o600);
  const key = new Uint8Array(Buffer.from(text, 'base64'));
  const { commits, objects, base, door, room, machine } = deps;
  await objects.clear();
  let underWay = 0;

  const idIn = async (token: string): Promise<string | undefined> => {
    try {
      const { payload } = await jwtVerify(token, key, { algorithms: [algorithm], currentDate: new Date(machine()) });
      return payload.sub;
    } catch {
      return undefined;
    }
  };

  /** The attachment that an address is for; undefined where it is none, has expired, or did its work. */
  const awaited = async (url: string): Promise<Attachment | undefined> => {
    const token = /^\/upload\/([\w.-]+)$/.exec(url)?.[1];
    const id = token === undefined ? undefined : await idIn(token);
    if (id === undefined) return undefined;
    const attachment = foldAttachment(id, (await readFile(commits, attachmentKey(id))).commits);
    if (attachment === undefined) return undefined;
    const came = await objects.stat(attachment);
    return came?.size === attachment.size && came.sha256 === attachment.sha256 ? undefined : attachment;
  };

  /** Before a byte of the body is asked for, the address must be good. */
  const taken = async (request: IncomingMessage, response: ServerResponse): Promise<Refusal | undefined> => {
    const attachment = request.method === 'PUT' ? await awaited(request.url ?? '') : undefined;
    if (attachment === undefined) return refuse('not-found');
    if (underWay >= mostAtOnce) return refuse('slow-down');
    if ((room.left() ?? attachment.size) < attachment.size) throw new NotKept(true);
    underWay += 1;
    try {
      const came = await objects.keep(attachment, partsOf(request, response, largestAttachment));
      const right = came.size === attachment.size && came.sha256 === attachment.sha256;
      return right ? undefined : refuse('attachment-mismatch');
    } catch (error) {
      if (error instanceof TooLarge) return refuse('too-large', { detail: '附件不得超过20 MB' });
      throw error;
    } finally {
      underWay -= 1;
    }
  };

  return {
    upload: async ({ id, contentType }) => {
      const issuedAt = Math.floor(machine() / 1000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: algorithm })
        .setSubject(id)
        .setExpirationTime(issuedAt + uploadSeconds)
        .sign(key);
      return { method: 'PUT', url: `${base()}/upload/${token}`, headers: { 'content-type': contentType } };
    },
    take: async (request, response) => {
      const refused = await door(() => taken(request, response));
      if (!isRefusal(refused)) send(request, response, { statusCode: 200 });
      else {
        const headers = refused.refused === 'slow-down' ? { 'retry-after': String(tryAgainIn) } : {};
        send(request, response, problem(refused, request.headers['accept-language'], headers));
      }
    },
  };
}
