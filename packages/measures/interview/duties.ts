import { addDays, chinaDate, type CivilDate, daysBetween } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import { type Deadline, isOpen, lightOn, named } from '@dandang/casework/deadline.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import type { CommonEvent } from '@dandang/casework/matter.ts';
import type { Interview, Review } from './interview-matter.ts';

/* What a unit and its people owe by when until a review: the plan, its measures, the reports, the completion. */

/** The deadline of a measure of the plan, by its place in it: `measure-1` for the first. */
export const measureName = (index: number): string => `measure-${index + 1}`;
const isMeasure = (name: string): boolean => /^measure-\d+$/.test(name);

/** Whether a deadline is one of rectification, which a review ends: what an office owes is none. */
export const isDuty = (name: string): boolean =>
  isMeasure(name) || name === 'rectification-plan' || name === 'progress-report' || name === 'completion';

/** The measures of the accepted plan that are watched, done or not, by their deadlines. */
export const watchedMeasures = ({ deadlines }: Pick<Interview, 'deadlines'>): string[] =>
  deadlines.filter((one) => isMeasure(one.name)).map(({ name }) => name);

/** The measures of the accepted plan that are not done, by their deadlines. */
export const openMeasures = ({ deadlines }: Pick<Interview, 'deadlines'>): string[] =>
  deadlines.filter((one) => isMeasure(one.name) && isOpen(one)).map(({ name }) => name);

/** What of it is overdue on a day. */
export const overdueDuties = ({ deadlines }: Pick<Interview, 'deadlines'>, today: CivilDate): Deadline[] =>
  deadlines.filter((one) => isDuty(one.name) && lightOn(one, today) === 'red');

/**
 * From its acceptance on every measure of a plan is watched on the day that the plan names. A day that has passed while the
 * plan waited is counted again from the acceptance: as many days as the plan had given itself when it was filed.
 */
export function measuresWatched({ details }: Interview, context: Context): CommonEvent[] {
  const { today } = context;
  const filedOn = details.planFiledAt === undefined ? today : chinaDate(details.planFiledAt);
  return details.measures.map(({ dueOn }, index) => {
    const lastDay = dueOn < today ? addDays(today, Math.max(0, daysBetween(filedOn, dueOn))) : dueOn;
    return {
      type: 'DeadlineSet',
      data: { deadline: measureName(index), counted: named(today, lastDay, context) },
    };
  });
}

/** What was owed where a review found an interview, as far as that review ended it: by that state. */
const resumedIn = (state: Review['from'], name: string): boolean =>
  state === 'held' ? name === 'rectification-plan' : state === 'rectifying' && name !== 'rectification-plan';

/**
 * A review is taken back: what it ended runs again as it stood. A day that was still to come and has passed meanwhile has as
 * many days as were left to it; what was overdue is overdue. What the review itself had set runs no longer.
 */
export function dutiesAsBefore(interview: Interview, review: Review, context: Context): CommonEvent[] {
  const { today } = context;
  const reviewedOn = chinaDate(review.at);
  const resumed = interview.deadlines.filter(
    (one) => isDuty(one.name) && one.ended && one.metAt === null && resumedIn(review.from, one.name),
  );
  return [
    ...ended(interview, isDuty),
    ...resumed.map((one): CommonEvent => {
      const { basis, extended, dueOn, firm, earliest, latest, yellowOn, redOn } = one;
      const byName = one.named === undefined ? {} : { named: one.named };
      const passed = redOn > reviewedOn && redOn <= today;
      const counted = passed
        ? named(today, addDays(today, Math.max(0, daysBetween(reviewedOn, latest))), context)
        : { basis, extended, dueOn, firm, earliest, latest, yellowOn, redOn, ...byName };
      return { type: 'DeadlineSet', data: { deadline: one.name, counted } };
    }),
  ];
}
