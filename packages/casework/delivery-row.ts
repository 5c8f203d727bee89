import type { Gate } from '@dandang/access/gate.ts';
import { deliveryState, handlerOf, onlookersOf } from './delivery-head.ts';
import type { Delivery } from './delivery.ts';
import { plannedDelivery } from './letter-issue.ts';
import { storedGate } from './matter-summary.ts';
import * as z from 'zod/mini';

/** What lists keep of a delivery. The address is not in it: it is on file and nowhere else. */
export const deliveryRow = z.object({
  id: z.string(),
  matter: z.optional(z.object({ kind: z.string(), collection: z.string(), id: z.string() })),
  document: z.optional(z.string()),
  documentType: z.string(),
  typeName: z.string(),
  number: z.optional(z.string()),
  regarding: z.optional(z.string()),
  issuer: z.string(),
  recipient: plannedDelivery.shape.recipient,
  as: plannedDelivery.shape.as,
  state: deliveryState,
  attempts: z.number(),
  queuedAt: z.string(),
  changedAt: z.string(),
  sentAt: z.nullable(z.string()),
  acknowledgedAt: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  notBefore: z.nullable(z.string()),
  /** Where attempts fail: since when, and when the next one comes. */
  failingSince: z.optional(z.string()),
  againAt: z.optional(z.string()),
  handledBy: z.string(),
  gate: storedGate,
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

/** Who may know of a delivery: the office that handles its matter, the recipient, and who sees the matter without handling it. */
export const deliveryGate = (delivery: Pick<Delivery, 'handledBy' | 'seenBy' | 'parties' | 'recipient'>): Gate => ({
  file: [handlerOf(delivery)].filter((one) => one !== undefined),
  own: [
    delivery.recipient.kind === 'unit' ? `unit:${delivery.recipient.id}` : `person:${delivery.recipient.id}`,
    ...onlookersOf(delivery),
  ],
  parties: delivery.parties,
});

export function rowOfDelivery(delivery: Delivery): DeliveryRow {
  const { id, matter, document, documentType, typeName, number, regarding, issuer, recipient, as, state, attempts } =
    delivery;
  const { queuedAt, changedAt, sentAt, acknowledgedAt, reason, notBefore, handledBy, failingSince, againAt } = delivery;
  const known = { id, matter, document, documentType, typeName, number, issuer, recipient, as, state, attempts };
  const about = regarding === undefined ? {} : { regarding };
  return {
    ...known,
    ...about,
    queuedAt,
    changedAt,
    sentAt,
    acknowledgedAt,
    reason,
    notBefore: notBefore ?? null,
    ...(state === 'queued' && failingSince !== null ? { failingSince } : {}),
    ...(state === 'queued' && againAt !== null ? { againAt } : {}),
    handledBy,
    gate: deliveryGate(delivery),
  };
}
