import type { Directory } from '@dandang/casework/directory.ts';
import { namesIn } from '@dandang/casework/succession.ts';
import type { PlannedDelivery, Recipient } from '@dandang/casework/letter-issue.ts';

/** A unit as a recipient; an entry that has gone keeps the name it was known by and has no address. */
export function unitRecipient(id: string, knownName: string, directory: Directory): Recipient {
  const entry = directory.unit(id);
  // A matter that was handed to its unit keeps the name of the one before beside it.
  const name = namesIn(knownName)?.now === entry?.name ? knownName : (entry?.name ?? knownName);
  return { kind: 'unit', id, name, mail: entry?.mail };
}

/** A person as a recipient, likewise. */
export function officialRecipient(id: string, knownName: string, directory: Directory): Recipient {
  const entry = directory.official(id);
  return { kind: 'official', id, name: entry?.name ?? knownName, mail: entry?.mail };
}

/** A recipient of an earlier letter as the directory knows it today. */
export const asRecipient = ({ kind, id, name }: Omit<Recipient, 'mail'>, directory: Directory): Recipient =>
  kind === 'unit' ? unitRecipient(id, name, directory) : officialRecipient(id, name, directory);

/** A letter to all of them alike: how it names them, and how it reaches each. */
export const addressedTo = (recipients: readonly Recipient[], as: PlannedDelivery['as']) => ({
  addressees: recipients.map(({ name }) => name),
  to: recipients.map((recipient) => ({ recipient, as })),
});
