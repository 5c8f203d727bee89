import * as z from 'zod/mini';

/**
 * What is announced on the bus, declared once for those who publish, those who subscribe and the rules between them.
 * Thin on purpose: a key, a version, the types of what happened; nothing personal. Who needs more folds the file.
 */
export const busEvent = z.discriminatedUnion('type', [
  /**
   * A commit was accepted. `again`: it is announced once more because what it means in the files of others is missing there
   * (`functions/reconcile`); nobody is mailed of it again.
   */
  z.object({
    type: z.literal('CommitAccepted'),
    file: z.string(),
    version: z.number(),
    events: z.readonly(z.array(z.string())),
    again: z.optional(z.boolean()),
  }),
  /** The day has come on which something must be said of a deadline; its owner decides whether. */
  z.object({ type: z.literal('DeadlineReached'), file: z.string(), deadline: z.string(), day: z.string() }),
  /** The calendar has a new edition: the owner of an open deadline counts it again. */
  z.object({ type: z.literal('CalendarChanged'), file: z.string(), edition: z.string() }),
]);
export type BusEvent = z.infer<typeof busEvent>;

/** The `source` of our events on EventBridge. */
export const busSource = 'dandang';

export interface Bus {
  /** Resolves when the bus has taken them all; throws when it has not. */
  readonly publish: (events: readonly BusEvent[]) => Promise<void>;
}

/**
 * One message per delivery; the queue gives it out again until it was handled. `until`: before this instant there is nothing
 * to do, and the message goes back unread, since a wait may be longer than a queue delays.
 */
export const sendMessage = z.object({ delivery: z.string(), until: z.optional(z.string()) });
export type SendMessage = z.infer<typeof sendMessage>;

export interface SendQueue {
  /** `delaySeconds` from 0 to 900. */
  readonly put: (message: SendMessage, delaySeconds: number) => Promise<void>;
}

/** The copies of commits under Object Lock; a copy is the receipt that its commit was announced. */
export interface Copies {
  readonly has: (file: string, version: number) => Promise<boolean>;
  /** Stores the bytes once; a copy that is there already stays. Throws CopyConflict where it has other bytes. */
  readonly put: (file: string, version: number, bytes: string) => Promise<void>;
  readonly get: (file: string, version: number) => Promise<string | undefined>;
}

/** There is a copy of this version already, and it is of something else: somebody reached past the service. */
export class CopyConflict extends Error {
  override readonly name = 'CopyConflict';

  constructor(file: string, version: number, options?: ErrorOptions) {
    super(`the copy of version ${version} of ${file} has other bytes`, options);
  }
}
