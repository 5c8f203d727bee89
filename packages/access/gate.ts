import { type Caller, personsBehind } from './caller.ts';
import { type Assignee, readersOf } from './party.ts';

/**
 * How much a caller sees: the whole file; what concerns its own unit or person; the part that is its own in a matter that is
 * about another unit (an assisting unit 协办, one whose letter was withdrawn); or, where it only got a copy, that copy and
 * what it says.
 */
export type Sight = 'file' | 'own' | 'part' | 'copy';

/**
 * Who may know of a thing. It is stored beside every row of every list, so that lists, counts, documents, deadlines and
 * history all pass the same gate. Whoever is named in no part may not even learn that the thing exists.
 */
export interface Gate {
  readonly file: readonly Assignee[];
  readonly own: readonly Assignee[];
  /** Each of them knows of its own part and not of the others'. */
  readonly part?: readonly Assignee[] | undefined;
  readonly copy?: readonly Assignee[] | undefined;
  /** The ids of those whom the thing is about, where an office of theirs that sees the whole file shows them their own part. */
  readonly parties?: readonly string[] | undefined;
}

/**
 * Rows of releases up to 0.1.0 let deciders of whatever organ see a file. No gate says so any more, and until such a row is
 * written anew it lets none of them in for that.
 */
const narrowed = 'role:decider';

export function sightOf(gate: Gate, caller: Caller): Sight | undefined {
  const named = new Set<string>(readersOf(caller));
  // A party that serves with the office is told so when it acts; it is not told what the office thinks.
  if (gate.file.some((one) => one !== narrowed && named.has(one)))
    return personsBehind(caller).some((person) => gate.parties?.includes(person)) ? 'own' : 'file';
  if (gate.own.some((one) => named.has(one))) return 'own';
  if ((gate.part ?? []).some((one) => named.has(one))) return 'part';
  return (gate.copy ?? []).some((one) => named.has(one)) ? 'copy' : undefined;
}

export const bestFirst: readonly Sight[] = ['file', 'own', 'part', 'copy'];

/** The most that somebody sees under several hats. */
export const bestSight = (sights: readonly (Sight | undefined)[]): Sight | undefined =>
  bestFirst.find((sight) => sights.includes(sight));
