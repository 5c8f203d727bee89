import { addDays, type CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Context } from './command.ts';
import { type Counted, isOpen, nextAct, recount, sameDays } from './deadline.ts';
import { type CommonEvent, findDeadline, type Matter } from './matter.ts';
import type { StoredEvent } from './commit.ts';
import { type MeasureDefinition, sheetOf } from './measure-definition.ts';
import type { Notices } from './notice.ts';
import { isRefusal, type Refusal } from './refusal.ts';

/**
 * What the clock puts on file about a deadline today: that it is near, or that it was missed. Nothing where the deadline was
 * met or moved before the timer fired, or where it was said already: a timer is late or comes twice and never decides.
 * Chasers are not of one matter (`chasing.ts`); what is missed today may be chased from the first working day on.
 */
export function deadlineReached<S extends string, D, E extends StoredEvent>(
  matter: Matter<S, D>,
  name: string,
  definition: Pick<MeasureDefinition<S, D, E, never>, 'deadlines'>,
  context: Context,
): (E | CommonEvent)[] {
  const deadline = findDeadline(matter, name);
  if (deadline === undefined) return [];
  const { today, calendar } = context;
  const act = nextAct(deadline);
  if (act === undefined || act.what === 'chase' || act.on > today) return [];

  if (act.what === 'near' && today < deadline.redOn)
    return [{ type: 'DeadlineNear', data: { deadline: name, on: today } }];

  const runsOut = sheetOf(definition, name)?.runsOut;
  if (runsOut !== undefined) return [...runsOut(matter, context), { type: 'DeadlineEnded', data: { deadline: name } }];

  const nextChaseOn = calendar.isWorkingDay(today) ? today : calendar.nextWorkingDay(today);
  return [{ type: 'DeadlineMissed', data: { deadline: name, on: today, nextChaseOn } }];
}

/**
 * A right that was still open does not end before the day on which one hears that its last day moved: nobody becomes
 * overdue backwards.
 */
const notBackwards = (before: Counted, after: Counted, today: CivilDate): Counted =>
  before.redOn > today && after.redOn <= today ? { ...after, latest: today, redOn: addDays(today, 1) } : after;

/**
 * Counts every open deadline again by the context's calendar and puts on file which of them moved, with a notice to the
 * parties. Refuses with `no-calendar` where the new calendar does not reach.
 */
export function recountDeadlines<S extends string, D>(
  matter: Matter<S, D>,
  notices: Notices<S, D>,
  context: Context,
): CommonEvent[] | Refusal {
  const events: CommonEvent[] = [];
  for (const deadline of matter.deadlines.filter(isOpen)) {
    const again = recount(deadline, context);
    if (isRefusal(again)) return again;
    const counted = notBackwards(deadline, again, context.today);
    if (sameDays(deadline, counted)) continue;
    const { basis, extended, dueOn, firm, earliest, latest, yellowOn, redOn } = deadline;
    const before = { basis, extended, dueOn, firm, earliest, latest, yellowOn, redOn };
    const slot = `recount/${deadline.name}/${matter.version + 1}`;
    const moved = { ...deadline, ...counted };
    events.push({ type: 'DeadlineRecounted', data: { deadline: deadline.name, before, counted } });
    // The parties are told what moves for them; an office sees its own in its list.
    if (deadline.office === true) continue;
    const letter = notices.write(matter, { what: 'recount-notice', slot, deadline: moved }, context);
    if (letter !== undefined) events.push({ type: 'LettersIssued', data: { letters: [letter] } });
  }
  return events;
}
