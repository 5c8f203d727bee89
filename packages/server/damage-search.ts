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
/** A commit that an index misses is one that a reader of its file does not get. */
for (const fault of faults) {
  const seq = /^row (\d+) missing from index (sqlite_autoindex_commits_1|commits_by_day)/.exec(fault)?.[1];
  if (seq !== undefined) unreadable.add(Number(seq));
}
for (const file of town.ownersOf(unreadable)) say({ file });
for (const fault of faults) say({ fault });
town.close();
say({ commits });
