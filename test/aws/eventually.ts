import { setTimeout as pause } from 'node:timers/promises';

/** Looks again until it holds, two minutes at most; then what was last seen is thrown. */
export async function eventually<T>(look: () => Promise<T>, holds: (seen: T) => boolean, seconds = 120): Promise<T> {
  let seen = await look();
  for (let tries = 0; tries < seconds * 2 && !holds(seen); tries += 1) {
    await pause(500);
    seen = await look();
  }
  if (!holds(seen)) throw new Error(`it never came to hold: ${JSON.stringify(seen).slice(0, 2000)}`);
  return seen;
}
