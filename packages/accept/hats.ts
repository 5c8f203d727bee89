import { type Caller, callerFromClaims } from '@dandang/access/caller.ts';
import { bestFirst, type Sight } from '@dandang/access/gate.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { foldStandIn, standsInOn } from '@dandang/casework/stand-in.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
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
 * The officials that a caller stands in for today, as callers: the caller's own id and name, the official's unit and
 * roles. The list only says where to look; whether a stand-in holds is read from its own file.
 */
async function standInHats(deps: HatSurroundings, caller: Caller, today: CivilDate): Promise<Caller[]> {
  const hats: Caller[] = [];
  for await (const { official } of everyRow(deps.views, standInsByPerson.list(caller.id), standInRow)) {
    const set = foldStandIn((await readFile(deps.commits, standInKey(official))).commits);
    if (!standsInOn(set, caller.id, today)) continue;
    const entry = (await deps.reference.directory({ units: [], officials: [official] })).official(official);
    if (entry === undefined) continue;
    const hat = callerFromClaims({ sub: caller.id, name: caller.name, unit: entry.unit, roles: entry.roles ?? [] });
    if (hat !== undefined) hats.push({ ...hat, onBehalfOf: { id: official, name: entry.name } });
  }
  return hats;
}

/** A caller's hats today: its own first, then those of the officials that it stands in for. */
export const hatsOf = async (
  deps: HatSurroundings,
  caller: Caller,
  today: CivilDate,
): Promise<readonly [Caller, ...Caller[]]> => [caller, ...(await standInHats(deps, caller, today))];

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

/**
 * The hat under which a caller may do something: its own where that suffices, else that of somebody it stands in for.
 * Its own where none suffices, so that the refusal is the one that everybody else would get.
 */
export async function hatThat(
  deps: HatSurroundings,
  caller: Caller,
  today: CivilDate,
  suffices: (hat: Caller) => boolean,
): Promise<Caller> {
  if (suffices(caller)) return caller;
  return (await standInHats(deps, caller, today)).find(suffices) ?? caller;
}
