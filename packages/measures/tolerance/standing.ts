import { chinaDate, type CivilDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { eventReader } from '@dandang/casework/event-reader.ts';
import type { Source } from '@dandang/policy/policy.ts';
import { purposes as everyPurpose } from '@dandang/policy/purposes.ts';
import * as z from 'zod/mini';
import { type Outcome, outcome } from './outcome.ts';
import type { ToleranceOnFile } from './tolerance-file.ts';
import { decisionInForce, type DecisionOnFile, reformed } from './tolerance-matter.ts';

/*
 * What a decision on tolerance means for an official on a day: the file `standing/<official>`, from which later decisions
 * read what binds them, and the lines that `GET /api/officials/{id}/standing` gives.
 */

/**
 * What the standing's file of one official is made of: one event for each decision, change and rescission of a tolerance
 * matter. `version` is that of the matter's commit; what is known of a later one is never overwritten.
 */
export const standingEvent = z.object({
  type: z.literal('StandingChanged'),
  data: z.object({
    matter: z.string(),
    version: z.number(),
    outcome,
    /** The last day of an impact period, and what it bars; everything where absent. */
    impactEndsOn: z.optional(z.string()),
    impactOn: z.optional(z.readonly(z.array(z.string()))),
    rescinded: z.boolean(),
  }),
});
export type StandingEvent = z.infer<typeof standingEvent>;
export const standingEvents = eventReader(standingEvent);
type StandingChange = StandingEvent['data'];

/** The newest word on each tolerance matter of an official. */
export function foldStanding(file: readonly Commit[]): readonly StandingChange[] {
  const known = new Map<string, StandingChange>();
  for (const { data } of standingEvents.all(file))
    if ((known.get(data.matter)?.version ?? 0) < data.version) known.set(data.matter, data);
  return [...known.values()];
}

/** What a tolerance matter says of its official as it stands; undefined before it was decided. */
export function standingBy({ id, version, details }: ToleranceOnFile): StandingChange | undefined {
  const decision = decisionInForce({ details });
  if (decision === undefined) return undefined;
  const { impact } = decision;
  return {
    matter: id,
    version,
    outcome: decision.outcome,
    ...(impact === undefined ? {} : { impactEndsOn: impact.endsOn }),
    ...(impact?.purposes === undefined ? {} : { impactOn: impact.purposes }),
    rescinded: details.rescinded !== undefined,
  };
}

/** Whether two words on one matter come to the same. */
export const sameStanding = (a: StandingChange, b: StandingChange): boolean =>
  a.outcome === b.outcome &&
  a.impactEndsOn === b.impactEndsOn &&
  a.impactOn?.join() === b.impactOn?.join() &&
  a.rescinded === b.rescinded;

/**
 * The matters whose impact period runs on a day, its last day included, and bars a reward: a period bars what its law says,
 * and everything where it stands in the decision alone. An exempted matter never bars.
 */
export const barring = (standing: readonly StandingChange[], on: CivilDate): string[] =>
  standing
    .filter((one) => !one.rescinded && one.outcome !== 'exempt' && (one.impactEndsOn ?? '') >= on)
    .filter(({ impactOn }) => impactOn?.includes('commendation') ?? true)
    .map((one) => one.matter);

/** One thing that may or may not be held against somebody for a purpose. */
export interface StandingLine {
  readonly purpose: string;
  /** `not-held`: must not be; `impact-period`: one runs; `possible`: no longer stands in the way. */
  readonly effect: 'not-held' | 'impact-period' | 'possible';
  readonly text: string;
  /** Whom the clause is about, where that is not everybody. */
  readonly subject?: string | undefined;
  /** For `impact-period`: its last day. */
  readonly until?: CivilDate;
  /** The clause that says so, or the decision where no clause gives the day. */
  readonly clause: Source | NonNullable<DecisionOnFile['impact']>['source'];
  readonly outcome: Outcome;
  readonly matter: { readonly kind: 'tolerance'; readonly id: string };
}

/** The decision that was in force on a day. */
function decisionOn({ details }: ToleranceOnFile, on: CivilDate): DecisionOnFile | undefined {
  if (details.rescinded !== undefined && chinaDate(details.rescinded.at) <= on) return undefined;
  return details.decisions.findLast((one) => chinaDate(one.at) <= on);
}

/** A decision's effects, one line for each purpose; for 减责 from the end of the impact period on. */
export const effectsOf = ({ outcome: decided, effects, impact }: DecisionOnFile) =>
  effects.flatMap(({ purposes, text, source, units, subject }) =>
    purposes.map((purpose) => ({
      purpose,
      effect: decided === 'exempt' ? ('not-held' as const) : ('possible' as const),
      text,
      clause: source,
      ...(decided === 'mitigate' && impact !== undefined ? { after: impact.endsOn } : {}),
      ...(units === true ? { units } : {}),
      ...(subject === undefined ? {} : { subject }),
    })),
  );

/** Whose standing is asked for: the official's, or that of the unit, of which a group's is, and which only some effects name. */
export type Whose = 'official' | 'unit';

/** What a tolerance matter means for its official, or its unit, on a day, for one purpose or for all of them. */
export function standingLines(
  tolerance: ToleranceOnFile,
  on: CivilDate,
  whose: Whose,
  purpose?: string,
): StandingLine[] {
  const decision = decisionOn(tolerance, on);
  if (decision === undefined) return [];
  const { outcome: decided, impact } = decision;
  const about = { outcome: decided, matter: { kind: 'tolerance' as const, id: tolerance.id } };
  const running = impact !== undefined && on <= impact.endsOn;
  // What is a group's is its unit's.
  const its = whose === 'official' || tolerance.details.group !== undefined;
  const period = (): StandingLine[] =>
    impact === undefined || !its
      ? []
      : everyPurpose
          .filter(({ id }) => impact.purposes?.includes(id) ?? true)
          .map(({ id }) => ({
            purpose: id,
            effect: 'impact-period' as const,
            text: `影响期至${formatChinese(impact.endsOn)}`,
            until: impact.endsOn,
            clause: impact.source,
            ...about,
          }));
  const possible = (): StandingLine[] =>
    reformed(tolerance, decision, on)
      ? effectsOf(decision)
          .filter(({ units }) => its || units === true)
          .map(({ purpose: of, effect, text, clause, subject }) => ({
            purpose: of,
            effect,
            text,
            ...(subject === undefined ? {} : { subject }),
            clause,
            ...about,
          }))
      : [];
  const lines = running ? period() : possible();
  return lines.filter((line) => purpose === undefined || line.purpose === purpose);
}
