import { instant } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';

/** The name of the list in a backup; it is written last. */
export const manifestName = 'manifest.json';
/** Where the commits lie in a data folder and in a backup. */
export const townName = 'town.sqlite';

/** How the name begins under which a damaged data file is kept when it is made anew. */
export const damagedPrefix = 'damaged-';

/** What a backup says of itself: every file in it with its size in bytes and its SHA-256, and what it was made of. */
export const backupManifest = z.object({
  /** Counts up when a reader must know of a change. */
  format: z.literal(1),
  at: instant,
  commits: z.number(),
  files: z.array(z.object({ path: z.string(), size: z.number(), sha256: z.string() })),
});
export type BackupManifest = z.infer<typeof backupManifest>;
