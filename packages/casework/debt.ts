import type { Party } from '@dandang/access/party.ts';
import type { StoredEvent } from './commit.ts';
import type { Deadline } from './deadline.ts';
import type { IssuedLetter } from './letter-issue.ts';
import type { Matter } from './matter.ts';
import { unitsWithPart } from './unit-parts.ts';
import { type MeasureDefinition, sheetOf } from './measure-definition.ts';

type Declared<S extends string, D, E extends StoredEvent> = Pick<
  MeasureDefinition<S, D, E, never>,
  'deadlines' | 'notices'
>;

/** Whether a unit or a person owes something under a deadline of that name, or waits for it to pass: what only an office owes is its own to do. */
export const isOthers = <S extends string, D, E extends StoredEvent>(
  definition: Declared<S, D, E>,
  name: string,
): boolean => definition.notices.owed !== undefined && sheetOf(definition, name)?.owedBy.office === false;

/** Whether they can be late with it: a period that only has to pass is nobody's debt. */
export const isDebt = <S extends string, D, E extends StoredEvent>(
  definition: Declared<S, D, E>,
  name: string,
): boolean => isOthers(definition, name) && sheetOf(definition, name)?.runsOut === undefined;

type Letter = Pick<IssuedLetter, 'type' | 'deliveries'>;

/** Somebody who owes something, as the matter knows it. */
export interface Debtor {
  readonly kind: 'unit' | 'official';
  readonly id: string;
  readonly name: string;
}

/** What is owed under a deadline by a unit or a person. What an office owes is no debt: nobody chases it by letter. */
export interface Debt {
  readonly debtors: readonly Debtor[];
  /** Nobody is late with it: a period that only has to pass. It may be urged, and is never chased. */
  readonly runsOut: boolean;
  /** The delivery of the letter that told a debtor of the day; undefined where no letter does. */
  readonly toldBy: (debtor: Debtor) => string | undefined;
  /** What it asks for, in the words of a letter. */
  readonly text: string;
}

/** What a unit owes goes to the unit, what only persons owe to each of them. */
function debtorsOf(owedBy: Party, matter: Matter): Debtor[] {
  const owing = owedBy.assignees(matter).map((one): Debtor => {
    const id = one.slice(one.indexOf(':') + 1);
    const known = (one.startsWith('unit:') ? unitsWithPart(matter) : matter.subjects).find((found) => found.id === id);
    return { kind: one.startsWith('unit:') ? 'unit' : 'official', id, name: known?.name ?? id };
  });
  const units = owing.filter(({ kind }) => kind === 'unit');
  return units.length > 0 ? units : owing;
}

/** The delivery of a letter that a debtor has to have: its own, else that of whom it is addressed to. */
const deliveryTo = ({ deliveries }: Letter, debtor: Debtor): string | undefined =>
  (
    deliveries.find(({ recipient }) => recipient.kind === debtor.kind && recipient.id === debtor.id) ??
    deliveries.find((one) => one.as === 'addressee')
  )?.id;

/** The debt under a deadline; undefined where it is no unit's and no person's. */
export function debtOf<S extends string, D, E extends StoredEvent>(
  definition: Pick<MeasureDefinition<S, D, E, never>, 'deadlines' | 'notices'>,
  matter: Matter<S, D>,
  deadline: Deadline,
): Debt | undefined {
  const sheet = sheetOf(definition, deadline.name);
  const { owed } = definition.notices;
  if (sheet === undefined || sheet.owedBy.office || owed === undefined) return undefined;
  const { of } = deadline;
  // Where several units each owe their own, each has a letter of its own.
  const isTheirs = ({ deliveries }: Letter): boolean =>
    of === undefined || deliveries.some(({ recipient }) => recipient.kind === 'unit' && recipient.id === of);
  const letter = matter.letters.findLast((one) => sheet.toldBy?.includes(one.type) && isTheirs(one));
  return {
    debtors: debtorsOf(sheet.debtor?.(matter) ?? sheet.owedBy, matter),
    runsOut: sheet.runsOut !== undefined,
    toldBy: (debtor) => (letter === undefined ? undefined : deliveryTo(letter, debtor)),
    text: owed(matter, deadline),
  };
}
