import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { eventReader } from '@dandang/casework/event-reader.ts';
import type { Body } from '@dandang/casework/matter.ts';
import { disputeRaise } from '../dispute.ts';
import { isNewerPart, ownPart } from '../own-part.ts';
import { isAbsent } from './attendance.ts';
import { interviewEvent } from './events.ts';
import { evolveInterview } from './evolve.ts';
import type { InterviewDetails, InterviewState } from './interview-matter.ts';

/* What others must know of an interview, read from its file without the measure itself. */

interface Counted {
  readonly persons: readonly string[];
  readonly units: readonly string[];
}

/** What others must know of an interview that was held. */
export interface HeldInterview {
  readonly heldAt: Instant;
  readonly heldOn: CivilDate;
  readonly annulled: boolean;
  /** Whom it was held with, by what the deployment counts: whoever was called … */
  readonly subjects: Counted;
  /** … and whose ladders it stands on: who of them was there; a unit where one of its people was, as subject or for a group. */
  readonly present: Counted;
  /** Whether nobody but one person was called: no other, and no group. */
  readonly alone: boolean;
}

/** How an interview stands, and whose it is; undefined where the file holds none. */
export const interviewOnFile = (file: readonly Commit[]) =>
  ownPart(file, { event: interviewEvent, raise: disputeRaise, evolve: evolveInterview, withdrawn: 'withdrawn' });

/** Whether nothing may be added to an interview's file, because a newer release wrote on it. */
export const isNewerInterview = (file: readonly Commit[]): boolean =>
  isNewerPart(file, { event: interviewEvent, raise: disputeRaise });

/** What the ladder must know of an interview; undefined for one that was not held. */
export function heldBy(body: Body<InterviewState, InterviewDetails>): HeldInterview | undefined {
  const { held, groups } = body.details;
  if (held === undefined) return undefined;
  const { heldAt, absent = [] } = held;
  const there = body.subjects.filter(({ id }) => !isAbsent(absent, { official: id }));
  const forGroups = groups.filter((group) => !isAbsent(absent, { group }));
  // It was an interview of the unit it was opened about, whoever goes on with it.
  const unit = body.formerly?.[0] ?? body.unit;
  const ofUnit = [unit.id, body.unit.id];
  return {
    heldAt,
    heldOn: chinaDate(heldAt),
    annulled: body.state === 'annulled',
    subjects: { persons: body.subjects.map((one) => one.id), units: [unit.id] },
    present: {
      persons: there.map((one) => one.id),
      units: [...there, ...forGroups].some((one) => ofUnit.includes(one.unit)) ? [unit.id] : [],
    },
    alone: body.subjects.length === 1 && groups.length === 0,
  };
}

/** The same, read from an interview's file. */
export function heldOnFile(file: readonly Commit[]): HeldInterview | undefined {
  const body = interviewOnFile(file);
  return body === undefined ? undefined : heldBy(body);
}

const ownEvents = eventReader(interviewEvent);

/** Whether a proposal that an interview's file decided, now or once, counted another interview. */
export const countedInDecision = (file: readonly Commit[], other: string): boolean =>
  file.some(({ events }) =>
    events.some((stored) => {
      if (stored.type !== 'ProposalDecided') return false;
      const event = ownEvents.read(stored);
      return event?.type === 'ProposalDecided' && event.data.counted.includes(other);
    }),
  );
