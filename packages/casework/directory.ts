import { withoutDirection } from '@dandang/letters/printable.ts';
import * as z from 'zod/mini';
import { eventReader } from './event-reader.ts';
import { idText, nameText as name } from './input.ts';

const mailAddress = z.string().check(z.maxLength(254), z.regex(/^[^\s<>@,;:"()[\]\\]+@[A-Za-z0-9.-]+$/));

/** A telephone number as offices write one: 0717-6256789, (0717) 6256789转12, +86 717 6256789. */
const phone = z.string().check(z.maxLength(40), z.regex(/^[+(（]?\d[\d()（）\- 转]{3,}\d$/));
/** Whom to ask about a unit's letters 联系人. */
const contact = z.strictObject({ name, phone });

/** What a unit's Party organisation is called behind the unit's name; letters say 党组织 where the directory does not know it. */
export const partyOrganisations = ['党组', '党委', '党工委', '党总支', '党支部'] as const;

/**
 * What the administrator enters about a unit. `mail` is where its letters go; without one nothing can be issued to it.
 * `contact` is printed on the letters that the unit itself issues 附注. `succeededBy` is the unit that took its place 机构改革.
 */
export const unitEntry = z.strictObject({
  name,
  mail: z.optional(mailAddress),
  contact: z.optional(contact),
  partyOrganisation: z.optional(z.enum(partyOrganisations)),
  succeededBy: z.optional(idText),
});

/**
 * What the administrator enters about a person. `roles` say whom a to-do mail is for; they grant nothing (the token
 * does). `inChargeOf` names the units that a leader is in charge of 分管.
 */
export const officialEntry = z.strictObject({
  name,
  unit: idText,
  position: z.optional(name),
  mail: z.optional(mailAddress),
  roles: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(20))),
  inChargeOf: z.optional(z.array(idText).check(z.maxLength(500))),
});

export type UnitEntry = z.infer<typeof unitEntry>;
export type OfficialEntry = z.infer<typeof officialEntry>;
/** A unit as it stands today (`packages/casework/succession.ts`). */
export interface Unit extends UnitEntry {
  readonly id: string;
  /** The units that took its place, the nearest first; missing where it stands itself. */
  readonly successors?: readonly string[];
}
export interface Official extends OfficialEntry {
  readonly id: string;
}

/** A name as it was taken when less was refused; marks of writing direction in it are shown nowhere. */
const storedName = z.string().check(z.overwrite(withoutDirection));

/**
 * Events of the files `unit/<id>` and `official/<id>`; the newest one is the entry in force. Unlike what is sent, what is
 * stored may have fields that a newer release added.
 */
export const unitEntered = z.object({
  type: z.literal('UnitEntered'),
  data: z.object({ ...unitEntry.shape, name: storedName }),
});
export const officialEntered = z.object({
  type: z.literal('OfficialEntered'),
  data: z.object({ ...officialEntry.shape, name: storedName, position: z.optional(storedName) }),
});
export const unitEvents = eventReader(unitEntered);
export const officialEvents = eventReader(officialEntered);

/** The entries that a command needs, loaded before it is decided. Asking for one that was not loaded gives undefined. */
export interface Directory {
  readonly unit: (id: string) => Unit | undefined;
  readonly official: (id: string) => Official | undefined;
}

/** Which entries to load. */
export interface DirectoryNeeds {
  readonly units: readonly string[];
  readonly officials: readonly string[];
}
