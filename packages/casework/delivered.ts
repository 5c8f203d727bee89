import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import type { Commit } from './commit.ts';

/* What a decision asks of a delivery's file, without the whole fold of it. */

/**
 * Whether a letter reached its recipient, as its delivery's file says: it went out and did not come back, or somebody signed
 * for it. A file that is not there yet says no. The same as the states `sent` and `acknowledged` of the fold, which a
 * decision need not carry along.
 */
export function isDelivered(file: readonly Commit[]): boolean {
  let went = false;
  let cameBack = false;
  for (const { type } of file.flatMap(({ events }) => events)) {
    if (type === 'DeliveryAcknowledged') return true;
    if (type === 'ResendRequested') went = cameBack = false;
    if (type === 'AttemptSucceeded') went = true;
    if (type === 'DeliveryBounced') cameBack = true;
  }
  return went && !cameBack;
}

const onPaper = z.object({ onPaper: z.object({ on: z.string() }) });

/** The day on which somebody signed for the letter 签收, on paper the day written there; undefined while nobody has. */
export function signedOn(file: readonly Commit[]): CivilDate | undefined {
  for (const { at, events } of file)
    for (const { type, data } of events) {
      if (type !== 'DeliveryAcknowledged') continue;
      const paper = onPaper.safeParse(data);
      return paper.success ? paper.data.onPaper.on : chinaDate(at);
    }
  return undefined;
}
