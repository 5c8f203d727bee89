import type { Assignee } from '@dandang/access/party.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Debtor } from './debt.ts';
import type { Urging } from './matter.ts';

/** One line of a sheet: what one debtor owes to the handling office under one deadline. */
export interface ChaseLine {
  readonly matter: { readonly kind: string; readonly collection: string; readonly id: string };
  readonly deadline: string;
  /** What it asks for, in the words of a letter. */
  readonly text: string;
  readonly overdue: boolean;
  /** The day from which it is to be chased; undefined where it is only urged. */
  readonly since: CivilDate | undefined;
  /** A sheet must go out for it today. Without it, it stands on one that goes out anyway. */
  readonly due: boolean;
  /** What was urged by hand and waits for a sheet. */
  readonly urged?: Urging | undefined;
  /** The delivery of the letter that told the debtor of the day: what did not arrive is not chased. */
  readonly toldBy: string | undefined;
  readonly debtor: Debtor;
  readonly office: { readonly id: string; readonly name: string };
  readonly handler: Assignee;
  /** The measure's kind, where it is confidential. */
  readonly confidential: string | undefined;
  readonly parties: readonly string[];
}
