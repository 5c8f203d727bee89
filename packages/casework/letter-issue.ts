import { letterContent, letterLength } from '@dandang/letters/letter.ts';
import { printedTitle } from '@dandang/letters/printable.ts';
import * as z from 'zod/mini';
import { derivedId } from './id.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import { commonWording } from './common-wording.ts';
import type { Unit } from './directory.ts';
import { longestLetter } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';
import { speaking } from './wording.ts';

/** How a letter reaches a recipient: 主送, 抄送, 工作提示, or a notice (to-do, chaser, correction). */
const as = z.enum(['addressee', 'copy', 'prompt', 'notice']);

const recipient = z.object({ kind: z.enum(['unit', 'official']), id: z.string(), name: z.string() });

/** The iCalendar part of a delivery (RFC 5545): every change of one event keeps its UID and raises its sequence. */
const invitation = z.object({
  uid: z.string(),
  sequence: z.number(),
  method: z.enum(['REQUEST', 'CANCEL']),
  startsAt: z.string(),
  /** Absent in what was issued before calendars were told an end. */
  endsAt: z.optional(z.string()),
  place: z.string(),
  summary: z.string(),
  stampedAt: z.string(),
});
export type Invitation = z.infer<typeof invitation>;

/** One letter to one recipient, as decided when the letter was issued; the address is fixed then. */
export const plannedDelivery = z.object({
  id: z.string(),
  recipient,
  as,
  address: z.string(),
  invitation: z.optional(invitation),
});
export type PlannedDelivery = z.infer<typeof plannedDelivery>;

/**
 * A letter that left the house. Its content is kept as issued. `type` is the document's type in the contract's words,
 * `typeName` what it is called on paper, `title` what is printed as such, on one line; `number` its own number 发文字号; `regarding` the number of the letter it is
 * about, where it has none itself (a chaser).
 */
export const issuedLetter = z.object({
  id: z.string(),
  type: z.string(),
  typeName: z.string(),
  // What was put on file before it was printed so is shown so all the same.
  title: z.string().check(z.overwrite(printedTitle)),
  number: z.optional(z.string()),
  regarding: z.optional(z.string()),
  issuer: z.string(),
  /** The telephone of whom to ask at the body that issues it: mails say it. */
  phone: z.optional(z.string()),
  content: letterContent,
  deliveries: z.readonly(z.array(plannedDelivery)),
});
export type IssuedLetter = z.infer<typeof issuedLetter>;

export interface Recipient {
  readonly kind: 'unit' | 'official';
  readonly id: string;
  readonly name: string;
  readonly mail?: string | undefined;
}

/** How a person is addressed in a letter. */
export const comrade = (name: string): string => `${name}同志`;

/** 附注: whom to ask at the unit that issues a letter. */
export const contactLine = (contact: NonNullable<Unit['contact']>, policy: Pick<Policy, 'settings'>): string =>
  speaking(commonWording, 'letter', policy)('contact', contact);

/** The id of a letter of a matter, by its slot. */
export const letterId = (matter: string, slot: string): string => derivedId('letter', matter, slot);

/**
 * Builds an issued letter and its deliveries. `slot` tells the letter from every other letter of its matter
 * (`work-tip`, `chaser/reply/2026-11-23`): a repeat gives the same ids and so the same deliveries.
 */
export function issueLetter(
  matter: string,
  slot: string,
  letter: Omit<IssuedLetter, 'id' | 'deliveries' | 'title' | 'issuer'>,
  to: readonly {
    readonly recipient: Recipient;
    readonly as: PlannedDelivery['as'];
    readonly invitation?: PlannedDelivery['invitation'];
  }[],
): IssuedLetter {
  const id = letterId(matter, slot);
  // Who is named twice (a unit that is also the office) gets it once, as what it was named first.
  const same = (a: Recipient, b: Recipient): boolean => a.kind === b.kind && a.id === b.id;
  const once = to.filter((one, index) => to.findIndex((other) => same(other.recipient, one.recipient)) === index);
  return {
    ...letter,
    id,
    title: printedTitle(letter.content.title),
    issuer: letter.content.issuer,
    deliveries: once.map((one) => ({
      id: derivedId('delivery', id, one.recipient.kind, one.recipient.id),
      recipient: { kind: one.recipient.kind, id: one.recipient.id, name: one.recipient.name },
      as: one.as,
      address: one.recipient.mail ?? '',
      ...(one.invitation === undefined ? {} : { invitation: one.invitation }),
    })),
  };
}

/** The names of recipients of these letters that have no address. */
const missingAddresses = (letters: readonly IssuedLetter[]): string[] =>
  letters.flatMap((letter) => letter.deliveries.filter((one) => one.address === '').map((one) => one.recipient.name));

/** Refuses letters whose whole content is longer than a letter may be: `too-long`. */
export const tooLong = (letters: readonly IssuedLetter[]): Refusal | undefined =>
  letters.some(({ content }) => letterLength(content) > longestLetter)
    ? refuse('too-long', { detail: `文书全文不得超过${longestLetter}字` })
    : undefined;

/** Why letters cannot leave the house: a recipient without an address (`no-address`, by name), too long a text. */
export function unsendable(letters: readonly IssuedLetter[]): Refusal | undefined {
  const missing = missingAddresses(letters);
  return missing.length > 0 ? refuse('no-address', { detail: missing.join('、') }) : tooLong(letters);
}

/** What is put on file of letters that leave the house: one event for all of them, nothing where there are none. */
export const lettersIssued = (letters: readonly IssuedLetter[]): LettersIssued[] =>
  letters.length === 0 ? [] : [{ type: 'LettersIssued', data: { letters } }];

interface LettersIssued {
  readonly type: 'LettersIssued';
  readonly data: { readonly letters: readonly IssuedLetter[] };
}
