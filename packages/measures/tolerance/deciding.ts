import { addMonths, chinaDate, type CivilDate, civilDate } from '@dandang/calendar/civil-date.ts';
import { type Term, term } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';
import { count, isOpen, named } from '@dandang/casework/deadline.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText, shortText } from '@dandang/casework/input.ts';
import { type CommonEvent, findDeadline } from '@dandang/casework/matter.ts';
import { isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import type { Handling, Policy } from '@dandang/policy/policy.ts';
import * as z from 'zod/mini';
import { filingsReferredTo } from './application.ts';
import { clockFrom } from './clocks.ts';
import type { OrderedCorrection } from './decision-letter.ts';
import type { Decided } from './events.ts';
import { outcome, type Outcome } from './outcome.ts';
import { decisionInForce, penaltyOf, type Tolerance } from './tolerance-matter.ts';
import { refuse } from './refusals.ts';

/*
 * How a decision on tolerance is put together, the first one and one that a review changes: what follows from it by the
 * policy, the corrections and their deadlines.
 */

export const decisionInput = z.strictObject({
  outcome,
  handling: z.optional(shortText),
  /** 认定的事实, where it is not what the application says. */
  facts: z.optional(freeText),
  reasons: freeText,
  meeting: z.strictObject({ body: shortText, on: civilDate }),
  correction: z.optional(z.array(z.strictObject({ requirement: freeText, within: term })).check(z.maxLength(20))),
  /** Why no correction is due, where none is ordered. */
  noCorrection: z.optional(z.strictObject({ reason: freeText })),
  impactEndsOn: z.optional(civilDate),
});
export type DecisionInput = z.infer<typeof decisionInput>;

/**
 * The day from which an impact period runs: that of the decision, or, where a review changes one that set a period, of the
 * decision that first did. A review does not start it anew.
 */
const runsFrom = ({ details }: Tolerance, today: CivilDate): CivilDate => {
  const first = details.decisions.find(({ impact }) => impact !== undefined);
  return first === undefined ? today : chinaDate(first.at);
};

/**
 * Until when the handling weighs on the official: as the law says (公务员法 art. 64; 政务处分法 art. 8), or as the decision
 * states where the law is silent.
 */
function impactOf(
  tolerance: Tolerance,
  { outcome: decided, handling, impactEndsOn }: DecisionInput,
  { policy, today }: Context,
): { readonly impact?: NonNullable<Decided['impact']> } | Refusal {
  const penalty = penaltyOf(handling, policy);
  if (decided === 'exempt') {
    if (impactEndsOn !== undefined)
      return malformedAt('impactEndsOn', '免责没有影响期', 'an exemption has no impact period');
    return penalty === undefined
      ? {}
      : malformedAt('handling', '免责不得同时给予处分', 'an exemption carries no penalty');
  }
  const from = runsFrom(tolerance, today);
  const bars = penalty?.purposes === undefined ? {} : { purposes: penalty.purposes };
  // The period runs from the day of the decision and ends on the day of that number (民法典 art. 201, 202).
  const lawful = penalty && {
    endsOn: addMonths(from, penalty.period.amount),
    source: { kind: 'law' as const, reference: penalty.source.reference },
    ...bars,
  };
  if (impactEndsOn === undefined) {
    if (lawful !== undefined) return { impact: lawful };
    return decided === 'mitigate' ? refuse('impact-end-unset') : {};
  }
  if (impactEndsOn < from) return refuse('date-passed', { detail: impactEndsOn });
  if (lawful !== undefined && impactEndsOn < lawful.endsOn)
    return malformedAt('impactEndsOn', `早于法定的${lawful.endsOn}`, `earlier than the law’s ${lawful.endsOn}`);
  return { impact: { endsOn: impactEndsOn, source: { kind: 'decision', reference: '容错处理决定书载明' }, ...bars } };
}

/** A correction with the deadline that it has after the decision, and what the decision changes of it. */
interface Ordered extends OrderedCorrection {
  readonly number: number;
  readonly within: Term;
  readonly change: 'none' | 'new' | 'longer' | 'shorter';
}

/**
 * One that was ordered before, word for word, goes on as far as it is; while it runs another term is counted from the day on
 * which it was ordered. Every other one is new.
 */
function orderedNow(
  tolerance: Tolerance,
  wanted: NonNullable<DecisionInput['correction']>,
  context: Context,
): readonly Ordered[] | Refusal {
  const before = [...tolerance.details.corrections];
  let last = Math.max(0, ...tolerance.details.decisions.flatMap((one) => one.corrections.map(({ number }) => number)));
  const found: Ordered[] = [];
  for (const one of wanted) {
    const at = before.findIndex(({ requirement }) => requirement === one.requirement);
    const [known] = at < 0 ? [] : before.splice(at, 1);
    const running = known && findDeadline(tolerance, nameOf(known));
    if (known !== undefined && (sameTerm(known.within, one.within) || running === undefined || !isOpen(running))) {
      found.push({ ...one, number: known.number, within: known.within, due: running, change: 'none' });
      continue;
    }
    const due = count(running?.basis.startedOn ?? context.today, one.within, running?.extended ?? 0, context);
    if (isRefusal(due)) return due;
    const change = running === undefined ? 'new' : due.latest < running.latest ? 'shorter' : 'longer';
    found.push({ ...one, number: known?.number ?? (last += 1), due, change });
  }
  return found;
}

const sameTerm = (a: Term, b: Term): boolean => a.amount === b.amount && a.unit === b.unit;

/** A correction's deadline and id: `correction-1`. */
export const nameOf = ({ number }: { readonly number: number }): string => `correction-${number}`;

/**
 * 免责、减责 are for what the policy tolerates: at least one of its circumstances must have been found 容错情形. A city whose
 * policy names none tolerates nothing until one is set.
 */
export function circumstanceMissing({ details }: Tolerance, decided: Outcome, policy: Policy): Refusal | undefined {
  if (decided === 'none' || (details.assessment?.circumstances.length ?? 0) > 0) return undefined;
  const detail =
    policy.tolerance.circumstances.length === 0
      ? '本市制度没有列出容错情形，设置后方可免责、减责'
      : '研判没有认定任何容错情形';
  return refuse('circumstance-missing', { detail });
}

/** What follows from an outcome by the policy, with the circumstances that the assessment found. */
export function effectsOf({ details }: Tolerance, decided: Outcome, { tolerance }: Policy): Decided['effects'] {
  const found = new Set(details.assessment?.circumstances.map(({ id }) => id));
  return tolerance.effects
    .filter((one) => one.outcome === decided && (one.circumstance === undefined || found.has(one.circumstance)))
    .map(({ outcome: of, purposes, text, source, units, subject }) => ({
      outcome: of,
      purposes,
      text,
      source,
      ...(units === true ? { units } : {}),
      ...(subject === undefined ? {} : { subject }),
    }));
}

/** The last day of the impact period: on it the organ is asked whether the official has reformed. */
const impactDeadline = 'impact-period';
function impactEvents(tolerance: Tolerance, { outcome: decided, impact }: Decided, context: Context): CommonEvent[] {
  if (decided !== 'mitigate' || impact === undefined) return ended(tolerance, (name) => name === impactDeadline);
  const counted = { ...named(context.today, impact.endsOn, context), redOn: impact.endsOn };
  return [{ type: 'DeadlineSet', data: { deadline: impactDeadline, counted } }];
}

/** A decision, and what it puts on file beside itself and its letter: its deadlines. */
export interface Deciding {
  readonly decision: Decided;
  readonly ordered: readonly OrderedCorrection[];
  readonly deadlines: readonly CommonEvent[];
  /** It orders a correction that was not ordered before, or within a shorter term. */
  readonly ordersMore: boolean;
}

/**
 * Puts a decision together. Refuses with `in-future`, `correction-missing`, `impact-end-unset`, `date-passed`,
 * `no-calendar`, or `malformed` where its parts contradict each other.
 */
export function deciding(tolerance: Tolerance, input: DecisionInput, context: Context): Deciding | Refusal {
  const { details, unit } = tolerance;
  const { outcome: decided, handling, facts, reasons, meeting, correction = [], noCorrection } = input;
  if (meeting.on > context.today) return refuse('in-future', { detail: meeting.on });
  if (correction.length > 0 && noCorrection !== undefined)
    return malformedAt('noCorrection', '已提出纠错要求', 'a correction is ordered');
  // Yichang, “对纠错工作有哪些规定”: 作出容错决定时，同步提出纠错要求.
  if (decided !== 'none' && correction.length === 0 && noCorrection === undefined) return refuse('correction-missing');
  const unfounded = circumstanceMissing(tolerance, decided, context.policy);
  if (unfounded !== undefined) return unfounded;
  const impact = impactOf(tolerance, input, context);
  if (isRefusal(impact)) return impact;
  const ordered = orderedNow(tolerance, correction, context);
  if (isRefusal(ordered)) return ordered;
  const riskFilings = filingsReferredTo(
    details.riskFilings.map(({ id }) => id),
    unit.id,
    context,
  );
  if (isRefusal(riskFilings)) return riskFilings;
  const decision: Decided = {
    outcome: decided,
    ...(handling === undefined ? {} : { handling }),
    ...(facts === undefined ? {} : { facts }),
    reasons,
    meeting,
    corrections: ordered.map(({ number, requirement, within }) => ({ number, requirement, within })),
    ...(noCorrection === undefined ? {} : { noCorrection }),
    ...impact,
    ...(decided === 'mitigate' ? { confirmed: 'needed' as const } : {}),
    effects: effectsOf(tolerance, decided, context.policy),
    riskFilings,
  };
  const signing = clockFrom('service', context);
  if (isRefusal(signing)) return signing;
  const stands = new Set(ordered.map(nameOf));
  return {
    decision,
    ordered,
    deadlines: [
      ...signing,
      ...ended(tolerance, (name) => name.startsWith('correction-') && !stands.has(name)),
      ...impactEvents(tolerance, decision, context),
      ...ordered.flatMap(({ number, due, change }): CommonEvent[] =>
        change !== 'none' && due !== undefined
          ? [{ type: 'DeadlineSet', data: { deadline: nameOf({ number }), counted: due } }]
          : [],
      ),
    ],
    ordersMore: ordered.some(({ change }) => change === 'new' || change === 'shorter'),
  };
}

const weight: Readonly<Record<Outcome, number>> = { exempt: 0, mitigate: 1, none: 2 };

/** Penalties are compared on their own scale; across scales only their ends are. First editions know one, in its order. */
function heavier(a: Handling, b: Handling, { tolerance: { handlings } }: Policy): boolean {
  if (a.scale !== b.scale) return false;
  const weightOf = (one: Handling): number => one.weight ?? handlings.indexOf(one);
  return weightOf(a) > weightOf(b);
}

/**
 * Whether a decision after a review would be worse for the official than the one in force (公务员法 art. 96 by analogy:
 * 不因申请复核而加重): a heavier outcome or penalty, a longer impact period, or, where the outcome is no lighter, a period, a
 * handling, a penalty or a correction that there was not before, or a shorter term for one.
 */
export function worse(tolerance: Tolerance, { decision: after, ordersMore }: Deciding, policy: Policy): boolean {
  const before = decisionInForce(tolerance);
  if (before === undefined) return false;
  const lighter = weight[after.outcome] < weight[before.outcome];
  if (weight[after.outcome] > weight[before.outcome]) return true;
  if (!(lighter && before.impact === undefined) && endOf(after) > endOf(before)) return true;
  const [was, is] = [penaltyOf(before.handling, policy), penaltyOf(after.handling, policy)];
  if (was !== undefined && is !== undefined && heavier(is, was, policy)) return true;
  if (lighter) return false;
  const added =
    (before.handling === undefined && after.handling !== undefined) || (was === undefined && is !== undefined);
  return added || ordersMore;
}
const endOf = ({ impact }: Decided): CivilDate => impact?.endsOn ?? '';
