import { setTimeout } from 'node:timers/promises';
import { openBeside } from '@dandang/store/sqlite/beside.ts';
import type { FoundDamage } from './damage-watch.ts';

/*
 * Looks through a data file for what is damaged: every commit against its hash, every page and index. A program of its own
 * beside the service, so that nobody waits for it, and a page that brings SQLite down brings down nothing else. Each find is
 * a line of JSON on standard output, the last says that all was looked at.
 */

const [, , path = ''] = process.argv;
const say = (found: FoundDamage): void => void process.stdout.write(`${JSON.stringify(found)}\n`);

const town = openBeside(path);
const unreadable = new Set<number>();
let commits = 0;
let begun = performance.now();
for (const rows of town.everyCommit((seq) => unreadable.add(seq))) {
  commits += rows.length;
  for (const { matter, whole } of rows) if (!whole) say({ file: matter });
  // As long as it worked: the service comes first.
  await setTimeout(performance.now() - begun);
  begun = performance.now();
}
const faults = town.faults();
if (faults.length > 0) for (const file of filesNotAsTheyLie()) say({ file });
for (const file of town.ownersOf(unreadable)) say({ file });
for (const fault of faults) say({ fault });
town.close();
say({ commits });

/** The files of which a reader, who goes by the index, gets nothing or less than there is. */
function* filesNotAsTheyLie(): Generator<string> {
  const counts = new Map<string, number>();
  for (const rows of town.everyCommit(() => undefined))
    for (const { matter } of rows) counts.set(matter, (counts.get(matter) ?? 0) + 1);
  for (const [file, count] of counts) if (readable(file) !== count) yield file;
}

function readable(file: string): number | undefined {
  try {
    return town.read(file).length;
  } catch {
    return undefined;
  }
}
