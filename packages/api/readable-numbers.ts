import type { Caller } from '@dandang/access/caller.ts';
import type { Sight } from '@dandang/access/gate.ts';
import { mayRead } from '@dandang/access/party.ts';
import type { MatterSummary } from '@dandang/casework/matter-summary.ts';

/** The numbers of the letters of a matter that somebody may read. */
export const numbersFor = ({ letters }: MatterSummary, sight: Sight, hats: readonly Caller[]): string[] => {
  const read = letters.filter(
    ({ deliveries }) => sight === 'file' || deliveries.some(({ to }) => hats.some((hat) => mayRead(hat, to))),
  );
  return [...new Set(read.flatMap(({ number }) => number ?? []))];
};
