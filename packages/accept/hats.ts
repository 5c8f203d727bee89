import { type Caller, callerFromClaims } from '@dandang/access/caller.ts';
import { bestFirst, type Sight } from '@dandang/access/gate.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Official } from '@dandang/casework/directory.ts';
import type { OpenMatter } from '@dandang/casework/measure.ts';
import { type CommonRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { foldStandIn, standsInOn } from '@dandang/casework/stand-in.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { readFile } from '@dandang/store/file.ts';
import { standInKey, standInsByPerson } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { everyRow } from './listing.ts';
import type { Reference } from './reference.ts';
import { succeededBy } from './succession.ts';

/** A row of the list of whom a person stands in for. */
export const standInRow = z.object({ official: z.string() });

export interface HatSurroundings {
  readonly commits: Pick<CommitStore, 'read'>;
  readonly views: Pick<ViewStore, 'list'>;
  readonly reference: Pick<Reference, 'directory'>;
}

/** The same person in each unit whose place its own took, where it acts and sees as that unit's people do. */
async function succeeding(deps: HatSurroundings, hat: Caller): Promise<Caller[]> {
  return (await succeededBy(deps, hat.unit)).map((unit) => ({ ...hat, unit }));
}

/** The officials that a caller stands in for today, by their ids, and until when. */
async function* absentFor(
  deps: HatSurroundings,
  caller: Caller,
  today: CivilDate,
): AsyncGenerator<{ readonly official: string; readonly entry: Official; readonly until: CivilDate }> {
  const rows = await Array.fromAsync(everyRow(deps.views, standInsByPerson.list(caller.id), standInRow));
  for (const official of rows.map((row) => row.official).sort()) {
    const set = foldStandIn((await readFile(deps.commits, standInKey(official))).commits);
    if (set === null || !standsInOn(set, caller.id, today)) continue;
    const entry = (await deps.reference.directory({ units: [], officials: [official] })).official(official);
    if (entry !== undefined) yield { official, entry, until: set.to };
  }
}

/** The same for whoever asks about itself. */
export const stoodInForBy = async (deps: HatSurroundings, caller: Caller, today: CivilDate) =>
  (await Array.fromAsync(absentFor(deps, caller, today))).map(({ official, entry, until }) => ({
    official: { id: official, name: entry.name },
    until,
  }));

/**
 * The officials that a caller stands in for today, as callers, by the officials' ids: the caller's own id and name, the
 * official's unit and roles. The list only says where to look; whether a stand-in holds is read from its own file.
 */
async function* standInHats(deps: HatSurroundings, caller: Caller, today: CivilDate): AsyncGenerator<Caller> {
  for await (const { official, entry } of absentFor(deps, caller, today)) {
    const hat = callerFromClaims({ sub: caller.id, name: caller.name, unit: entry.unit, roles: entry.roles ?? [] });
    if (hat === undefined) continue;
    const worn: Caller = { ...hat, onBehalfOf: { id: official, name: entry.name } };
    yield worn;
    yield* await succeeding(deps, worn);
  }
}

/** The ids of the officials that the person under a hat stands in for today. */
export const stoodInFor = async (deps: HatSurroundings, hat: Caller, today: CivilDate): Promise<string[]> =>
  (await Array.fromAsync(standInHats(deps, hat, today))).flatMap(({ onBehalfOf }) => onBehalfOf?.id ?? []);

/** A caller's hats beside its own: those of its own name first. */
const othersOf = async (deps: HatSurroundings, caller: Caller, today: CivilDate): Promise<Caller[]> => {
  const [own, standIns] = await Promise.all([
    succeeding(deps, caller),
    Array.fromAsync(standInHats(deps, caller, today)),
  ]);
  return [...own, ...standIns];
};

/** A caller's hats today, one after the other: its own first. Whom it stands in for is not looked up before it is needed. */
async function* eachHat(deps: HatSurroundings, caller: Caller, today: CivilDate): AsyncGenerator<Caller> {
  yield caller;
  yield* await othersOf(deps, caller, today);
}

/** All of them. */
export const hatsOf = async (
  deps: HatSurroundings,
  caller: Caller,
  today: CivilDate,
): Promise<readonly [Caller, ...Caller[]]> => [caller, ...(await othersOf(deps, caller, today))];

/** Those of these hats that see something, those that see the most first. */
export const seeingMost = (hats: readonly Caller[], sees: (hat: Caller) => Sight | undefined): Caller[] =>
  bestFirst.flatMap((sight) => hats.filter((hat) => sees(hat) === sight));

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
  const [first, ...more] = seeingMost(await hatsOf(deps, caller, today), sees);
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

/** The hats under which something may be done; the others are looked up once, and only where the own does not do. */
export interface HatsToTry {
  readonly own: Caller;
  readonly others: () => Promise<readonly Caller[]>;
}

export function hatsToTry(deps: HatSurroundings, own: Caller, today: CivilDate): HatsToTry {
  let others: Promise<readonly Caller[]> | undefined;
  return { own, others: () => (others ??= othersOf(deps, own, today)) };
}

/** What comes of trying under one hat: what would be done, nothing because it is on file already, or a refusal. */
export type Tried<T> =
  | { readonly done: T }
  | { readonly nothing: true }
  /** `bars`: a rule about persons, not about roles. */
  | { readonly refused: Refusal; readonly bars: boolean };

/** What a rule about persons is refused with: it holds whatever hat is worn. */
const aboutPersons: ReadonlySet<string> = new Set<CommonRefusal>([
  'own-approval',
  'recused',
  'handler-is-subject',
  'reviewer-took-part',
]);

export const refusedHat = (refused: Refusal, bars = aboutPersons.has(refused.refused)): Tried<never> => ({
  refused,
  bars,
});

/** Under another hat it may be done: there it may be the other unit's turn. */
const otherHat: ReadonlySet<string> = new Set<CommonRefusal>(['not-yours', 'not-found', 'not-now']);
const isNotHats = <T>(tried: Tried<T>): boolean =>
  'refused' in tried && !tried.bars && otherHat.has(tried.refused.refused);

/**
 * Finds the hat under which something is done (`docs/decisions/0009`): the caller's own, then those of the officials that it
 * stands in for, until one is neither refused as another's nor finds it on file already. A rule that keeps one of these
 * officials from it ends the search, whichever comes first: standing in for a second one must not be the way round. Nothing
 * is done here, so nothing can be done twice. Undefined where it is on file already, unless it is wanted once more in another's
 * name (`own-approval`); else the refusal that says the most.
 */
export async function underHats<T>(
  { own, others }: HatsToTry,
  attempt: (hat: Caller) => Tried<T> | Promise<Tried<T>>,
): Promise<{ readonly hat: Caller; readonly done: T } | Refusal | undefined> {
  const first = await attempt(own);
  if ('done' in first) return { hat: own, done: first.done };
  if ('refused' in first && !isNotHats(first)) return first.refused;
  const tried: { readonly hat: Caller; readonly outcome: Tried<T> }[] = [{ hat: own, outcome: first }];
  for (const hat of await others()) tried.push({ hat, outcome: await attempt(hat) });
  const barred = tried.some(({ outcome }) => 'refused' in outcome && outcome.bars);
  if (!barred)
    for (const { hat, outcome } of tried) {
      if ('done' in outcome) return { hat, done: outcome.done };
      if ('refused' in outcome && !isNotHats(outcome)) break;
    }
  const outcomes = tried.map(({ outcome }) => outcome);
  const refusals = outcomes.flatMap((outcome) => ('refused' in outcome ? outcome : []));
  // What one has done for oneself is on file, and is not done again for another: that is what has to be said.
  const again = refusals.find(({ refused }) => refused.refused === 'own-approval');
  if (outcomes.some((outcome) => 'nothing' in outcome)) return again?.refused;
  const says =
    refusals.find(({ bars }) => bars) ??
    refusals.find((one) => !isNotHats(one)) ??
    refusals.find(({ refused }) => refused.refused === 'not-now') ??
    refusals.find(({ refused }) => refused.refused === 'not-yours');
  return says?.refused ?? refuse('not-found');
}

/** The commands that are open to a caller today under any of its hats, by the same rules as `underHats`. */
export function allowedUnder(open: OpenMatter, hats: readonly Caller[], today: CivilDate): string[] {
  const seeing = hats.filter((hat) => open.sees(hat) !== undefined);
  const allowed = new Set(seeing.flatMap((hat) => open.allowed(hat, today)));
  return open.measure.commandSheets
    .map(({ name }) => name)
    .filter((name) => {
      const may = seeing.filter((hat) => open.permits(name, hat));
      const own = may.filter((hat) => hat.onBehalfOf === undefined);
      const unbarred = (own.length > 0 ? own : may).every((hat) => open.barred(name, hat) === undefined);
      return allowed.has(name) && unbarred;
    });
}
