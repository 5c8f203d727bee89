import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Actor } from './commit.ts';

/* What each of the units of a matter has for itself: the one that it is about, those that assist it 协办, and those before. */

interface Named {
  readonly id: string;
  readonly name: string;
}
interface WithUnits {
  readonly unit: Named;
  readonly assisting?: readonly Named[] | undefined;
  readonly formerly?: readonly Named[] | undefined;
}

/** The units that have a part in it now: the one that it is about, and those that assist it. */
export const unitsWithPart = ({ unit, assisting = [] }: WithUnits): Named[] => [unit, ...assisting];

/** The units that have a part in it, or had one. */
export const unitsEver = (matter: WithUnits): Named[] => [...unitsWithPart(matter), ...(matter.formerly ?? [])];

/** A command of a unit's, with what was entered, that waits for the signature of one of its heads; `by.unit` is the unit. */
export interface UnitsDraft {
  readonly command: string;
  readonly input: unknown;
  readonly by: Actor;
  readonly at: Instant;
}
interface WithDrafts {
  readonly unitsDrafts: readonly UnitsDraft[];
}

/** What a unit has put forward and nobody has signed yet. */
export const draftOf = ({ unitsDrafts }: WithDrafts, unit: string): UnitsDraft | undefined =>
  unitsDrafts.find(({ by }) => by.unit === unit);

/** What the other units have put forward. */
export const draftsBut = ({ unitsDrafts }: WithDrafts, unit: string): UnitsDraft[] =>
  unitsDrafts.filter(({ by }) => by.unit !== unit);
