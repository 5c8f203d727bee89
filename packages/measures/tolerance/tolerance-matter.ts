import type { OwnRight } from '../own-right.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Term } from '@dandang/calendar/term.ts';
import type { AttachedFile } from '@dandang/casework/attachment.ts';
import type { Matter } from '@dandang/casework/matter.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import type { Application, Decided } from './events.ts';
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
    readonly outcome?: 'upheld' | 'changed';
    readonly reasons?: string;
  })[];
  readonly rescinded?: { readonly reason: string; readonly at: Instant };
}

/** One tolerance matter, folded. */
export type Tolerance = Matter<ToleranceState, ToleranceDetails>;

export const decisionInForce = ({ details }: Pick<Tolerance, 'details'>): DecisionOnFile | undefined =>
  details.decisions.at(-1);

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
