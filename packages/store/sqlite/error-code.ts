import * as z from 'zod/mini';

const sqliteError = z.object({ code: z.literal('ERR_SQLITE_ERROR'), errcode: z.number() });

/** SQLite's primary result code (https://sqlite.org/rescode.html); undefined for an error of something else. */
export function primaryCode(error: unknown): number | undefined {
  const parsed = sqliteError.safeParse(error);
  return parsed.success ? parsed.data.errcode & 0xff : undefined;
}

/** SQLITE_FULL: the disk has no room. */
export const isDiskFull = (error: unknown): boolean => primaryCode(error) === 13;
