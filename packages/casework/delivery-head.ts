import type { Assignee } from '@dandang/access/party.ts';
import { type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';

/* What is known of a delivery without its fold: how it may stand, and whose it is. */

export const deliveryState = z.enum(['queued', 'sent', 'failed', 'bounced', 'acknowledged', 'dropped']);
export type DeliveryState = z.infer<typeof deliveryState>;

/** Whether a delivery was given up or came back: somebody has to see to it. */
export const isUndelivered = ({ state }: { readonly state: DeliveryState }): boolean =>
  state === 'failed' || state === 'bounced';

/** After so long without success somebody hears of it, in minutes. */
const failingIsSaidAfter = 30;

/** Whether attempts have failed for so long at an instant that it is no hiccup. */
export const failsForLong = (failingSince: Instant | null | undefined, at: Instant): boolean =>
  typeof failingSince === 'string' && msOf(at) - msOf(failingSince) >= failingIsSaidAfter * 60_000;

/** Whether a delivery waits because its attempts fail, as its last one said: the office sees to it, as to one that was given up. */
export const isStuck = ({
  state,
  failingSince,
  changedAt,
}: {
  readonly state: DeliveryState;
  readonly failingSince?: Instant | null | undefined;
  readonly changedAt: Instant;
}): boolean => state === 'queued' && failsForLong(failingSince, changedAt);

/** What is unlike any other in a Message-ID of ours, as lists spell it; undefined where it is none. */
export const messageName = (messageId: string): string | undefined => /^<([0-9a-f]{40})@[^<>]+>$/.exec(messageId)?.[1];

/** The office that handles the matter of a delivery, as gates and to-do lists know it; undefined where none does. */
export const handlerOf = ({ handledBy }: { readonly handledBy: string }): Assignee | undefined =>
  handledBy === '' ? undefined : assigneeNamed(handledBy);

/** The offices that see a delivery although another handles its matter. */
export const onlookersOf = ({ seenBy = [] }: { readonly seenBy?: readonly string[] | undefined }): Assignee[] =>
  seenBy.map(assigneeNamed);

const assigneeNamed = (office: string): Assignee =>
  office.startsWith('unit:') ? `unit:${office.slice('unit:'.length)}` : `role:${office}`;

/** The same office as a delivery's file keeps it. */
export const handledBy = (handler: Assignee): string =>
  handler.startsWith('role:') ? handler.slice('role:'.length) : handler;
