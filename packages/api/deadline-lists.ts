import { type Caller, handlesForOthers } from '@dandang/access/caller.ts';
import { readersOf } from '@dandang/access/party.ts';
import { openDeadlines, openDeadlinesByParty } from '@dandang/store/keys.ts';

/** The lists with the fewest rows that hold every open deadline that the caller may follow, of some units where they are asked for. */
export function deadlineLists(units: readonly string[], hats: readonly Caller[]): readonly string[] {
  if (units.length > 0) return units.map((unit) => openDeadlinesByParty.list(`unit:${unit}`));
  if (hats.some(handlesForOthers)) return [openDeadlines.list()];
  return hats.flatMap(readersOf).map(openDeadlinesByParty.list);
}
