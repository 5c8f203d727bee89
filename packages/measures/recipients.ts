import type { Directory } from '@dandang/casework/directory.ts';
import { namesIn } from '@dandang/casework/succession.ts';
import { comrade, type PlannedDelivery, type Recipient } from '@dandang/casework/letter-issue.ts';

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

/** A person with its office before it, where the directory knows it: 市委常委、副市长 钱管. */
export function withOffice(id: string, name: string, directory: Directory): string {
  const position = directory.official(id)?.position;
  return position === undefined ? name : `${position} ${name}`;
}

/** With the unit before it, unless the text (市住房和城乡建设局局长, the name of a group) says it already. */
export const withUnit = (unit: string, text: string): string => (text.startsWith(unit) ? text : `${unit}${text}`);

/** Names as 主送 and 抄送 print them: those of one kind joined by 、 (7.3.2: 同类型机关). */
export const namesByKind = (...kinds: readonly (readonly string[])[]): string[] =>
  kinds.filter((names) => names.length > 0).map((names) => names.join('、'));

const unique = (names: readonly string[]): string[] => [...new Set(names)];

/** Those whom a letter names in 主送 or 抄送: units first, then persons; no name twice. */
export const printedNames = (recipients: readonly Recipient[]): string[] =>
  namesByKind(
    unique(recipients.filter(({ kind }) => kind === 'unit').map(({ name }) => name)),
    unique(recipients.filter(({ kind }) => kind === 'official').map(({ name }) => comrade(name))),
  );

/** A letter to all of them alike. */
export const addressedTo = (recipients: readonly Recipient[], as: PlannedDelivery['as']) => ({
  to: recipients.map((recipient) => ({ recipient, as })),
});
