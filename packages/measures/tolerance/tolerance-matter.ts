import type { OwnRight } from '../own-right.ts';
import { chinaDate, type CivilDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import type { AttachedFile } from '@dandang/casework/attachment.ts';
import type { Matter } from '@dandang/casework/matter.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import type { DecidersThen } from '../deciders.ts';
import type { Application, Decided, reviewOutcome } from './events.ts';
import type * as z from 'zod/mini';
import type { Outcome } from './outcome.ts';

export type ToleranceState =
  | 'applied'
  | 'accepted'
  | 'declined'
  | 'investigating'
  | 'proposed'
  | 'decided'
  | 'correcting'
  | 'closed'
  | 'rescinded'
  | 'withdrawn';

/** A correction 纠错 that was ordered, and how far it is. */
export interface Correction {
  readonly number: number;
  readonly requirement: string;
  readonly within: Term;
  /** `returned` and `reopened` ones are to be filed again. */
  readonly state: 'ordered' | 'filed' | 'returned' | 'accepted' | 'reopened';
  readonly report?: string;
  readonly late?: boolean;
  readonly attachments?: readonly AttachedFile[] | undefined;
  readonly returned?: { readonly reason: string };
}

/** A decision, and when and on whose review it was made. */
export interface DecisionOnFile extends Decided {
  readonly by: string;
  readonly at: Instant;
}

export interface ToleranceDetails extends Omit<Application, 'official' | 'unit' | 'organ'> {
  /** Who could decide when the proposal was made, or the review asked for that is open or was the last. */
  readonly deciders?: DecidersThen | undefined;
  readonly acceptedAt?: Instant;
  readonly declined?: { readonly reason: string; readonly at: Instant };
  readonly investigators: readonly { readonly id: string; readonly name: string }[];
  /** Everybody who was ever appointed, also where others have taken their place. */
  readonly everAppointed: readonly string[];
  /** The sheet 研判表 as it was filled in last. */
  readonly assessment?: {
    readonly factors: Readonly<Record<string, { readonly finding: string; readonly evidence: string }>>;
    readonly circumstances: Application['circumstances'];
    readonly by: string;
    readonly at: Instant;
  };
  readonly hearings: readonly { readonly statement: string; readonly by: string; readonly at: Instant }[];
  readonly proposal?: {
    readonly outcome: Outcome;
    readonly reasons: string;
    readonly by: string;
    readonly at: Instant;
  };
  readonly returned?: { readonly reason: string };
  /** Every decision on the matter, the one in force last. */
  readonly decisions: readonly DecisionOnFile[];
  readonly corrections: readonly Correction[];
  readonly reopened: readonly {
    readonly corrections: readonly number[];
    readonly finding: string;
    readonly at: Instant;
  }[];
  readonly reviews: readonly (OwnRight & {
    readonly grounds: string;
    readonly at: Instant;
    readonly outcome?: z.infer<typeof reviewOutcome>;
    readonly reasons?: string;
  })[];
  readonly rescinded?: { readonly reason: string; readonly at: Instant };
  /** Since when all corrections are accepted, and since when not, oldest first. */
  readonly corrected: readonly { readonly all: boolean; readonly at: Instant }[];
  /** The last day of the impact period of the decision in force has come. */
  readonly periodEnded: boolean;
  readonly asked: readonly (OwnRight & { readonly statement: string; readonly at: Instant })[];
  /** What the organ found of the reform, the last finding last. */
  readonly reforms: readonly Reform[];
  readonly referrals: readonly {
    readonly to: string;
    readonly reason: string;
    readonly by: string;
    readonly at: Instant;
  }[];
}

/** Whether the organ confirms that what a mitigation asks for was done. */
export interface Reform {
  readonly finding: string;
  readonly confirmed: boolean;
  readonly by: string;
  readonly at: Instant;
}

/** One tolerance matter, folded. */
export type Tolerance = Matter<ToleranceState, ToleranceDetails>;

export const decisionInForce = ({ details }: Pick<Tolerance, 'details'>): DecisionOnFile | undefined =>
  details.decisions.at(-1);

/** Whom it is about, as lists and letters name it. */
export const nameOfWhom = ({ subjects, details }: Pick<Tolerance, 'subjects' | 'details'>): string =>
  subjects[0]?.name ?? details.group?.name ?? '';

/** Whether all corrections were accepted at the end of a day. */
const correctedOn = ({ details }: Pick<Tolerance, 'details'>, on: CivilDate): boolean =>
  details.corrected.findLast(({ at }) => chinaDate(at) <= on)?.all ?? false;

/** What the organ had found of the reform since a decision, at the end of a day. */
const reformOn = ({ details }: Pick<Tolerance, 'details'>, { at: from }: DecisionOnFile, on: CivilDate) =>
  details.reforms.findLast(({ at }) => from <= at && chinaDate(at) <= on);

/**
 * Whether what a mitigation makes possible is possible on a day: all that was ordered is accepted, and the organ has
 * confirmed the reform (Yichang, “容错结果如何运用”: 能够深刻反省、积极改正的). What 0.1.0 decided keeps what its letter said.
 */
export const reformed = (tolerance: Pick<Tolerance, 'details'>, decision: DecisionOnFile, on: CivilDate): boolean =>
  decision.confirmed !== 'needed' ||
  (correctedOn(tolerance, on) && reformOn(tolerance, decision, on)?.confirmed === true);

/** The last finding on the reform that the decision in force asks for; undefined where there is none. */
export function reformNow(tolerance: Pick<Tolerance, 'details'>): Reform | undefined {
  const decision = decisionInForce(tolerance);
  return decision === undefined ? undefined : tolerance.details.reforms.findLast(({ at }) => decision.at <= at);
}

/** The investigators who have not stood aside. */
export const investigatorsAtWork = ({
  details,
  recused,
}: Pick<Tolerance, 'details' | 'recused'>): ToleranceDetails['investigators'] =>
  details.investigators.filter(({ id }) => !recused.some((one) => one.person === id));

export const openReview = ({ details }: Pick<Tolerance, 'details'>): boolean =>
  details.reviews.some((one) => one.outcome === undefined);

/** The penalty of the law that a handling names, by its id or its name. */
export const penaltyOf = (handling: string | undefined, { tolerance: { handlings } }: Policy) =>
  handlings.find((one) => one.id === handling || one.name === handling);
