import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import type { Body } from '@dandang/casework/matter.ts';
import { ownPart } from '../own-part.ts';
import { interviewEvent } from './events.ts';
import { evolveInterview } from './evolve.ts';
import type { InterviewDetails, InterviewState } from './interview-matter.ts';

/* What others must know of an interview, read from its file without the measure itself. */

/** What others must know of an interview that was held. */
export interface HeldInterview {
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

/** What the ladder must know of an interview; undefined for one that was not held. */
export function heldBy(body: Body<InterviewState, InterviewDetails>): HeldInterview | undefined {
  const heldAt = body.details.held?.heldAt;
  if (heldAt === undefined) return undefined;
  return {
    heldAt,
    heldOn: chinaDate(heldAt),
    annulled: body.state === 'annulled',
    // It was an interview of the unit it was opened about, whoever goes on with it.
    subjects: { persons: body.subjects.map((one) => one.id), units: [(body.formerly?.[0] ?? body.unit).id] },
    alone: body.subjects.length === 1 && body.details.groups.length === 0,
  };
}

/** The same, read from an interview's file. */
export function heldOnFile(file: readonly Commit[]): HeldInterview | undefined {
  const body = part(file);
  return body === undefined ? undefined : heldBy(body);
}
