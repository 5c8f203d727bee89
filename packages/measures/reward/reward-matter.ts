import type { CivilDate, Instant } from '@dandang/calendar/civil-date.ts';
import type { Matter } from '@dandang/casework/matter.ts';
import type * as z from 'zod/mini';
import type { Candidate, Nomination, objectionOutcome } from './events.ts';

export type RewardState =
  | 'nominated'
  | 'assessed'
  | 'approved'
  | 'publicised'
  | 'recommended'
  | 'granted'
  | 'revoked'
  | 'declined'
  | 'withdrawn';

/** An objection 异议 to a public notice. Who raised it and what it says is for those who see the whole file. */
export interface Objection {
  readonly id: string;
  readonly at: Instant;
  readonly state: 'open' | z.infer<typeof objectionOutcome>;
  readonly content: string;
  /** It came after the last day of the notice. */
  readonly late: boolean;
  readonly by: { readonly id: string; readonly name: string; readonly unit: string };
  /** Whom whoever raised it stood in for. */
  readonly onBehalfOf?: string | undefined;
  readonly resolution?: { readonly reason: string; readonly by: string; readonly at: Instant };
}

/** The body above that granted or declined, on which day, and by which document. */
interface GrantedAbove {
  readonly by: string;
  readonly on: CivilDate;
  readonly reference: string;
}

export interface RewardDetails extends Omit<Nomination, 'unit'> {
  /** The special assessment 专项考核. */
  readonly assessment?: {
    readonly result: 'merited' | 'not-merited';
    readonly findings: string;
    readonly evidence: string;
    readonly onJustification?: string | undefined;
    readonly by: string;
    readonly at: Instant;
  };
  readonly approval?: { readonly opinion: string; readonly by: string; readonly at: Instant };
  /** The public notice 公示; `office` is the unit that gave it, and that grants in its name. */
  readonly notice?: { readonly workingDays: number; readonly office: string; readonly at: Instant };
  readonly objections: readonly Objection[];
  /** The recommendation 推荐报告 to the body above that grants such a kind. */
  readonly recommended?: { readonly number: string; readonly at: Instant };
  readonly declined?: ({ readonly reason: string } | GrantedAbove) & { readonly at: Instant };
  /** `number` is that of the 奖励决定, of whoever took it. */
  readonly granted?: {
    readonly number: string;
    readonly amount?: string | undefined;
    readonly above?: GrantedAbove;
    readonly at: Instant;
  };
  readonly revoked?: { readonly ground: string; readonly groundName: string; readonly at: Instant };
}

/** One reward, folded. */
export type Reward = Matter<RewardState, RewardDetails>;

/** The collectives 集体 among the candidates, each with its unit: `{ unit: { id, name }, name }`. */
export const collectivesOf = ({ candidates }: { readonly candidates: readonly Candidate[] }) =>
  candidates.flatMap((one) => ('collective' in one ? [one.collective] : []));

/** The officials among the candidates, as the directory knew them then: `{ id, name, unit, position? }`. */
export const officialsOf = ({ candidates }: { readonly candidates: readonly Candidate[] }) =>
  candidates.flatMap((one) => ('official' in one ? [one.official] : []));
