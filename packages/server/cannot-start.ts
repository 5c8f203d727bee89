import { FolderInUse } from '@dandang/store/sqlite/sole-service.ts';
import { DataUnreadable, NewerData } from '@dandang/store/sqlite/connection.ts';
import { isDiskFull } from '@dandang/store/sqlite/error-code.ts';
import { NotKept } from '@dandang/store/town.ts';
import * as z from 'zod/mini';

/** Why a service does not start, and what to do about it: one sentence for whoever started it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

const systemError = z.object({ code: z.string() });
const refusedWrites: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** Says what kept a service from starting on a folder and a port; gives the error itself where that is not known. */
export function whyNot(error: unknown, folder: string, port: number): unknown {
  if (error instanceof CannotStart) return error;
  const cannot = (sentence: string): CannotStart => new CannotStart(sentence, { cause: error });
  if (error instanceof FolderInUse)
    return cannot(
      `Another service is running on the data folder ${folder}: stop it, or name another folder in DANDANG_DATA.`,
    );
  if (error instanceof NewerData)
    return cannot(`The data folder ${folder} was written by a newer release: start that one, or an even newer.`);
  if (error instanceof DataUnreadable)
    return error.why === 'read-only'
      ? cannot(notWritable(folder))
      : cannot(
          `${folder}/town.sqlite is damaged: run npm run restore -- --data ${folder}, which makes it anew from the copies and keeps the damaged file.`,
        );
  const code = systemError.safeParse(error).data?.code ?? '';
  if (code === 'EADDRINUSE') return cannot(`Port ${port} is taken: stop what listens there, or set PORT to another.`);
  const full = code === 'ENOSPC' || code === 'EDQUOT' || isDiskFull(error) || (error instanceof NotKept && error.full);
  if (full) return cannot(`The disk of the data folder ${folder} is full: make room and start again.`);
  return refusedWrites.has(code) ? cannot(notWritable(folder)) : error;
}

const notWritable = (folder: string): string =>
  `The data folder ${folder} cannot be written: give this user the right to, or name another folder in DANDANG_DATA.`;
