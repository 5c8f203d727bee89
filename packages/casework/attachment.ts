import * as z from 'zod/mini';
import type { Commit, StoredEvent } from './commit.ts';
import { eventReader } from './event-reader.ts';
import { idText } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The most attachments that one command may name. */
const mostAttachments = 20;

/** The ids of the attachments that a command names. */
export const attachmentIds = z.optional(z.array(idText).check(z.maxLength(mostAttachments)));

const content = {
  /** As the uploader's machine calls it. It may name persons: it is in no address and in no log. */
  filename: z.string(),
  contentType: z.string(),
  /** In bytes. */
  size: z.number(),
  /** SHA-256 of the bytes, in lower-case hexadecimal: where they lie. */
  sha256: z.string(),
};

/** An attachment as the event of a command keeps it. */
export const attachedFile = z.object({ id: z.string(), ...content });
export type AttachedFile = z.infer<typeof attachedFile>;

/** The field of an event whose command may name attachments; missing where it named none. */
export const attachedFiles = z.optional(z.readonly(z.array(attachedFile)));

/** What can happen to an attachment: it is announced by a person, and used by the commits of matters that name it. */
export const attachmentEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('AttachmentAnnounced'), data: z.object({ ...content, by: z.string() }) }),
  /** A commit of this matter names it. */
  z.object({ type: z.literal('AttachmentUsed'), data: z.object({ kind: z.string(), id: z.string() }) }),
]);
export type AttachmentEvent = z.infer<typeof attachmentEvent>;
export const attachmentEvents = eventReader(attachmentEvent);

/** One attachment, folded from its file `attachment/<id>`. */
export interface Attachment extends AttachedFile {
  /** The person who announced it. */
  readonly by: string;
  /** The matters whose commits name it. */
  readonly uses: readonly { readonly kind: string; readonly id: string }[];
}

/** Folds an attachment from its commits, oldest first; undefined where there are none. */
export function foldAttachment(id: string, file: readonly Commit[]): Attachment | undefined {
  let attachment: Attachment | undefined;
  for (const event of attachmentEvents.all(file)) {
    if (event.type === 'AttachmentAnnounced') attachment = { id, ...event.data, uses: [] };
    else if (attachment !== undefined) attachment = { ...attachment, uses: [...attachment.uses, event.data] };
  }
  return attachment;
}

/** What came to the place where an attachment was announced: bytes, and their SHA-256 in hexadecimal. */
export interface Arrived {
  readonly size: number;
  readonly sha256: string;
}

/** What a decision may know of an attachment that a command names. */
export interface AttachmentFacts extends AttachedFile {
  readonly by: string;
  /** The keys of the matters that name it already. */
  readonly usedBy: readonly string[];
  /** Undefined where nothing has arrived yet. */
  readonly arrived: Arrived | undefined;
  /** Its file holds what only a newer release knows. */
  readonly newer?: boolean;
}

interface Naming {
  readonly matterKey: string;
  readonly attachment: (id: string) => AttachmentFacts | undefined;
}

/**
 * The attachments that a command names, as its event keeps them; each once, in the order of their names. A person may
 * name what it uploaded itself and no other matter uses: anything else is `attachment-missing`, like an unknown id or one
 * whose bytes have not arrived. Bytes of another size or hash than announced are `attachment-mismatch`.
 */
export function attached(
  ids: readonly string[] | undefined,
  { matterKey, attachment }: Naming,
  by: { readonly id: string },
): readonly AttachedFile[] | Refusal {
  const files: AttachedFile[] = [];
  for (const id of new Set(ids)) {
    const facts = attachment(id);
    const own = facts?.by === by.id && facts.usedBy.every((key) => key === matterKey);
    if (facts?.newer === true) return refuse('newer-release', { detail: id });
    if (facts?.arrived === undefined || !own) return refuse('attachment-missing', { detail: id });
    const { filename, contentType, size, sha256, arrived } = facts;
    if (arrived.size !== size || arrived.sha256 !== sha256) return refuse('attachment-mismatch', { detail: id });
    files.push({ id, filename, contentType, size, sha256 });
  }
  return files;
}

/** The field `attachments` of an event, left out where nothing is attached. */
export const withAttachments = (files: readonly AttachedFile[]): { readonly attachments?: readonly AttachedFile[] } =>
  files.length === 0 ? {} : { attachments: files };

const naming = z.object({ attachments: z.array(attachedFile) });

/** The ids of the attachments that events of any measure name. */
export const namedIn = (events: readonly StoredEvent[]): string[] =>
  events.flatMap(({ data }) => {
    const parsed = naming.safeParse(data);
    return parsed.success ? parsed.data.attachments.map((one) => one.id) : [];
  });

/** Whether something that is shown (the details of a matter) names an attachment, however deep inside. */
export function namesAttachment(shown: unknown, id: string): boolean {
  if (typeof shown !== 'object' || shown === null) return false;
  const parsed = naming.safeParse(shown);
  if (parsed.success && parsed.data.attachments.some((one) => one.id === id)) return true;
  return Object.values(shown).some((inner) => namesAttachment(inner, id));
}
