import type { Context } from './command.ts';
import type { IssuedLetter } from './letter-issue.ts';
import type { Refusal } from './refusal.ts';

/**
 * What a matter is heading for: the command that issues its next letters, with what is known of it before anybody sends it.
 * From it the letters are drafted, so that whoever approves reads what will go out.
 */
export interface Heading<M> {
  readonly command: string;
  /** Its input as far as it is known, well-formed; nothing where absent. */
  readonly input?: unknown;
  /** Fields of its input that only whoever sends it gives: the drafts leave them blank or out. */
  readonly open?: readonly string[];
  /** The unit that would issue, where that is not the office that handles the matter. */
  readonly from?: string;
  /** The matter as it will then be, as far as the letters show it; as it is where absent. */
  readonly as?: M;
  /** The letters, where an input with blanks cannot give them. */
  readonly letters?: (context: Context) => readonly IssuedLetter[] | Refusal;
}

/** The command alone where it asks for nothing, or what else is known of it. */
export type HeadingOf<M> = string | ((matter: M) => Heading<M> | undefined);

/** What a matter is heading for, by state. */
export type Headings<S extends string, M> = Readonly<Partial<Record<S, HeadingOf<M>>>>;
