import { type Caller, personsBehind } from './caller.ts';
import { type Gate, sightOf } from './gate.ts';
import { type Assignee, assigneesOf } from './party.ts';

/** What has to be known of a to-do to say whose it is. */
export interface Waiting {
  /** The persons whom a rule keeps from the act. */
  readonly except: readonly string[];
  readonly gate: Gate;
}

/**
 * Whether a to-do that waits for an assignee is one for somebody under one hat: nothing that a rule keeps from the
 * person, or from whom it stands in for, and nothing that it may not know of. To-do lists and to-do mails ask the same.
 */
export function waitsFor({ except, gate }: Waiting, assignee: Assignee, hat: Caller): boolean {
  if (!assigneesOf(hat).includes(assignee) || sightOf(gate, hat) === undefined) return false;
  // Whom a matter is about acts on it in its own name only, whatever office it holds.
  const own = assignee.startsWith('person:');
  return !personsBehind(hat).some((person) => except.includes(person) || (!own && gate.parties?.includes(person)));
}
