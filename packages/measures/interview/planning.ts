import { type Caller, hasRole, personsBehind } from '@dandang/access/caller.ts';
import type { Party } from '@dandang/access/party.ts';
import { instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import type { Context, Decision } from '@dandang/casework/command.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import type { Directory, Official } from '@dandang/casework/directory.ts';
import { refOf } from '@dandang/casework/matter.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { isInChargeOf } from '@dandang/casework/succession.ts';
import type { Procedure, ProcedureOffice } from '@dandang/policy/procedure.ts';
import * as z from 'zod/mini';
import { bookedPersons, bookingHolds, daysAround, despiteBooking } from './booked-hour.ts';
import type { InterviewEvent, InterviewPlan } from './events.ts';
import { type Interview, procedureOf } from './interview-matter.ts';
import { command, officersIn, procedural, whoPlans } from './parties.ts';
import { refuse } from './refusals.ts';

/* The plan 方案 of an interview, which the offices that the city names agree to before anybody is called. */

const planInput = z.strictObject({
  at: instant,
  place: shortText,
  lead: idText,
  participants: z.array(idText).check(z.maxLength(50)),
  agenda: freeText,
  ...despiteBooking,
});

/** Whether an official may lead an interview with a unit. */
function mayLead(lead: Official, unit: string, which: Procedure['lead'], directory: Directory): boolean {
  const { roles = [] } = lead;
  if (roles.includes('principal-leader')) return true;
  if (which === 'principal') return false;
  return isInChargeOf(lead, unit, directory) || (which === 'leader' && roles.includes('leader'));
}

function planned(interview: Interview, input: z.infer<typeof planInput>, context: Context): Decision<InterviewEvent> {
  const { directory, by, now } = context;
  const lead = directory.official(input.lead);
  if (lead === undefined) return refuse('unknown-official', { detail: input.lead });
  const calledAsSubject = [input.lead, ...input.participants].some((id) =>
    interview.subjects.some((one) => one.id === id),
  );
  if (calledAsSubject) return refuse('handler-is-subject');
  const { lead: which } = procedureOf(interview.details);
  if (!mayLead(lead, interview.unit.id, which, directory)) return refuse('lead-not-leader');
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

/** The offices that have to concur. */
const concurring = ({ details }: Interview): readonly ProcedureOffice[] => procedureOf(details).concur;

/** Whether every office that has to concur agreed to the plan as it is. */
export const concurred = (interview: Interview): boolean =>
  concurring(interview).every((organ) => interview.details.concurrences[organ]?.state === 'concurred');

const whoConcurs = (interview: Interview): Party[] => officersIn(concurring(interview));

/** The offices that have said nothing yet on the plan as it is. */
const unheard = (interview: Interview): Party[] =>
  officersIn(concurring(interview).filter((organ) => interview.details.concurrences[organ] === undefined));

/** The office that a caller speaks for on a plan: of several, the first one that has not concurred. */
function organOf(interview: Interview, caller: Caller): ProcedureOffice | undefined {
  const own = concurring(interview).filter((organ) => hasRole(caller, organ));
  return own.find((organ) => interview.details.concurrences[organ]?.state !== 'concurred') ?? own[0];
}

/** Whether one of the persons behind a caller concurred for another office: nobody does so for two, under whatever hat. */
const concurredForAnother = (
  { details: { concurrences } }: Interview,
  organ: ProcedureOffice,
  caller: Caller,
): boolean =>
  Object.entries(concurrences).some(
    ([other, said]) =>
      other !== organ && said.state === 'concurred' && personsBehind(caller).some((person) => said.by.includes(person)),
  );

export const planningCommands = {
  plan: command(['approved', 'planned', 'notified'], {
    title: '制定方案',
    by: procedural,
    byNow: whoPlans,
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
    by: procedural,
    byNow: whoConcurs,
    input: z.strictObject({}),
    awaited: (matter) => unheard(matter).length > 0,
    awaitedBy: unheard,
    blocked: (matter, { by }) => {
      const organ = organOf(matter, by);
      if (organ === undefined) return refuse('not-yours');
      if (matter.details.concurrences[organ]?.state === 'concurred') return 'on-file';
      return concurredForAnother(matter, organ, by) ? refuse('own-approval') : undefined;
    },
    decide: (matter, _input, { by }) => {
      const organ = organOf(matter, by);
      return organ === undefined ? refuse('not-yours') : [{ type: 'PlanConcurred', data: { organ } }];
    },
  }),
  object: command(['planned'], {
    title: '对方案提出意见',
    by: procedural,
    byNow: whoConcurs,
    input: z.strictObject({ reason: freeText }),
    decide: (matter, { reason }, { by }) => {
      const organ = organOf(matter, by);
      return organ === undefined ? refuse('not-yours') : [{ type: 'PlanObjected', data: { organ, reason } }];
    },
  }),
};
