import { type Instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { absencesOf, absentInput, officesMissing, presenceHolds } from './attendance.ts';
import type { Attendee, Holding } from './events.ts';
import { type NotifiedInterview, procedureOf } from './interview-matter.ts';
import { refuse } from './refusals.ts';

/* The record 约谈记录 of an interview, when it is made and when it is corrected: the same rules hold for the whole of it. */

/** What is entered of it beside its hour; a correction leaves out what stays. */
export const recordInput = {
  attendees: z.array(idText).check(z.maxLength(100)),
  absent: absentInput,
  minutes: freeText,
  requirements: z.array(freeText).check(z.minLength(1), z.maxLength(50)),
  irregular: z.strictObject({ reason: freeText }),
} as const;

/** A whole record as it is entered. */
export interface Entered {
  readonly heldAt: Instant;
  readonly attendees: readonly string[];
  readonly absent: z.infer<typeof absentInput>;
  readonly minutes: string;
  readonly requirements: readonly string[];
  readonly irregular?: { readonly reason: string } | undefined;
}

/** What may not be as the rules have it, in the order in which it is refused. */
type Break = 'held-before-notice' | 'missing-attendee' | 'not-invited';

/** Who was there: as the record knows them already, or as the directory does today. */
function attendeesOf(
  { details: { held, ...details } }: NotifiedInterview,
  named: readonly string[],
  { directory }: Context,
): Attendee[] | Refusal {
  const { throughout } = procedureOf(details);
  const attendees: Attendee[] = [];
  for (const id of new Set(named)) {
    const known = held?.attendees.find((one) => one.id === id);
    const official = directory.official(id);
    if (known?.unit !== undefined) attendees.push(known);
    else if (official !== undefined) {
      const offices = throughout.filter((office) => official.roles?.includes(office));
      const { name, unit } = official;
      attendees.push({ id, name, unit, ...(offices.length === 0 ? {} : { offices }) });
    } else if (known !== undefined) attendees.push(known);
    else return refuse('unknown-official', { detail: id });
  }
  return attendees;
}

/** What of a record breaks a rule that life may break, with a reason. */
function breaksOf(interview: NotifiedInterview, heldAt: Instant, attendees: readonly Attendee[]): Break[] {
  const { subjects, details } = interview;
  const { plan, notifiedAt, groups } = details;
  // The notice to a group goes to its unit, which sends its own people.
  const unitsCalled = new Set(groups.map((group) => group.unit));
  const invited = new Set([plan.lead, ...plan.participants, ...subjects].map((one) => one.id));
  const breaks: Break[] = [];
  if (msOf(heldAt) < msOf(notifiedAt)) breaks.push('held-before-notice');
  if (officesMissing(interview, attendees, procedureOf(details).throughout).length > 0) breaks.push('missing-attendee');
  if (attendees.some(({ id, unit = '' }) => !invited.has(id) && !unitsCalled.has(unit))) breaks.push('not-invited');
  return breaks;
}

/**
 * A record as it goes on file. Refuses what was no interview, whoever says why, and what else breaks a rule unless it is
 * put on file openly.
 */
export function recordOf(interview: NotifiedInterview, entered: Entered, context: Context): Holding | Refusal {
  if (msOf(entered.heldAt) > msOf(context.now)) return refuse('held-in-future');
  const attendees = attendeesOf(interview, entered.attendees, context);
  if (isRefusal(attendees)) return attendees;
  const absent = absencesOf(interview, entered.absent);
  if (isRefusal(absent)) return absent;
  const refused = presenceHolds(interview, { attendees, absent });
  if (refused !== undefined) return refused;
  const heldAt = instantAt(msOf(entered.heldAt));
  const breaks = breaksOf(interview, heldAt, attendees);
  const [broken] = breaks;
  // What breaks a rule is refused with the rule's code, or, where life required it, put on file openly.
  if (broken !== undefined && entered.irregular === undefined) return refuse(broken);
  return {
    heldAt,
    attendees,
    absent,
    minutes: entered.minutes,
    requirements: entered.requirements,
    ...(entered.irregular === undefined ? {} : { irregular: { reason: entered.irregular.reason, breaks } }),
  };
}
