import { type Caller, callerFromClaims } from '@dandang/access/caller.ts';
import { type Assignee, assigneesOf } from '@dandang/access/party.ts';
import { type Waiting, waitsFor } from '@dandang/access/waiting.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { foldStandIn, standsInOn } from '@dandang/casework/stand-in.ts';
import { officialRow } from '@dandang/casework/work-rows.ts';
import { everyHead } from '@dandang/accept/listing.ts';
import type { Reference } from '@dandang/accept/reference.ts';
import { succeededBy } from '@dandang/accept/succession.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { officials, officialsByRole, officialsByUnit, standInKey } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import type * as z from 'zod/mini';

export interface HearerSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly views: Pick<ViewStore, 'list' | 'get' | 'getMany'>;
  readonly reference: Pick<Reference, 'directory'>;
}

/** Somebody in the directory. */
export type Person = z.infer<typeof officialRow>;

/** A person as the directory knows it; undefined for one that it does not know. */
export async function personOf(deps: HearerSurroundings, id: string): Promise<Person | undefined> {
  const { pk, sk } = officials.key(id);
  return (await deps.views.get(pk, sk, officialRow))?.data;
}

/** A person as a caller, with the roles that the directory gives it: what its token will say, as far as anybody knows. */
export const hatOf = ({ id, name, unit, roles = [] }: Person, onBehalfOf?: Person): Caller | undefined => {
  const office = onBehalfOf === undefined ? { unit, roles } : { unit: onBehalfOf.unit, roles: onBehalfOf.roles ?? [] };
  const hat = callerFromClaims({ sub: id, name, ...office });
  if (hat === undefined || onBehalfOf === undefined) return hat;
  return { ...hat, onBehalfOf: { id: onBehalfOf.id, name: onBehalfOf.name } };
};

/** Everybody in the directory whom an assignee means. The views advise here: a mail that is missed is no right lost. */
async function personsOf(deps: HearerSurroundings, assignee: Assignee): Promise<Person[]> {
  const [kind, id] = [assignee.slice(0, assignee.indexOf(':')), assignee.slice(assignee.indexOf(':') + 1)];
  if (kind === 'person') {
    const person = await personOf(deps, id);
    return person === undefined ? [] : [person];
  }
  if (kind === 'role') return Array.fromAsync(everyHead(deps.views, officialsByRole.list(id), officialRow));
  // Whoever took the unit's place hears of what waits for it.
  const { successors = [] } = (await deps.reference.directory({ units: [id], officials: [] })).unit(id) ?? {};
  const found: Person[] = [];
  for (const unit of [id, ...successors]) found.push(...(await officialsOf(deps, unit)));
  // As people of the unit whose place theirs took, they go by its name.
  return found.filter((person) => assigneesOf({ ...person, unit: id, roles: person.roles ?? [] }).includes(assignee));
}

/** Everybody in the directory who belongs to a unit. */
export const officialsOf = (deps: Pick<HearerSurroundings, 'views'>, unit: string): Promise<Person[]> =>
  Array.fromAsync(everyHead(deps.views, officialsByUnit.list(unit), officialRow));

/** The person who stands in for another today; undefined where none does. */
async function standInOf(deps: HearerSurroundings, person: Person, today: CivilDate): Promise<Person | undefined> {
  const set = foldStandIn((await readFile(deps.commits, standInKey(person.id))).commits);
  return set !== null && standsInOn(set, set.person, today) ? personOf(deps, set.person) : undefined;
}

/** A to-do, and whom it waits for. */
export interface Raised extends Waiting {
  readonly assignee: Assignee;
}

/** Everybody on whose list of to-dos this one stands today: in its own name, or through whom it stands in for. */
export async function hearersOf(deps: HearerSurroundings, todo: Raised, today: CivilDate): Promise<Person[]> {
  const found: Person[] = [];
  const waits = (hat: Caller): boolean => waitsFor(todo, todo.assignee, hat);
  const tookPlaceOf = new Map<string, Promise<readonly string[]>>();
  /** As its own unit, or as one whose place that took. */
  const is = async (hat: Caller | undefined): Promise<boolean> => {
    if (hat === undefined || waits(hat)) return hat !== undefined;
    const units = tookPlaceOf.get(hat.unit) ?? succeededBy(deps, hat.unit);
    tookPlaceOf.set(hat.unit, units);
    return (await units).some((unit) => waits({ ...hat, unit }));
  };
  for (const person of await personsOf(deps, todo.assignee)) {
    if (await is(hatOf(person))) found.push(person);
    const standIn = await standInOf(deps, person, today);
    if (standIn !== undefined && (await is(hatOf(standIn, person)))) found.push(standIn);
  }
  return found;
}
