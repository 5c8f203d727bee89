import type { Commit } from './commit.ts';

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
