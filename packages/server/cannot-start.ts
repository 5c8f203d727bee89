import { FolderInUse } from '@dandang/store/sqlite/sole-service.ts';
import { DataUnreadable, NewerData } from '@dandang/store/sqlite/connection.ts';
import { isDiskFull } from '@dandang/store/sqlite/error-code.ts';
import { NotKept } from '@dandang/store/town.ts';
import * as z from 'zod/mini';

/** Why a service does not start, and what to do about it: one sentence for whoever started it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** What the settings are called by whoever set them. */
export interface SettingNames {
  readonly folder: string;
  readonly port: string;
}

const ofTheEnvironment: SettingNames = { folder: 'DANDANG_DATA', port: 'PORT' };

const systemError = z.object({ code: z.string(), syscall: z.optional(z.string()) });
const refusedWrites: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** Says what kept a service from starting on a folder and a port; gives the error itself where that is not known. */
export function whyNot(error: unknown, folder: string, port: number, named = ofTheEnvironment): unknown {
  if (error instanceof CannotStart) return error;
  const cannot = (sentence: string): CannotStart => new CannotStart(sentence, { cause: error });
  if (error instanceof FolderInUse)
    return cannot(
      `Another service is running on the data folder ${folder}: stop it, or name another folder in ${named.folder}.`,
    );
  if (error instanceof NewerData)
    return cannot(`The data folder ${folder} was written by a newer release: start that one, or an even newer.`);
  if (error instanceof DataUnreadable)
    return error.why === 'read-only'
      ? cannot(notWritable(folder, named))
      : cannot(
          `${folder}/town.sqlite is damaged: run npm run restore -- --data ${folder}, which makes it anew from the copies and keeps the damaged file.`,
        );
  const { code = '', syscall } = systemError.safeParse(error).data ?? {};
  if (code === 'EADDRINUSE')
    return cannot(`Port ${port} is taken: stop what listens there, or set ${named.port} to another.`);
  if (code === 'EACCES' && syscall === 'listen')
    return cannot(`This user may not listen on port ${port}: give it the right to, or set ${named.port} to another.`);
  if (syscall === 'listen' || syscall === 'getaddrinfo')
    return cannot(`This machine has no such address to listen on (${code}): name one of its own in the settings.`);
  const full = code === 'ENOSPC' || code === 'EDQUOT' || isDiskFull(error) || (error instanceof NotKept && error.full);
  if (full) return cannot(`The disk of the data folder ${folder} is full: make room and start again.`);
  return refusedWrites.has(code) ? cannot(notWritable(folder, named)) : error;
}

const notWritable = (folder: string, named: SettingNames): string =>
  `The data folder ${folder} cannot be written: give this user the right to, or name another folder in ${named.folder}.`;
