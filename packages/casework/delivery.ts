import type { Instant } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import { type AttachedFile, attachedFiles } from './attachment.ts';
import type { Commit } from './commit.ts';
import type { DeliveryState } from './delivery-head.ts';
import { eventReader } from './event-reader.ts';
import { keptStages, type Stage } from './kept-stages.ts';
import { plannedDelivery } from './letter-issue.ts';

/**
 * What a delivery's file begins with: everything that is needed to send the letter and to show who got it, without its
 * text. `handledBy` is the office that handles the matter: a role's name, `unit:` and an organ's id, or nobody.
 */
const queued = z.object({
  ...plannedDelivery.shape,
  /** Absent for the neutral mail that tells a person that something waits. */
  matter: z.optional(z.object({ kind: z.string(), collection: z.string(), id: z.string() })),
  document: z.optional(z.string()),
  documentType: z.string(),
  typeName: z.string(),
  /** The letter's own; in files of release 0.1.0, where it has none, that of the letter it is about. */
  number: z.optional(z.string()),
  /** The number of the letter it is about, where it has none itself. */
  regarding: z.optional(z.string()),
  /** Where to ask about the letter. */
  phone: z.optional(z.string()),
  issuer: z.string(),
  handledBy: z.string(),
  /** Offices that see the delivery and do nothing about it, as `handledBy` spells one. */
  seenBy: z.optional(z.readonly(z.array(z.string()))),
  /** Whom its matter is about, where they never act on it by office, whatever office they hold. */
  parties: z.optional(z.readonly(z.array(z.string()))),
  attachLetter: z.boolean(),
  /** The day before which it must not go out: a civil date in China. */
  notBefore: z.optional(z.string()),
  /** What raised a to-do mail: `<file>#<version>`. */
  because: z.optional(z.string()),
});
export type QueuedDelivery = z.infer<typeof queued>;

const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, data: S) =>
  z.object({ type: z.literal(type), data: z.object(data) });

/**
 * What can happen to a delivery 送达. `AttemptStarted` is committed before the SMTP server is spoken to; the loser of
 * that race stops. Its `leaseUntil` says when a silent attempt is given up. `AttemptFailed` is worth another try,
 * `DeliveryFailed` is not, `DeliveryBounced` means that the address refuses.
 */
export const deliveryEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('DeliveryQueued'), data: queued }),
  event('AttemptStarted', {
    attempt: z.number(),
    address: z.string(),
    messageId: z.string(),
    leaseUntil: z.string(),
    possibleDuplicate: z.boolean(),
  }),
  event('AttemptSucceeded', { attempt: z.number() }),
  event('AttemptFailed', {
    attempt: z.number(),
    reason: z.string(),
    againAt: z.string(),
    mayHaveArrived: z.boolean(),
  }),
  event('DeliveryFailed', { reason: z.string() }),
  event('DeliveryBounced', { reason: z.string() }),
  event('DeliveryAcknowledged', {
    onPaper: z.optional(z.object({ signedBy: z.string(), on: z.string() })),
    /** The paper that was signed, where it was uploaded: one at most. */
    attachments: attachedFiles,
  }),
  event('ResendRequested', { address: z.string() }),
  /** Something else that a to-do mail stands for, raised before it went out. */
  event('TodoNoted', { because: z.string() }),
  /** A to-do mail that had nothing to say any more when its day came. */
  event('DeliveryDropped', {}),
]);
export type DeliveryEvent = z.infer<typeof deliveryEvent>;
const deliveryEvents = eventReader(deliveryEvent);

/** One letter to one recipient, folded from its file. */
export interface Delivery extends Omit<QueuedDelivery, 'because'> {
  readonly because: readonly string[];
  readonly version: number;
  readonly state: DeliveryState;
  readonly queuedAt: Instant;
  readonly changedAt: Instant;
  /** Attempts made over its whole life, resends included. */
  readonly attempts: number;
  /** Attempts since it was queued or last resent: what the limit of tries counts. */
  readonly tries: number;
  /** An attempt that has no outcome yet. */
  readonly running: { readonly attempt: number; readonly leaseUntil: Instant } | null;
  readonly againAt: Instant | null;
  /** When the first attempt failed since it was queued or last resent, while none has succeeded. */
  readonly failingSince: Instant | null;
  /** A mail under the same Message-ID may be there already: the next one says so 可能重复. */
  readonly mayHaveArrived: boolean;
  /** An attempt to this address ended without anybody knowing whether the mail was taken. */
  readonly uncertain: boolean;
  /** What its mails were called, the newest last: one for each address. */
  readonly messageIds: readonly string[];
  readonly sentAt: Instant | null;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgement: {
    readonly by: string;
    readonly onPaper?: { signedBy: string; on: string; attachment?: AttachedFile } | undefined;
  } | null;
  readonly reason: string | null;
  readonly history: readonly { readonly at: Instant; readonly what: string }[];
  /** Its file holds what only a newer release knows: it is shown, and nobody sends, signs or notes anything. */
  readonly newer: boolean;
}

/**
 * The minutes to wait after each try: a hiccup costs minutes, a mail server that is away for a long weekend loses nothing
 * (RFC 5321, 4.5.4.1: four to five days). After the last of them a delivery is given up.
 */
export const waitMinutes: readonly number[] = [1, 2, 4, 8, 15, 30, 60, 120, ...Array<number>(34).fill(180)];
export const mostTries = waitMinutes.length + 1;
/** No wait between two tries is longer, in minutes. */
export const longestWaitMinutes = Math.max(...waitMinutes);

/** What was signed on paper, with the paper. */
function onPaperIn({
  onPaper,
  attachments: [attachment] = [],
}: Extract<DeliveryEvent, { type: 'DeliveryAcknowledged' }>['data']) {
  return onPaper === undefined || attachment === undefined ? onPaper : { ...onPaper, attachment };
}

/** The outcome of an attempt ends that attempt and no later one. */
const stillRunning = ({ running }: Delivery, ended: number): Delivery['running'] =>
  running?.attempt === ended ? null : running;

const evolve = (delivery: Delivery, event: DeliveryEvent, { at, by }: Commit): Delivery => {
  switch (event.type) {
    case 'DeliveryQueued':
      return delivery;
    case 'AttemptStarted': {
      const { attempt, leaseUntil, messageId } = event.data;
      const messageIds = [...delivery.messageIds.filter((one) => one !== messageId), messageId];
      const silent = delivery.running !== null;
      const mayHaveArrived = delivery.mayHaveArrived || silent;
      const uncertain = delivery.uncertain || silent;
      const tries = delivery.tries + 1;
      const running = { attempt, leaseUntil };
      return { ...delivery, attempts: attempt, tries, running, messageIds, mayHaveArrived, uncertain };
    }
    case 'AttemptSucceeded':
      // An acknowledgement or a bounce that came in meanwhile says more than "sent".
      return {
        ...delivery,
        running: stillRunning(delivery, event.data.attempt),
        againAt: null,
        failingSince: null,
        mayHaveArrived: true,
        sentAt: delivery.sentAt ?? at,
        state: delivery.state === 'queued' || delivery.state === 'failed' ? 'sent' : delivery.state,
      };
    case 'AttemptFailed': {
      const { againAt, reason } = event.data;
      const mayHaveArrived = delivery.mayHaveArrived || event.data.mayHaveArrived;
      const uncertain = delivery.uncertain || event.data.mayHaveArrived;
      const running = stillRunning(delivery, event.data.attempt);
      const failingSince = delivery.failingSince ?? at;
      return { ...delivery, running, againAt, failingSince, reason, mayHaveArrived, uncertain };
    }
    case 'DeliveryFailed': {
      // The failure of an attempt undoes nothing that is known of another one.
      const state = delivery.state === 'queued' ? 'failed' : delivery.state;
      return { ...delivery, running: null, againAt: null, state, reason: event.data.reason };
    }
    case 'DeliveryBounced': {
      // Whoever signed for it has it, whatever a mail server says later.
      const state = delivery.state === 'acknowledged' ? 'acknowledged' : 'bounced';
      // What bounced has not arrived: another attempt is a duplicate only of one whose outcome nobody knows.
      const { reason } = event.data;
      return { ...delivery, running: null, againAt: null, state, reason, mayHaveArrived: delivery.uncertain };
    }
    case 'DeliveryAcknowledged':
      return {
        ...delivery,
        state: 'acknowledged',
        againAt: null,
        acknowledgedAt: delivery.acknowledgedAt ?? at,
        acknowledgement: delivery.acknowledgement ?? { by: by.id, onPaper: onPaperIn(event.data) },
      };
    case 'TodoNoted':
      return { ...delivery, because: [...delivery.because, event.data.because] };
    case 'DeliveryDropped':
      return { ...delivery, state: 'dropped' };
    case 'ResendRequested': {
      const { address } = event.data;
      const same = address === delivery.address;
      const known = { mayHaveArrived: same && delivery.mayHaveArrived, uncertain: same && delivery.uncertain };
      const afresh = { tries: 0, againAt: null, failingSince: null, reason: null };
      return { ...delivery, state: 'queued', address, ...afresh, ...known };
    }
  }
};

const stages = keptStages<Delivery>((before, commit) => {
  let delivery = before;
  for (const stored of commit.events) {
    const happened = deliveryEvents.read(stored);
    if (happened === undefined) {
      if (delivery === undefined) return undefined;
      delivery = { ...delivery, newer: true, history: [...delivery.history, { at: commit.at, what: stored.type }] };
      continue;
    }
    if (happened.type === 'DeliveryQueued')
      delivery ??= {
        ...happened.data,
        because: happened.data.because === undefined ? [] : [happened.data.because],
        version: 0,
        state: 'queued',
        queuedAt: commit.at,
        changedAt: commit.at,
        attempts: 0,
        tries: 0,
        running: null,
        againAt: null,
        failingSince: null,
        mayHaveArrived: false,
        uncertain: false,
        messageIds: [],
        sentAt: null,
        acknowledgedAt: null,
        acknowledgement: null,
        reason: null,
        history: [],
        newer: false,
      };
    if (delivery === undefined) throw new Error(`a delivery cannot begin with ${happened.type}`);
    delivery = evolve(delivery, happened, commit);
    delivery = { ...delivery, history: [...delivery.history, { at: commit.at, what: happened.type }] };
  }
  return delivery === undefined ? undefined : { ...delivery, version: commit.version, changedAt: commit.at };
});

/** Folds a delivery from its commits, oldest first; undefined where there are none. */
export const foldDelivery = (file: readonly Commit[]): Delivery | undefined => stages.last('', file);

/** The delivery as it stood after each commit from a version on, oldest first; its `version` is that commit's. */
export const deliveryStages = (file: readonly Commit[], from: number): Generator<Stage<Delivery>> =>
  stages.from(from, '', file);
