import type { Caller } from '@dandang/access/caller.ts';
import type { Party } from '@dandang/access/party.ts';
import { instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import type { Context, Decision } from '@dandang/casework/command.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { refOf } from '@dandang/casework/matter.ts';
import { isRefusal, refuse } from '@dandang/casework/refusal.ts';
import { isInChargeOf } from '@dandang/casework/succession.ts';
import * as z from 'zod/mini';
import { bookedPersons, bookingHolds, daysAround, despiteBooking } from './booked-hour.ts';
import type { InterviewEvent, InterviewPlan } from './events.ts';
import type { Interview } from './interview-matter.ts';
import { command, committee, discipline, organization, organs } from './parties.ts';

/* The plan 方案 of an interview, which both organs agree to before anybody is called. */

const planInput = z.strictObject({
  at: instant,
  place: shortText,
  lead: idText,
  participants: z.array(idText).check(z.maxLength(50)),
  agenda: freeText,
  ...despiteBooking,
});

function planned(interview: Interview, input: z.infer<typeof planInput>, context: Context): Decision<InterviewEvent> {
  const { directory, by, now } = context;
  const lead = directory.official(input.lead);
  if (lead === undefined) return refuse('unknown-official', { detail: input.lead });
  const calledAsSubject = [input.lead, ...input.participants].some((id) =>
    interview.subjects.some((one) => one.id === id),
  );
  if (calledAsSubject) return refuse('handler-is-subject');
  const roles = lead.roles ?? [];
  const leads = roles.includes('principal-leader') || isInChargeOf(lead, interview.unit.id, directory);
  if (!leads) return refuse('lead-not-leader');
  const recused = [input.lead, ...input.participants].find((id) => interview.recused.some((one) => one.person === id));
  if (recused !== undefined) return refuse('recused', { detail: recused });
  const participants: InterviewPlan['participants'][number][] = [];
  for (const id of new Set(input.participants)) {
    const official = directory.official(id);
    if (official === undefined) return refuse('unknown-official', { detail: id });
    participants.push(refOf(official));
  }
  if (msOf(input.at) < msOf(now)) return refuse('date-passed');
  const plan = { at: instantAt(msOf(input.at)), place: input.place, lead: refOf(lead), participants };
  const free = bookingHolds(interview, { ...plan, persons: bookedPersons(interview, plan) }, input, context);
  if (isRefusal(free)) return free;
  return [{ type: 'InterviewPlanned', data: { ...plan, agenda: input.agenda, plannedBy: by.unit, ...free } }];
}

/** Whether both organs have agreed to the plan as it is. */
export const concurred = (interview: Interview): boolean =>
  organs.every((organ) => interview.details.concurrences[organ]?.state === 'concurred');

/** The organs that have said nothing yet on the plan as it is. */
const unheard = (interview: Interview): Party[] =>
  organs
    .filter((organ) => interview.details.concurrences[organ] === undefined)
    .map((organ) => (organ === 'discipline' ? discipline : organization));

/** The organ that a caller speaks for on a plan. */
const organOf = (caller: Caller): (typeof organs)[number] | undefined =>
  organs.find((organ) => caller.roles.some((one) => one === organ));

export const planningCommands = {
  plan: command(['approved', 'planned'], {
    title: '制定方案',
    by: [committee],
    input: planInput,
    awaited: (matter) =>
      matter.state === 'approved' || Object.values(matter.details.concurrences).some((one) => one.state === 'objected'),
    needs: ({ unit }, input) => ({
      units: [unit.id],
      officials: [input.lead, ...input.participants],
      bookingsOn: daysAround(input.at),
    }),
    decide: planned,
  }),
  concur: command(['planned'], {
    title: '同意方案',
    by: [discipline, organization],
    input: z.strictObject({}),
    awaited: (matter) => unheard(matter).length > 0,
    awaitedBy: unheard,
    decide: (matter, _input, { by }) => {
      const organ = organOf(by);
      if (organ === undefined) return refuse('not-yours');
      if (matter.details.concurrences[organ]?.state === 'concurred') return [];
      return [{ type: 'PlanConcurred', data: { organ } }];
    },
  }),
  object: command(['planned'], {
    title: '对方案提出意见',
    by: [discipline, organization],
    input: z.strictObject({ reason: freeText }),
    decide: (_interview, { reason }, { by }) => {
      const organ = organOf(by);
      return organ === undefined ? refuse('not-yours') : [{ type: 'PlanObjected', data: { organ, reason } }];
    },
  }),
};
