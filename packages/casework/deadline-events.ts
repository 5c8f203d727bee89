import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { isOpen, lightOn } from './deadline.ts';
import { type CommonEvent, findDeadline, type Matter } from './matter.ts';

/* What a command puts on file about deadlines that the matter has already; nothing where there is nothing to say. */

type Deadlines = Pick<Matter, 'deadlines'>;

/** A deadline that runs is met today. */
export function met(matter: Deadlines, name: string, today: CivilDate): CommonEvent[] {
  const deadline = findDeadline(matter, name);
  if (deadline === undefined || !isOpen(deadline)) return [];
  return [{ type: 'DeadlineMet', data: { deadline: name, late: lightOn(deadline, today) === 'red' } }];
}

/** A deadline that was met runs again: the old day stands. */
export const reopened = (matter: Deadlines, name: string): CommonEvent[] =>
  (findDeadline(matter, name)?.metAt ?? null) === null ? [] : [{ type: 'DeadlineReopened', data: { deadline: name } }];

/** The deadlines that run, or those of them that are named, run no longer. */
export const ended = ({ deadlines }: Deadlines, which: (name: string) => boolean = () => true): CommonEvent[] =>
  deadlines
    .filter((one) => isOpen(one) && which(one.name))
    .map(({ name }) => ({ type: 'DeadlineEnded', data: { deadline: name } }));
