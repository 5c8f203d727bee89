import type { Context, FileRef, Needs } from '@dandang/casework/command.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { mayYetCome, type Taker, takersOf } from '@dandang/casework/origin.ts';
import { type Refusal } from '@dandang/casework/refusal.ts';
import { isOrSucceeds } from '@dandang/casework/succession.ts';
import { isNewerReminder, reminderOnFile } from '../reminder/reminder-file.ts';
import { interviewOnFile, isNewerInterview } from './interview-file.ts';
import { refuse } from './refusals.ts';

/*
 * What an interview may come from: a reminder that was found ineffective, or an interview after which the work still is not
 * what it must be 成效仍不明显. From one of them one interview is alive at a time.
 */

/** In these states an interview has come to nothing, and its origin may lead to another one. */
const cameToNothing: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'withdrawn', 'annulled']);

/** How the origin stands; undefined where there is none. */
const originOnFile = (origin: FileRef, file: readonly Commit[]) =>
  origin.kind === 'reminder' ? reminderOnFile(file) : interviewOnFile(file);

/** The interview that a reminder says it led to: where an earlier release wrote it, its file says nothing else of it. */
function ledTo(origin: FileRef, file: readonly Commit[]): FileRef[] {
  const id = origin.kind === 'reminder' ? reminderOnFile(file)?.details.interview?.id : undefined;
  return id === undefined ? [] : [{ kind: 'interview', id }];
}

/** What must be read for an origin: its file, and those of the interviews that came from it. */
export const originNeeds = (origin: FileRef | undefined): Pick<Needs, 'files' | 'filesBehind' | 'unitsOfFiles'> =>
  origin === undefined
    ? {}
    : {
        files: [origin],
        unitsOfFiles: true,
        filesBehind: (file) =>
          [...takersOf(file(origin)), ...ledTo(origin, file(origin))].map(({ kind, id }) => ({ kind, id })),
      };

const isAlive = (file: readonly Commit[]): boolean => !cameToNothing.has(interviewOnFile(file)?.state ?? '');

/** The other interview that came from the origin and is alive, or about to be. */
function aliveFrom(origin: FileRef, { file, now, matterKey }: Context): FileRef | undefined {
  const commits = file(origin);
  const isOther = ({ kind, id }: FileRef): boolean => `${kind}/${id}` !== matterKey;
  const comes = (taker: Taker): boolean => (file(taker).length === 0 ? mayYetCome(taker, now) : isAlive(file(taker)));
  return (
    takersOf(commits).filter(isOther).findLast(comes) ??
    ledTo(origin, commits).find((one) => isOther(one) && file(one).length > 0 && isAlive(file(one)))
  );
}

/**
 * Whether an interview of a unit may come from an origin. Refuses with `origin-taken` (`other` names the interview) where
 * another one came from it and is alive, `origin-not-ineffective`, `unit-mismatch`, and `newer-release` where nothing may
 * be added to the origin's file.
 */
export function originHolds(origin: FileRef, unit: string, context: Context): Refusal | undefined {
  const file = context.file(origin);
  const alive = aliveFrom(origin, context);
  if (alive !== undefined) return refuse('origin-taken', { other: [{ kind: alive.kind, id: alive.id }] });
  const found = originOnFile(origin, file);
  const wanted = origin.kind === 'reminder' ? 'ineffective' : 'unresolved';
  if (found?.state !== wanted) return refuse('origin-not-ineffective');
  if (origin.kind === 'reminder' ? isNewerReminder(file) : isNewerInterview(file)) return refuse('newer-release');
  return isOrSucceeds(unit, found.unit.id, context.directory) ? undefined : refuse('unit-mismatch');
}
