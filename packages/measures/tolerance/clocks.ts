import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import { count, isOpen, lightOn } from '@dandang/casework/deadline.ts';
import { type CommonEvent, findDeadline, type Matter } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';

/**
 * The clocks of a tolerance and the settings that hold their terms. The articles give no numbers (Yichang, “如何保障落实”:
 * 优先受理、快速办理、及时反馈), so a clock runs only for matters opened after a deployment has set its term.
 */
const terms = {
  acceptance: 'tolerance.acceptWithin',
  investigation: 'tolerance.investigateWithin',
  decision: 'tolerance.decideWithin',
  service: 'tolerance.signWithin',
} as const;

/** Starts a clock today; nothing where its term is unset. */
export function clockFrom(deadline: keyof typeof terms, context: Context): CommonEvent[] | Refusal {
  const within = context.policy.settings[terms[deadline]].value;
  if (within === null) return [];
  const counted = count(context.today, within, 0, context);
  return isRefusal(counted) ? counted : [{ type: 'DeadlineSet', data: { deadline, counted } }];
}

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
