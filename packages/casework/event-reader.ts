import type * as z from 'zod/mini';
import type { Commit, StoredEvent } from './commit.ts';

/**
 * How old events are raised when they are read, by the type that they were written under: the same event as a present type,
 * or the same type in its present words, says it. Pure; what it gives is parsed like any other stored event. Under another
 * type it may itself be raised again; under its own it is as it is to be.
 */
export type Raise = Readonly<Record<string, (old: StoredEvent) => StoredEvent>>;

/** Reads the stored events of one kind of file (docs/decisions/0012). */
export interface EventReader<E> {
  /** The event in the present words, whether this release knows its type or not: what a history shows. */
  readonly raised: (stored: StoredEvent) => StoredEvent;
  /**
   * The event as this release knows it. Undefined where its type is of a newer release; throws a `ZodError` where the type
   * is known and the data is not what it must be: then the file is damaged.
   */
  readonly read: (stored: StoredEvent) => E | undefined;
  /** Every event of a file that this release knows, oldest first. */
  readonly all: (file: readonly Commit[]) => E[];
  /** Whether a file holds an event of a newer release: it is read as far as it is known, and nothing is added to it. */
  readonly isNewer: (file: readonly Commit[]) => boolean;
}

/** A reader of the events of a schema: one event, or a union that tells its events apart by `type`. */
export function eventReader<E>(event: z.ZodMiniType<E>, raise: Raise = {}): EventReader<E> {
  // Looked up late: a bundle that reads no such file pays nothing for it.
  const knows = (type: string): boolean => event._zod.propValues?.['type']?.has(type) ?? false;
  const raised = (stored: StoredEvent): StoredEvent => {
    const up = Object.hasOwn(raise, stored.type) ? raise[stored.type] : undefined;
    if (up === undefined) return stored;
    const present = up(stored);
    return present.type === stored.type ? present : raised(present);
  };
  const read = (stored: StoredEvent): E | undefined => {
    const present = raised(stored);
    return knows(present.type) ? event.parse(present) : undefined;
  };
  const events = (file: readonly Commit[]): StoredEvent[] => file.flatMap((commit) => commit.events);
  return {
    raised,
    read,
    all: (file) => events(file).flatMap((stored) => read(stored) ?? []),
    isNewer: (file) => events(file).some((stored) => !knows(raised(stored).type)),
  };
}
