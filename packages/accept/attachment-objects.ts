import type { Arrived, AttachedFile } from '@dandang/casework/attachment.ts';

/** What a command asks of the place where the bytes of attachments lie. */
export interface ArrivedAttachments {
  /** What has arrived of an attachment, counted and hashed by the place where it lies; undefined where nothing has. */
  readonly stat: (attachment: Pick<AttachedFile, 'id' | 'sha256'>) => Promise<Arrived | undefined>;
}

/** The request that brings the bytes, as the contract shows it. The address holds no personal data. */
export interface Upload {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How long somebody has to upload what was announced, in seconds. */
export const uploadSeconds = 3600;

/** The place where the bytes of attachments lie: each under its hash, so that equal content is stored once. */
export interface AttachmentObjects {
  readonly upload: (attachment: AttachedFile) => Promise<Upload>;
  /**
   * The bytes; or, where they are too many to pass through a function, an address that gives them for a short while.
   * Undefined where nothing has arrived.
   */
  readonly fetch: (
    attachment: AttachedFile,
  ) => Promise<{ readonly bytes: Uint8Array } | { readonly url: string } | undefined>;
}
