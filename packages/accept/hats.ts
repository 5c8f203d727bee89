import { type Caller, callerFromClaims } from '@dandang/access/caller.ts';
import { bestFirst, type Sight } from '@dandang/access/gate.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { foldStandIn, standsInOn } from '@dandang/casework/stand-in.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { type NewCommit, readFile } from '@dandang/store/file.ts';
import { standInKey, standInsByPerson } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { everyRow } from './listing.ts';
import type { Reference } from './reference.ts';

/** A row of the list of whom a person stands in for. */
export const standInRow = z.object({ official: z.string() });

export interface HatSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly views: Pick<ViewStore, 'list'>;
  readonly reference: Pick<Reference, 'directory'>;
}

/**
 * The officials that a caller stands in for today, as callers, by the officials' ids: the caller's own id and name, the
 * official's unit and roles. The list only says where to look; whether a stand-in holds is read from its own file.
 */
async function* standInHats(deps: HatSurroundings, caller: Caller, today: CivilDate): AsyncGenerator<Caller> {
  const rows = await Array.fromAsync(everyRow(deps.views, standInsByPerson.list(caller.id), standInRow));
  for (const official of rows.map((row) => row.official).sort()) {
    const set = foldStandIn((await readFile(deps.commits, standInKey(official))).commits);
    if (!standsInOn(set, caller.id, today)) continue;
    const entry = (await deps.reference.directory({ units: [], officials: [official] })).official(official);
    if (entry === undefined) continue;
    const hat = callerFromClaims({ sub: caller.id, name: caller.name, unit: entry.unit, roles: entry.roles ?? [] });
    if (hat !== undefined) yield { ...hat, onBehalfOf: { id: official, name: entry.name } };
  }
}

/** A caller's hats today, one after the other: its own first. Whom it stands in for is not looked up before it is needed. */
export async function* eachHat(deps: HatSurroundings, caller: Caller, today: CivilDate): AsyncGenerator<Caller> {
  yield caller;
  yield* standInHats(deps, caller, today);
}

/** All of them. */
export const hatsOf = async (
  deps: HatSurroundings,
  caller: Caller,
  today: CivilDate,
): Promise<readonly [Caller, ...Caller[]]> => [caller, ...(await Array.fromAsync(standInHats(deps, caller, today)))];

/**
 * All hats under which a caller may look at something, those that see the most first, its own before others that see as
 * much; none where it may not know of it at all.
 */
export async function hatsThatSee(
  deps: HatSurroundings,
  caller: Caller,
  today: CivilDate,
  sees: (hat: Caller) => Sight | undefined,
): Promise<readonly [Caller, ...Caller[]] | undefined> {
  const hats = await hatsOf(deps, caller, today);
  const [first, ...more] = bestFirst.flatMap((sight) => hats.filter((hat) => sees(hat) === sight));
  return first === undefined ? undefined : [first, ...more];
}

/** The first hat of which something is true, the caller's own before others; undefined where it is true of none. */
export async function hatThat(
  deps: HatSurroundings,
  caller: Caller,
  today: CivilDate,
  suffices: (hat: Caller) => boolean,
): Promise<Caller | undefined> {
  for await (const hat of eachHat(deps, caller, today)) if (suffices(hat)) return hat;
  return undefined;
}

/** What one hat makes of a request: the commit that would follow, nothing to put on file, or why not. */
export type Tried = { readonly append: NewCommit } | 'nothing' | Refusal;

/** The hat under which a request is done, or what is to be said where it is done under none. */
type Search =
  | { readonly as: Caller; readonly append: NewCommit }
  | { readonly as: Caller; readonly nothing: true }
  | { readonly refused: Refusal };

/**
 * Tries a request under every hat of the caller, its own first, then by the ids of the officials that it stands in for
 * ([decision 9](../../docs/decisions/0009-a-stand-in-is-a-hat.md)). What is not the matter of one hat, or leaves nothing
 * to put on file, may be that of another; every other refusal ends the search, a bar above all: standing in must not be a
 * way round it. Where no hat does it: nothing to do before `not-yours`, and that before `not-found`.
 */
export async function underSomeHat(
  deps: HatSurroundings,
  caller: Caller,
  today: CivilDate,
  attempt: (hat: Caller) => Promise<Tried> | Tried,
): Promise<Search> {
  let nothing: Caller | undefined;
  let refused: Refusal = refuse('not-found');
  for await (const hat of eachHat(deps, caller, today)) {
    const tried = await attempt(hat);
    if (tried === 'nothing') nothing ??= hat;
    else if ('append' in tried) return { as: hat, append: tried.append };
    else if (tried.refused === 'not-yours') refused = tried;
    else if (tried.refused !== 'not-found') return { refused: tried };
  }
  return nothing === undefined ? { refused } : { as: nothing, nothing: true };
}
