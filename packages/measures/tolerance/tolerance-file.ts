import type { Commit } from '@dandang/casework/commit.ts';
import { ownPart } from '../own-part.ts';
import { toleranceEvent, toleranceRaise } from './events.ts';
import { evolveTolerance } from './evolve.ts';
import type { Tolerance } from './tolerance-matter.ts';

/** What others must know of a tolerance matter: the standing of its official, and the ladder. */
export type ToleranceOnFile = Pick<Tolerance, 'id' | 'version' | 'policy' | 'unit' | 'subjects' | 'details'>;

/** Reads a tolerance matter's file; undefined where it holds none. */
export function toleranceOnFile(id: string, file: readonly Commit[]): ToleranceOnFile | undefined {
  const body = ownPart(file, {
    event: toleranceEvent,
    raise: toleranceRaise,
    evolve: evolveTolerance,
    withdrawn: 'withdrawn',
  });
  const [first, newest] = [file[0], file.at(-1)];
  if (body === undefined || first?.policy === undefined || newest === undefined) return undefined;
  const { unit, subjects, details } = body;
  return { id, version: newest.version, policy: first.policy, unit, subjects, details };
}
