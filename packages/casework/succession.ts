import type { Directory, Official, Unit, UnitEntry } from './directory.ts';

/*
 * Reorganisation 机构改革: a unit that took another's place acts, sees and is written to wherever that one does
 * (docs/decisions/0019). A chain of successors is followed; a circle, which only two entries at the same moment can
 * make, ends where it began.
 */

/** The units that took a unit's place, the nearest first; `entryOf` is asked of each of them. */
export function successorsOf(
  id: string,
  entryOf: (id: string) => Pick<UnitEntry, 'succeededBy'> | undefined,
): readonly string[] {
  const found: string[] = [];
  for (let next = entryOf(id)?.succeededBy; next !== undefined; next = entryOf(next)?.succeededBy) {
    if (next === id || found.includes(next)) break;
    found.push(next);
  }
  return found;
}

/** A unit's name today and the one it had before, as a new letter names it once: 乙局（原甲局）. */
export const bothNames = (now: string, before: string): string => `${now}（原${before}）`;

/** The two names in one, taken apart again; undefined for any other name. */
export function namesIn(both: string): { readonly now: string; readonly before: string } | undefined {
  const [, now, before] = /^(.+?)（原(.+)）$/.exec(both) ?? [];
  return now === undefined || before === undefined ? undefined : { now, before };
}

/**
 * A unit as it stands today: where another took its place, under both names and at the other's address. A successor that
 * the directory does not know ends the chain.
 */
export function unitToday(id: string, entryOf: (id: string) => UnitEntry | undefined): Unit | undefined {
  const own = entryOf(id);
  if (own === undefined) return undefined;
  const successors = successorsOf(id, entryOf).filter((one) => entryOf(one) !== undefined);
  const last = successors.at(-1);
  const heir = last === undefined ? undefined : entryOf(last);
  if (heir === undefined) return { id, ...own };
  // Letters go to the successor, and whoever asks about one asks there.
  const { mail: _mail, contact: _contact, ...entry } = own;
  return {
    id,
    ...entry,
    name: bothNames(heir.name, own.name),
    ...(heir.mail === undefined ? {} : { mail: heir.mail }),
    ...(heir.contact === undefined ? {} : { contact: heir.contact }),
    successors,
  };
}

/** Whether one unit is another, took its place, or gave its own to it, as far as these were loaded. */
export const isOrSucceeds = (one: string, other: string, { unit }: Pick<Directory, 'unit'>): boolean =>
  one === other || unit(other)?.successors?.includes(one) === true || unit(one)?.successors?.includes(other) === true;

/** Whether a leader is in charge of a unit, or of one that took its place. */
export const isInChargeOf = (leader: Pick<Official, 'inChargeOf'>, unit: string, directory: Directory): boolean =>
  (leader.inChargeOf ?? []).some((one) => isOrSucceeds(one, unit, directory));
