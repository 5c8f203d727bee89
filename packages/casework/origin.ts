import { type Instant, msOf } from '@dandang/calendar/civil-date.ts';
import type { FileRef } from './command.ts';
import type { Commit } from './commit.ts';
import { eventReader } from './event-reader.ts';
import { takenAsOrigin } from './matter.ts';

/*
 * A matter that comes from another one, its origin 来源, says so on the origin's file before it is put on its own: two that
 * are opened at the same moment meet in that one conditional write. Whoever dies in between leaves a word on the origin's
 * file and no matter; after a while it stands in nobody's way.
 */

/** How long a matter may stay away after its origin's file has named it, in milliseconds: far longer than any request lives. */
const openingLasts = 10 * 60_000;

/** A matter that was opened from a file, or was about to be when the file named it. */
export interface Taker extends FileRef {
  readonly at: Instant;
}

const reader = eventReader(takenAsOrigin);

/** The matters that a file names as opened from it, oldest first. */
export const takersOf = (file: readonly Commit[]): Taker[] =>
  file.flatMap((commit) => reader.all([commit]).map(({ data }) => ({ ...data, at: commit.at })));

/** Whether a matter whose own file is still empty may yet come. */
export const mayYetCome = ({ at }: Taker, now: Instant): boolean => msOf(now) - msOf(at) < openingLasts;
