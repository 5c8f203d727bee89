import type * as z from 'zod/mini';
import type { Commit, StoredEvent } from './commit.ts';

/**
 * How events of old types are raised when they are read, by the old type: the same event as a present type says it. Pure;
 * what it gives is parsed like any other stored event, and may itself be raised again.
 */
export type Raise = Readonly<Record<string, (old: StoredEvent) => StoredEvent>>;

/** Reads the stored events of one kind of file (docs/decisions/0012). */
export interface EventReader<E> {
  /**
   * The event as this release knows it. Undefined where its type is of a newer release; throws a `ZodError` where the type
   * is known and the data is not what it must be: then the file is damaged.
   */
  readonly read: (stored: StoredEvent) => E | undefined;
  /** The event in the words of this release, whether or not it knows what it says. */
  readonly raised: (stored: StoredEvent) => StoredEvent;
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
    return up === undefined ? stored : raised(up(stored));
  };
  const read = (stored: StoredEvent): E | undefined => {
    const present = raised(stored);
    return knows(present.type) ? event.parse(present) : undefined;
  };
  const events = (file: readonly Commit[]): StoredEvent[] => file.flatMap((commit) => commit.events);
  return {
    read,
    raised,
    all: (file) => events(file).flatMap((stored) => read(stored) ?? []),
    isNewer: (file) => events(file).some((stored) => !knows(raised(stored).type)),
  };
}
