import type { Commit, StoredEvent } from './commit.ts';
import { eventReader } from './event-reader.ts';
import { evolveCommon } from './evolve-common.ts';
import { commonEvent, committed, headerOf, isCommonType, type Matter } from './matter.ts';
import { unitsWithPart } from './unit-parts.ts';
import { type KeptStages, keptStages } from './kept-stages.ts';
import type { MeasureDefinition } from './measure-definition.ts';

/** How matters of a measure are folded from their commits: its own events by its `evolve`, those of every measure by ours. */
export function foldingOf<S extends string, D, E extends StoredEvent, I>(
  definition: MeasureDefinition<S, D, E, I>,
): KeptStages<Matter<S, D>> {
  const ownEvents = eventReader(definition.event, definition.raise);

  /** Undefined where the file begins with what only a newer release knows: then nothing can be said of the matter. */
  const evolveOne = (
    matter: Matter<S, D> | undefined,
    event: StoredEvent,
    commit: Commit,
    id: string,
  ): Matter<S, D> | undefined => {
    if (isCommonType(event.type)) {
      if (matter === undefined) throw new Error(`a file cannot begin with ${event.type}`);
      return evolveCommon(matter, commonEvent.parse(event), commit, definition.withdrawn);
    }
    const own = ownEvents.read(event);
    if (own === undefined)
      return matter === undefined ? undefined : { ...matter, newer: new Set([...(matter.newer ?? []), event.type]) };
    const body = definition.evolve(matter, own, commit.at, commit.by);
    const header = matter ?? headerOf(definition.kind, id, commit);
    const { state, unit, formerly = matter?.formerly, assisting, organ, subjects, details } = body;
    const stateSince = matter?.state === state ? matter.stateSince : commit.at;
    // What a unit has put forward goes with its part.
    const parts = new Set(unitsWithPart(body).map((one) => one.id));
    const unitsDrafts = header.unitsDrafts.filter(({ by }) => parts.has(by.unit));
    return { ...header, unitsDrafts, state, unit, formerly, assisting, organ, subjects, details, stateSince };
  };

  const stages = keptStages<Matter<S, D>>((before, commit, id) => {
    let matter = before;
    for (const event of commit.events) {
      matter = evolveOne(matter, event, commit, id);
      if (matter === undefined) return undefined;
    }
    return matter === undefined ? undefined : committed(matter, commit);
  });

  return stages;
}
