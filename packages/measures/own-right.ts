import { type Caller, isOwnAct } from '@dandang/access/caller.ts';
import { type Assignee, assigneesOf } from '@dandang/access/party.ts';
import type { Actor } from '@dandang/casework/commit.ts';
import type { Body } from '@dandang/casework/matter.ts';

/** Who used a right that each subject has for itself, and the unit for its own: as it is folded from its commit. */
export interface OwnRight {
  /** The person who acted. */
  readonly by: string;
  /** Whom the person stood in for. */
  readonly onBehalfOf?: string | undefined;
  /** Whose right it was: a subject's, or the unit's for everybody who answers for the unit. */
  readonly of: Assignee;
}

/** Whose right somebody used who is a subject of the matter, or answers for its unit in its own name or another's. */
export const rightOf = (
  { id, onBehalfOf }: Actor,
  { unit, subjects }: Pick<Body<string, unknown>, 'unit' | 'subjects'>,
) => {
  const behalf = onBehalfOf === undefined ? {} : { onBehalfOf: onBehalfOf.id };
  const of: Assignee = subjects.some((one) => one.id === id) ? `person:${id}` : `unit:${unit.id}`;
  return { by: id, ...behalf, of };
};

/** Whether it is a caller's own: it acted, somebody acted in its name, or it answers for the unit whose right it was. */
export const isOwnRight = ({ by, onBehalfOf, of }: OwnRight, caller: Caller): boolean =>
  isOwnAct({ id: by, onBehalfOf: onBehalfOf === undefined ? undefined : { id: onBehalfOf } }, caller) ||
  assigneesOf(caller).includes(of);

/** The same without whose right it was, as it is shown. */
export const withoutRight = <T extends OwnRight>({ of: _of, onBehalfOf: _behalf, ...shown }: T) => shown;
