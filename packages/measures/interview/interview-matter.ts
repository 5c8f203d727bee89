import type { OwnRight } from '../own-right.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import type { AttachedFile } from '@dandang/casework/attachment.ts';
import type { Matter, Subject } from '@dandang/casework/matter.ts';
import type * as z from 'zod/mini';
import type { Application, InterviewPlan, measure, responsibility, Rung } from './events.ts';

export type InterviewState =
  | 'applied'
  | 'approved'
  | 'rejected'
  | 'planned'
  | 'notified'
  | 'cancelled'
  | 'held'
  | 'plan-filed'
  | 'rectifying'
  | 'completed'
  | 'closed'
  | 'annulled'
  | 'withdrawn';

export type Responsibility = z.infer<typeof responsibility>;

/** An official who is interviewed, and as what. */
export interface InterviewSubject extends Subject {
  readonly responsibility: Responsibility;
}

type Concurrence = { readonly state: 'concurred' } | { readonly state: 'objected'; readonly reason: string };

/** A proposal of the ladder for one subject. `decided` is missing while it is open, or open again. */
export interface LadderStep extends Rung {
  readonly statement?: string;
  readonly decided?: {
    readonly outcome: 'confirmed' | 'declined';
    readonly proposal: string;
    readonly reason: string;
    readonly scope?: string | undefined;
    readonly media?: string | undefined;
    readonly irregular?: { readonly reason: string } | undefined;
    readonly by: string;
    readonly at: Instant;
  };
  /** It was decided, and then the count changed: what was decided before is kept here. */
  readonly reopened?: readonly { readonly proposal: string; readonly outcome: string; readonly at: Instant }[];
}

export interface InterviewDetails extends Omit<Application, 'unit' | 'subjects'> {
  readonly persons: readonly InterviewSubject[];
  readonly approval?: { readonly opinion: string; readonly by: string; readonly at: Instant };
  readonly rejected?: { readonly reason: string };
  readonly plan?: InterviewPlan;
  /** By organ: discipline and organization each give their own. */
  readonly concurrences: Readonly<Record<string, Concurrence>>;
  /** Every time that was set, the latest last. */
  readonly times: readonly { readonly at: string; readonly place: string; readonly reason?: string }[];
  readonly notifiedAt?: Instant;
  readonly cancelled?: { readonly reason: string };
  readonly held?: {
    readonly heldAt: Instant;
    readonly attendees: readonly { readonly id: string; readonly name: string }[];
    readonly minutes: string;
    readonly requirements: readonly string[];
    readonly irregular?: { readonly reason: string; readonly breaks: readonly string[] } | undefined;
    readonly attachments?: readonly AttachedFile[] | undefined;
  };
  readonly measures: readonly z.infer<typeof measure>[];
  /** Of the plan as it was filed last. */
  readonly attachments: readonly AttachedFile[];
  readonly planReturned?: { readonly reason: string };
  readonly reportEvery?: Term;
  readonly reports: readonly {
    readonly text: string;
    readonly progress: number;
    readonly attachments?: readonly AttachedFile[] | undefined;
    readonly at: Instant;
  }[];
  readonly completion?: { readonly text: string };
  readonly reviews: readonly {
    readonly outcome: 'passed' | 'failed';
    readonly opinion: string;
    readonly at: Instant;
  }[];
  readonly ladder: readonly LadderStep[];
  readonly annulled?: { readonly reason: string };
  readonly disputes: readonly (OwnRight & {
    readonly grounds: string;
    readonly at: Instant;
    readonly outcome?: 'upheld' | 'withdrawn';
    readonly reason?: string;
  })[];
}

/** One interview, folded. */
export type Interview = Matter<InterviewState, InterviewDetails>;
