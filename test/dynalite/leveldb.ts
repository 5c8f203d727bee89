import { createRequire } from 'node:module';
import * as z from 'zod/mini';

/** The LevelDB that dynalite 4.0.0 brings, where it needs a hand. */

/** Loads a package through the packages that bring it, so that it is the very copy they use. */
function loadThrough(through: readonly string[], name: string): unknown {
  let require = createRequire(import.meta.url);
  for (const step of through) require = createRequire(require.resolve(step));
  return require(name);
}

const isFunction = (value: unknown): boolean => typeof value === 'function';

const abstractLevel = z.object({ AbstractIterator: z.custom<{ prototype: object }>(isFunction) });

const classicLevel = z.object({
  ClassicLevel: z.custom<new (folder: string) => { open(): Promise<void>; close(): Promise<void> }>(isFunction),
});

/**
 * Lets dynalite close the iterator behind each Query. It calls `iterator.return()`, which iterators no longer have since
 * abstract-level 2, so none was ever closed: each Query kept about 40 kB, and a snapshot of the data that LevelDB may not
 * compact, until the process ended. Calling this again changes nothing.
 */
export function closeFinishedIterators(): void {
  for (const through of [
    ['dynalite', 'level', 'classic-level'],
    ['dynalite', 'memory-level'],
  ]) {
    const { AbstractIterator } = z.parse(abstractLevel, loadThrough(through, 'abstract-level'));
    // Iterators over entries, keys and values share the class above AbstractIterator.
    const shared: unknown = Object.getPrototypeOf(AbstractIterator.prototype);
    if (typeof shared !== 'object' || shared === null || 'return' in shared) continue;
    Object.defineProperty(shared, 'return', {
      value(this: { close(): Promise<void> }) {
        return this.close();
      },
    });
  }
}

/**
 * Throws when another process (or this one) has the folder open, or its files are damaged. dynalite opens it behind the
 * first request and, when that fails, throws where nobody can catch it.
 */
export async function openOnce(folder: string): Promise<void> {
  const { ClassicLevel } = z.parse(classicLevel, loadThrough(['dynalite', 'level'], 'classic-level'));
  const database = new ClassicLevel(folder);
  try {
    await database.open();
  } catch (error) {
    throw new Error(`the data in ${folder} cannot be opened: is another process using it?`, { cause: error });
  }
  await database.close();
}
