import { type CivilDate, civilDate } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import type { Commit } from './commit.ts';
import { eventReader } from './event-reader.ts';
import { idText } from './input.ts';

/**
 * A stand-in 委托: from one day to another, both included, a person may do what an absent official's roles permit. Every
 * act then carries both names, and a rule that keeps either of them from an act keeps the stand-in from it.
 */
export const standIn = z.strictObject({ person: idText, from: civilDate, to: civilDate });
export type StandIn = z.infer<typeof standIn>;

/** The event of the file `stand-in/<official>`; the newest is in force, `null` ends it. */
export const standInSet = z.object({
  type: z.literal('StandInSet'),
  data: z.object({ standIn: z.nullable(z.object(standIn.shape)) }),
});
export const standInEvents = eventReader(standInSet);

/** Who stands in; nobody where a newer release said something else of it, since that may have ended it. */
export function foldStandIn(file: readonly Commit[]): StandIn | null {
  if (standInEvents.isNewer(file)) return null;
  return standInEvents.all(file).at(-1)?.data.standIn ?? null;
}

export const standsInOn = (set: StandIn | null, person: string, today: CivilDate): boolean =>
  set !== null && set.person === person && set.from <= today && today <= set.to;
