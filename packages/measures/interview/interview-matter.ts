import type { OwnRight } from '../own-right.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import type { AttachedFile } from '@dandang/casework/attachment.ts';
import type { Matter, Subject } from '@dandang/casework/matter.ts';
import type { Procedure } from '@dandang/policy/procedure.ts';
import type * as z from 'zod/mini';
import type { Dispute } from '../dispute.ts';
import type {
  Absence,
  Application,
  Holding,
  InterviewPlan,
  measure,
  responsibility,
  Reviewed,
  Rung,
} from './events.ts';

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
  | 'unresolved'
  | 'annulled'
  | 'withdrawn';

/** From the interview itself to the end: what can still be disputed, annulled, proposed. */
export const heldStates = ['held', 'plan-filed', 'rectifying', 'completed', 'closed', 'unresolved'] as const;

export type Responsibility = z.infer<typeof responsibility>;

/** An official who is interviewed, and as what. */
export interface InterviewSubject extends Subject {
  readonly responsibility: Responsibility;
}

/** What an office said of a plan; `by` are the persons behind a concurrence. */
type Concurrence =
  | { readonly state: 'concurred'; readonly by: readonly string[] }
  | { readonly state: 'objected'; readonly reason: string };

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

/** A review of what was put right; `from` is where the interview stood before it. */
export interface Review extends Reviewed {
  readonly from: InterviewState;
  readonly revoked?: { readonly reason: string };
  readonly at: Instant;
}

/** What was reported of one measure of the plan; `measure` is the name of its deadline. */
interface MeasureReport {
  readonly measure: string;
  readonly done: boolean;
  readonly text: string;
  readonly attachments?: readonly AttachedFile[] | undefined;
  readonly at: Instant;
}

/** What an interview keeps in every state; its lists are empty until something stands in them. */
export interface InterviewRecord extends Omit<Application, 'unit' | 'subjects'> {
  readonly persons: readonly InterviewSubject[];
  readonly approval?: { readonly opinion: string; readonly by: string; readonly at: Instant };
  readonly rejected?: { readonly reason: string };
  /** By office: each that has to concur gives its own. */
  readonly concurrences: Readonly<Record<string, Concurrence>>;
  /** Every time that was set, the latest last. */
  readonly times: readonly {
    readonly at: string;
    readonly place: string;
    readonly reason?: string;
    /** Who did not come at the time before. */
    readonly absent?: readonly Absence[] | undefined;
  }[];
  readonly cancelled?: { readonly reason: string; readonly absent?: readonly Absence[] | undefined };
  /** The plan by which everybody was called last; another one may have been made since. */
  readonly called?: InterviewPlan;
  readonly measures: readonly z.infer<typeof measure>[];
  /** Of the plan as it was filed last. */
  readonly attachments: readonly AttachedFile[];
  /** When the plan was filed last. */
  readonly planFiledAt?: Instant;
  /** What was reported of single measures of the plan; missing until something was. */
  readonly measureReports?: readonly MeasureReport[];
  readonly planReturned?: { readonly reason: string };
  readonly reportEvery?: Term;
  readonly reports: readonly {
    readonly text: string;
    readonly progress: number;
    readonly attachments?: readonly AttachedFile[] | undefined;
    readonly at: Instant;
  }[];
  readonly completion?: { readonly text: string };
  readonly reviews: readonly Review[];
  readonly ladder: readonly LadderStep[];
  /** Every correction of the record, the latest last, each with the record as it was before. */
  readonly corrections: readonly {
    readonly at: Instant;
    readonly by: string;
    readonly reason: string;
    readonly before: Holding;
  }[];
  readonly annulled?: { readonly reason: string };
  /** The matter that it came from was revoked; `considered` once the principal leader let the interview go on. */
  readonly originRevoked?: {
    readonly matter: { readonly kind: string; readonly id: string };
    readonly considered?: { readonly reason: string };
  };
  readonly disputes: readonly (Dispute & OwnRight)[];
}

interface Unplanned extends InterviewRecord {
  readonly plan?: undefined;
  readonly notifiedAt?: undefined;
  readonly held?: undefined;
}
interface Planned extends InterviewRecord {
  readonly plan: InterviewPlan;
  readonly notifiedAt?: undefined;
  readonly held?: undefined;
}
interface Notified extends InterviewRecord {
  readonly plan: InterviewPlan;
  readonly notifiedAt: Instant;
  readonly held?: undefined;
}
interface Held extends InterviewRecord {
  readonly plan: InterviewPlan;
  readonly notifiedAt: Instant;
  readonly held: Holding;
}

/** What came to an interview stays with it: the plan, the notice, the interview as it was held. */
export type InterviewDetails = Unplanned | PlannedDetails;
export type PlannedDetails = Planned | NotifiedDetails;
export type NotifiedDetails = Notified | HeldDetails;
export type HeldDetails = Held;

export const isPlanned = (details: InterviewDetails): details is PlannedDetails => details.plan !== undefined;
export const isNotified = (details: InterviewDetails): details is NotifiedDetails => details.notifiedAt !== undefined;
export const isHeld = (details: InterviewDetails): details is HeldDetails => details.held !== undefined;

/** The procedure of release 0.1.0, for every city: that of an interview that says none of its own. */
const procedureOfAll: Procedure = {
  consent: 'principal-leader',
  plans: 'party-committee-office',
  concur: ['discipline', 'organization'],
  throughout: ['discipline', 'organization'],
  lead: 'principal-or-in-charge',
  records: 'organization',
  reviews: { together: false },
};

/** How an interview proceeds: as the rules that it was applied for under have it. */
export const procedureOf = ({
  procedure,
  reviewOffice,
}: Pick<InterviewRecord, 'procedure' | 'reviewOffice'>): Procedure =>
  procedure ?? {
    ...procedureOfAll,
    reviews: { together: false, ...(reviewOffice === undefined ? {} : { office: reviewOffice }) },
  };

/** One interview, folded. */
export type Interview = Matter<InterviewState, InterviewDetails>;
/** One that was planned, one whose parties were called, whatever came of it since. */
export type PlannedInterview = Matter<InterviewState, PlannedDetails>;
export type NotifiedInterview = Matter<InterviewState, NotifiedDetails>;
/** One that was held. */
export type HeldInterview = Matter<InterviewState, HeldDetails>;
