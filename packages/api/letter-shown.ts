import type { IssuedLetter, PlannedDelivery } from '@dandang/casework/letter-issue.ts';
import { asDraft } from '@dandang/letters/draft.ts';

/** A letter before it exists: what will be printed, marked as a draft, under the id that it will have. */
export function letterShown({ id, type, typeName, title, number, content }: Omit<IssuedLetter, 'deliveries'>) {
  const { addressees, copies } = content;
  return { id, type, typeName, title, number, addressees, copies, content: asDraft(content) };
}

/** To whom a letter will go, and whether there is an address for it; the address itself is shown to nobody. */
export const recipientShown = ({ recipient: { id, name }, as, address }: PlannedDelivery) => ({
  id,
  name,
  as,
  address: address === '' ? 'missing' : 'ok',
});
