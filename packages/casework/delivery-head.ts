import type { Assignee } from '@dandang/access/party.ts';
import * as z from 'zod/mini';

/* What is known of a delivery without its fold: how it may stand, and whose it is. */

export const deliveryState = z.enum(['queued', 'sent', 'failed', 'bounced', 'acknowledged', 'dropped']);
export type DeliveryState = z.infer<typeof deliveryState>;

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
