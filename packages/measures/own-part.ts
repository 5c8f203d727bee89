import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Actor, Commit } from '@dandang/casework/commit.ts';
import { eventReader, type Raise } from '@dandang/casework/event-reader.ts';
import { type Body, handedTo, isCommonType, unitRef } from '@dandang/casework/matter.ts';
import * as z from 'zod/mini';

const succeeded = z.object({ unit: unitRef });

/** Whether a file holds what only a newer release of its measure knows: it can be read, and nothing is added to it. */
export function isNewerPart<E>(
  file: readonly Commit[],
  measure: { readonly event: z.ZodMiniType<E>; readonly raise?: Raise },
): boolean {
  const { read } = eventReader(measure.event, measure.raise);
  return file.some(({ events }) => events.some((event) => !isCommonType(event.type) && read(event) === undefined));
}

/**
 * A matter's own part, read from its file by others without the measure itself: its state, who it is about, and what its
 * own events say, as far as this release knows them. Undefined where the file holds none.
 */
export function ownPart<S extends string, D, E>(
  file: readonly Commit[],
  measure: {
    readonly event: z.ZodMiniType<E>;
    readonly raise?: Raise;
    readonly evolve: (body: Body<S, D> | undefined, event: E, at: Instant, by: Actor) => Body<S, D>;
    readonly withdrawn: S;
  },
): Body<S, D> | undefined {
  const { read } = eventReader(measure.event, measure.raise);
  let body: Body<S, D> | undefined;
  let formerly: readonly Body<S, D>['unit'][] = [];
  for (const { events, at, by } of file)
    for (const event of events) {
      if (event.type === 'Withdrawn' && body !== undefined) body = { ...body, state: measure.withdrawn };
      if (event.type === 'UnitSucceeded' && body !== undefined) {
        const { unit } = succeeded.parse(event.data);
        formerly = [...formerly, body.unit];
        body = handedTo(body, unit);
      }
      if (isCommonType(event.type)) continue;
      const own = read(event);
      // What begins with an event of a newer release says nothing that could be read.
      if (own === undefined && body === undefined) return undefined;
      if (own !== undefined) body = measure.evolve(body, own, at, by);
    }
  return body === undefined || formerly.length === 0 ? body : { ...body, formerly };
}
