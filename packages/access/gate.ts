import { assigneesOf, type Assignee } from './party.ts';
import type { Caller } from './caller.ts';

/** How much a caller sees: the whole file, or what concerns its own unit or person once it was issued. */
export type Sight = 'file' | 'own';

/**
 * Who may know of a thing. It is stored beside every row of every list, so that lists, counts, documents, deadlines and
 * history all pass the same gate. Whoever is named in neither part may not even learn that the thing exists.
 */
export interface Gate {
  readonly file: readonly Assignee[];
  readonly own: readonly Assignee[];
}

export function sightOf(gate: Gate, caller: Caller): Sight | undefined {
  const named = new Set<string>(assigneesOf(caller));
  if (gate.file.some((one) => named.has(one))) return 'file';
  return gate.own.some((one) => named.has(one)) ? 'own' : undefined;
}
