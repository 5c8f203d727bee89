import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { isCommonType } from '@dandang/casework/matter.ts';
import { interviewEvent } from './events.ts';
import { evolveInterview } from './evolve.ts';

/*
 * What others must know of an interview, read from its file without the measure itself: the ladder, and the matter that
 * it came from.
 */

/** What the ladder must know of an interview that was held; undefined for one that was not. */
export interface Standing {
  readonly heldAt: Instant;
  readonly heldOn: CivilDate;
  readonly annulled: boolean;
  /** Whose ladders it stands on, by what the deployment counts. */
  readonly subjects: { readonly persons: readonly string[]; readonly units: readonly string[] };
}

/** An interview's own part, without what every matter has. */
function ownPart(file: readonly Commit[]): ReturnType<typeof evolveInterview> | undefined {
  let body: ReturnType<typeof evolveInterview> | undefined;
  for (const commit of file)
    for (const event of commit.events) {
      if (event.type === 'Withdrawn' && body !== undefined) body = { ...body, state: 'withdrawn' };
      if (isCommonType(event.type)) continue;
      body = evolveInterview(body, interviewEvent.parse(event), commit.at, commit.by);
    }
  return body;
}

/** Reads an interview's file for the ladder. */
export function standingOf(file: readonly Commit[]): Standing | undefined {
  const body = ownPart(file);
  const heldAt = body?.details.held?.heldAt;
  if (body === undefined || heldAt === undefined) return undefined;
  return {
    heldAt,
    heldOn: chinaDate(heldAt),
    annulled: body.state === 'annulled',
    subjects: { persons: body.subjects.map((one) => one.id), units: [body.unit.id] },
  };
}

/** The matter that an interview came from, and how the interview stands. */
export function originOf(
  file: readonly Commit[],
): { readonly kind: string; readonly id: string; readonly state: string } | undefined {
  const body = ownPart(file);
  const origin = body?.details.origin;
  return body === undefined || origin === undefined ? undefined : { ...origin, state: body.state };
}
