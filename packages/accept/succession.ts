import { unitsBySuccessor } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { everyRow } from './listing.ts';
import type { Reference } from './reference.ts';

/** A row of the list of the units whose place a unit took. */
const succeededRow = z.object({ unit: z.string() });

export interface SuccessionSurroundings {
  readonly views: Pick<ViewStore, 'list'>;
  readonly reference: Pick<Reference, 'directory'>;
}

/**
 * The units whose place a unit took, itself or through others, the nearest first. The list only says where to look;
 * whether it holds is read from the succeeded unit's own file.
 */
export async function succeededBy(deps: SuccessionSurroundings, unit: string): Promise<readonly string[]> {
  const found: string[] = [];
  const look = async (successor: string): Promise<void> => {
    const rows = await Array.fromAsync(everyRow(deps.views, unitsBySuccessor.list(successor), succeededRow));
    const named = rows.map((row) => row.unit).filter((one) => one !== unit && !found.includes(one));
    if (named.length === 0) return;
    const directory = await deps.reference.directory({ units: named, officials: [] });
    const held = named.filter((one) => directory.unit(one)?.succeededBy === successor);
    found.push(...held);
    for (const one of held) await look(one);
  };
  if (unit !== '') await look(unit);
  return found;
}

/** A unit that a list is asked for, with those whose place it took; none where it is not asked for one. */
export const withSucceeded = async (
  deps: SuccessionSurroundings,
  unit: string | undefined,
): Promise<readonly string[]> => (unit === undefined ? [] : [unit, ...(await succeededBy(deps, unit))]);
