/** Who waits for what, by the store that it is kept in. */
const turns = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Runs work on one file of a store after all that this process began on it before, whatever became of that: where many
 * want the same file none loses a race and has to decide again. Between processes races go on, and are decided by the store.
 */
export async function inTurn<T>(store: object, key: string, work: () => Promise<T>): Promise<T> {
  const waiting = turns.get(store) ?? new Map<string, Promise<unknown>>();
  turns.set(store, waiting);
  const before = waiting.get(key);
  const own = before === undefined ? work() : before.then(work, work);
  waiting.set(key, own);
  try {
    return await own;
  } finally {
    if (waiting.get(key) === own) waiting.delete(key);
  }
}
