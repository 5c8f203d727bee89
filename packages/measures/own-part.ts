import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Actor, Commit } from '@dandang/casework/commit.ts';
import { type Body, isCommonType } from '@dandang/casework/matter.ts';
import type * as z from 'zod/mini';

/**
 * A matter's own part, read from its file by others without the measure itself: its state, who it is about, and what its
 * own events say. Undefined where the file holds none.
 */
export function ownPart<S extends string, D, E>(
  file: readonly Commit[],
  measure: {
    readonly event: z.ZodMiniType<E>;
    readonly evolve: (body: Body<S, D> | undefined, event: E, at: Instant, by: Actor) => Body<S, D>;
    readonly withdrawn: S;
  },
): Body<S, D> | undefined {
  let body: Body<S, D> | undefined;
  for (const { events, at, by } of file)
    for (const event of events) {
      if (event.type === 'Withdrawn' && body !== undefined) body = { ...body, state: measure.withdrawn };
      if (!isCommonType(event.type)) body = measure.evolve(body, measure.event.parse(event), at, by);
    }
  return body;
}
