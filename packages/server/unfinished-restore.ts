import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readIfThere, syncFolder, writeDurably } from './durable-file.ts';

/** What a restore writes down before it begins, and takes away when it has ended: `restoring.json` in the data folder. */
const unfinishedRestore = z.discriminatedUnion('from', [
  /** Everything in the folder came out of a backup. */
  z.object({ from: z.literal('backup') }),
  /** `town.sqlite` is made anew; `kept` is the old one's name, once it has it. */
  z.object({ from: z.literal('copies'), kept: z.string() }),
]);
export type UnfinishedRestore = z.infer<typeof unfinishedRestore>;

export const restoringName = 'restoring.json';
const path = (folder: string): string => join(folder, restoringName);

/** The restore of a folder that was begun and did not end; undefined where there is none. */
export async function readUnfinishedRestore(folder: string): Promise<UnfinishedRestore | undefined> {
  const text = await readIfThere(path(folder));
  return text === undefined ? undefined : unfinishedRestore.parse(JSON.parse(text));
}

export const beginRestore = (folder: string, restore: UnfinishedRestore): Promise<void> =>
  writeDurably(path(folder), JSON.stringify(restore));

export async function endRestore(folder: string): Promise<void> {
  await rm(path(folder));
  await syncFolder(folder);
}
