import { foldDelivery } from '@dandang/casework/delivery.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { reactionActor } from '@dandang/casework/commit.ts';
import { acceptReaction } from '@dandang/accept/accept.ts';
import type { BusEvent } from '@dandang/accept/bus-events.ts';
import type { Route } from '@dandang/api/route.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { deadlineReactions, type ReactSurroundings } from '@dandang/accept/react.ts';
import type { MeasureSurroundings } from '@dandang/api/surroundings.ts';
import { tolerance } from '@dandang/measures/tolerance/tolerance.ts';
import { readFile } from '@dandang/store/file.ts';
import { parseKey } from '@dandang/store/keys.ts';
import { bringEffectsUpTo } from './effects.ts';

/** The commands, and the events, after which an official stands differently. */
const deciding: ReadonlySet<string> = new Set(['decide', 'decide-review', 'rescind']);
const decided: ReadonlySet<string> = new Set(['ToleranceDecided', 'ReviewDecided', 'ToleranceRescinded']);

/** The routes of tolerance; what a decision means for the official is on file before whoever decided is answered. */
export const toleranceRoutes = (deps: MeasureSurroundings): Route[] =>
  measureRoutes(tolerance, deps, async (id, command) => {
    if (deciding.has(command)) await bringEffectsUpTo(deps, id);
    return false;
  });

/** Somebody has signed for a letter of a tolerance matter: once all have, the decision is served. */
async function letterSigned(deps: ReactSurroundings, file: string): Promise<void> {
  const matter = foldDelivery((await readFile(deps.commits, file)).commits)?.matter;
  if (matter?.kind !== tolerance.kind) return;
  const outcome = await acceptReaction(deps, tolerance, matter.id, reactionActor, 'delivery-signed', (open) =>
    open.reaction('delivery-signed', undefined),
  );
  if (isRefusal(outcome)) deps.log.warn('reaction-refused', { file, code: outcome.refused });
}

/** What tolerance makes of timers, calendars, its own decisions and the signatures for them. */
export function toleranceReactions(deps: ReactSurroundings) {
  const deadlines = deadlineReactions(tolerance, deps);
  return async (event: BusEvent): Promise<void> => {
    await deadlines(event);
    if (event.type !== 'CommitAccepted') return;
    const { kind, id } = parseKey(event.file);
    if (kind === tolerance.kind && event.events.some((type) => decided.has(type))) await bringEffectsUpTo(deps, id);
    if (kind === 'delivery' && event.events.includes('DeliveryAcknowledged')) await letterSigned(deps, event.file);
  };
}
