import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { instantAt, type Instant } from '@dandang/calendar/civil-date.ts';
import { discrepancyLine } from '@dandang/operate/verify.ts';
import { DataUnreadable, NewerData } from '@dandang/store/sqlite/connection.ts';
import { FolderInUse } from '@dandang/store/sqlite/sole-service.ts';
import { DataDamaged } from '@dandang/store/town.ts';
import * as z from 'zod/mini';
import { type ClaimedFolder, claimForRestore } from '../claimed-folder.ts';
import { readUnfinishedRestore } from '../unfinished-restore.ts';
import { backup } from './backup.ts';
import { townName } from './backup-manifest.ts';
import { mendFolder } from './mend-folder.ts';
import { Refused } from './refused.ts';
import { restoreBackup } from './restore-backup.ts';
import { type VerifiedFolder, verifyFolder } from './verify-folder.ts';

/**
 * The operator's commands `verify`, `backup <file.zip>` and `restore [<file.zip>]` (`docs/runbook.md`). With `--stage` they
 * are the cloud's; else those of one machine, of the data folder `--data`, `DANDANG_DATA` or `.dandang`. They end with 1
 * where something is wrong and 2 for a wrong call, in words.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Asked {
  readonly command: string;
  readonly file: string | undefined;
  readonly folder: string;
}

const usage = 'say verify, backup <file.zip> or restore [<file.zip>], with --data <folder>; in the cloud with --stage';

function asked(args: readonly string[]): Asked {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string' } },
    });
    const [command = '', file, ...more] = positionals;
    if (more.length > 0) throw new Refused(2, usage);
    return { command, file, folder: values.data ?? process.env['DANDANG_DATA'] ?? '.dandang' };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(2, `${error instanceof Error ? error.message : ''}: ${usage}`);
  }
}

const now = (): Instant => instantAt(Date.now());

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

const found = ({ discrepancies, faults }: VerifiedFolder): number => discrepancies.length + faults.length;

function tell(outcome: VerifiedFolder): void {
  for (const one of outcome.discrepancies) say(discrepancyLine(one));
  for (const fault of outcome.faults) say(`damaged-pages\t${townName}: ${fault}\t0`);
  const { files, commits, attachments, onTheirWay } = outcome;
  say(
    `${files} files, ${commits} commits, ${attachments} attachments, ${onTheirWay} copies on their way, ${found(outcome)} discrepancies`,
  );
}

async function verifyNow(folder: string): Promise<number> {
  if (!(await isThere(join(folder, townName))))
    throw new Refused(2, `There is no data in ${folder}: name the data folder with --data.`);
  const outcome = await verifyFolder(folder);
  tell(outcome);
  const begun = await readUnfinishedRestore(folder);
  if (begun !== undefined) say(`A restore of ${folder} did not end: run npm run restore again.`);
  return found(outcome) === 0 && begun === undefined ? 0 : 1;
}

async function backupNow(target: string | undefined, folder: string): Promise<number> {
  if (target === undefined) throw new Refused(2, 'say where to: npm run backup -- <file.zip>');
  const { files, commits, size, sha256 } = await backup({ folder, target, now, signal: ended.signal });
  say(`${files} files, ${commits} commits, ${size} bytes in ${target}`);
  say(`sha256 ${sha256}`);
  return 0;
}

async function restoreNow(file: string | undefined, folder: string): Promise<number> {
  if (file !== undefined && !(await isThere(file))) throw new Refused(2, `There is no file ${file}.`);
  if (file === undefined && !(await isThere(folder)))
    throw new Refused(2, `There is no folder ${folder}: name the backup to restore, or the folder with --data.`);
  const claimed = await claim(folder);
  try {
    if (file === undefined) return await mendNow(folder);
    const { at, files, commits } = await restoreBackup(file, folder);
    say(`${files} files, ${commits} commits restored into ${folder}, as of ${at}`);
    return 0;
  } finally {
    claimed.release();
  }
}

async function claim(folder: string): Promise<ClaimedFolder> {
  try {
    return await claimForRestore(folder);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    throw new Refused(2, `A service is running on ${folder}, or another restore: stop it first.`, { cause: error });
  }
}

/** What a new data file mends: what else is wrong (a copy that is missing, an attachment) stays to be looked at. */
const mendable: ReadonlySet<string> = new Set(['chain', 'unreadable', 'gone-from-table', 'other-bytes']);

async function mendNow(folder: string): Promise<number> {
  const begun = await readUnfinishedRestore(folder);
  if (begun?.from === 'backup')
    throw new Refused(
      2,
      `A restore into ${folder} did not end: run it again with its file, npm run restore -- <file.zip>.`,
    );
  const there = await isThere(join(folder, townName));
  if (!there && begun === undefined && !(await isThere(join(folder, 'copies'))))
    throw new Refused(2, `There is no data in ${folder}: name the backup to restore, or the data folder with --data.`);
  if (there && begun === undefined) {
    const before = await verifyFolder(folder);
    if (before.faults.length === 0 && !before.discrepancies.some(({ what }) => mendable.has(what))) {
      tell(before);
      say(`${join(folder, townName)} is whole: nothing was changed.`);
      return found(before) === 0 ? 0 : 1;
    }
  }
  const { commits, readOut, conflicts, kept } = await mendFolder(folder, now);
  for (const one of conflicts) say(`conflict\t${one.file}\t${one.version}`);
  say(`${commits} commits restored, ${readOut} of them without a copy, ${conflicts.length} conflicts`);
  if (kept !== undefined) say(`The file as it was is kept as ${join(folder, kept)}.`);
  const after = await verifyFolder(folder);
  tell(after);
  return found(after) === 0 && conflicts.length === 0 ? 0 : 1;
}

async function run({ command, file, folder }: Asked): Promise<number> {
  switch (command) {
    case 'verify':
      return verifyNow(folder);
    case 'backup':
      return backupNow(file, folder);
    case 'restore':
      return restoreNow(file, folder);
    default:
      throw new Refused(2, usage);
  }
}

const systemError = z.object({ code: z.string(), path: z.optional(z.string()) });
const refusedWrites: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** What is said where the folder or the disk does not let it be done. */
function why(error: unknown): { readonly said: string; readonly exitCode: 1 | 2 } | undefined {
  if (error instanceof Refused) return { said: error.message, exitCode: error.exitCode };
  if (error instanceof NewerData)
    return { said: 'The data was written by a newer release: use that one, or an even newer.', exitCode: 2 };
  if (error instanceof DataUnreadable)
    return error.why === 'damaged'
      ? { said: `${townName} is damaged: npm run verify says where, npm run restore makes it anew.`, exitCode: 1 }
      : { said: `${error.message}: run it as the user whom the folder belongs to.`, exitCode: 2 };
  if (error instanceof DataDamaged)
    return { said: `${townName} is damaged: npm run verify says where, npm run restore makes it anew.`, exitCode: 1 };
  const { code = '', path = '' } = systemError.safeParse(error).data ?? {};
  if (code === 'ENOSPC') return { said: 'The disk is full: make room and do it again.', exitCode: 1 };
  if (refusedWrites.has(code)) return { said: `${path} cannot be read or written by this user.`, exitCode: 2 };
  if (code === 'ENOENT') return { said: `There is no ${path}.`, exitCode: 2 };
  return undefined;
}

try {
  const args = process.argv.slice(2);
  if (args.some((one) => one === '--stage' || one.startsWith('--stage=')))
    await import('@dandang/lambda/operate/operator.ts');
  else process.exitCode = await run(asked(args));
} catch (error) {
  const told = why(error);
  if (told === undefined && !ended.signal.aborted) throw error;
  process.stderr.write(`${told?.said ?? 'It was ended from outside; nothing is left of it.'}\n`);
  process.exitCode = told?.exitCode ?? 1;
}
