import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { ownPart } from '../own-part.ts';
import { interviewEvent } from './events.ts';
import { evolveInterview } from './evolve.ts';

/*
 * What others must know of an interview, read from its file without the measure itself: the ladder, and the matter that
 * it came from.
 */

/** What others must know of an interview that was held; undefined for one that was not. */
export interface HeldOnFile {
  readonly heldAt: Instant;
  readonly heldOn: CivilDate;
  readonly annulled: boolean;
  /** Whose ladders it stands on, by what the deployment counts. */
  readonly subjects: { readonly persons: readonly string[]; readonly units: readonly string[] };
  /** Whether nobody but one person was called: no other, and no group. */
  readonly alone: boolean;
}

const part = (file: readonly Commit[]) =>
  ownPart(file, { event: interviewEvent, evolve: evolveInterview, withdrawn: 'withdrawn' });

/** Reads an interview's file for the ladder. */
export function heldOnFile(file: readonly Commit[]): HeldOnFile | undefined {
  const body = part(file);
  const heldAt = body?.details.held?.heldAt;
  if (body === undefined || heldAt === undefined) return undefined;
  return {
    heldAt,
    heldOn: chinaDate(heldAt),
    annulled: body.state === 'annulled',
    subjects: { persons: body.subjects.map((one) => one.id), units: [body.unit.id] },
    alone: body.subjects.length === 1 && body.details.groups.length === 0,
  };
}

/** The matter that an interview came from, and how the interview stands. */
export function originOf(
  file: readonly Commit[],
): { readonly kind: string; readonly id: string; readonly state: string } | undefined {
  const body = part(file);
  const origin = body?.details.origin;
  return body === undefined || origin === undefined ? undefined : { ...origin, state: body.state };
}
