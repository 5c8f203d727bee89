import type { Word } from './word.ts';

/* What a form says of the fields of a command. `word.ts` says where this may be imported. */

/**
 * What a field is filled in with, where its schema cannot say: ids are all alike. Texts, dates, terms, choices, numbers
 * and lists of attachments are known by their schemas (`input-schema.ts`).
 */
type Picker = 'unit' | 'units' | 'official' | 'officials' | 'matter' | 'matters' | 'attachment' | 'percent';

/**
 * Where the choices are found: a list of the policy in force (`reminder.circumstances`), or of the matter as it is shown
 * (`details.objections`, `deadlines`; `named` says of deadlines which row of them); the directory, of its officials those who may lead an interview or investigate, or
 * who belong to or are in charge of the unit that another field of the form names; the matters of a collection.
 */
type Found =
  | { readonly policy: string }
  | { readonly matter: string; readonly named?: string }
  | { readonly directory: 'units' }
  | {
      readonly directory: 'officials';
      readonly mayLead?: true;
      readonly mayInvestigate?: true;
      readonly unit?: string;
      readonly inChargeOf?: string;
    }
  | { readonly collection: string };

export interface Field extends Word {
  readonly help?: Word;
  readonly widget?: Picker;
  /** An example of what is written, shown while nothing is. */
  readonly placeholder?: Word;
  /** Fields that follow each other under one heading. */
  readonly group?: Word;
  readonly from?: Found;
  /** A list of the policy in force whose lines are printed beside the field: what is to be kept in mind when deciding. */
  readonly reminds?: string;
  /** Other words than those of the list are possible. */
  readonly free?: true;
  /** What the values of an enumeration mean. */
  readonly choices?: Readonly<Record<string, Word>>;
  /** Shown only while another field of the form has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly (string | boolean)[] };
}

/**
 * The fields of one command by path: `report.allegation`; `*` stands for an index or a key, `subjects.*.official`. Their
 * order is the order on the page; what is not said here and is known to every form comes after them.
 */
export type Form = Readonly<Record<string, Field>>;

/** What a measure's `form.ts` says: the form of opening, and one for each of its commands C that asks for anything. */
export type MeasureForm<C extends string> = { readonly open: Form } & Readonly<Partial<Record<C, Form>>>;

/** The same, for whoever does not know the measure. */
export type AnyForm = Readonly<Record<string, Form | undefined>>;
