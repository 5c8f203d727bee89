import { either, type Party, role, roleIn, theSubject, theUnit } from '@dandang/access/party.ts';
import { commandsOf, commandsWhere, type Needs } from '@dandang/casework/command.ts';
import type { ProcedureOffice } from '@dandang/policy/procedure.ts';
import { numbersOf } from '../official-letter.ts';
import type { InterviewEvent } from './events.ts';
import {
  type HeldDetails,
  type Interview,
  type InterviewDetails,
  type InterviewState,
  isHeld,
  isNotified,
  isPlanned,
  type NotifiedDetails,
  type PlannedDetails,
  type PlannedInterview,
  procedureOf,
} from './interview-matter.ts';
import { handlingUnit } from './letters.ts';

/* What the commands of an interview have in common: who acts, whom a letter may go to, the numbers it needs. */

export const command = commandsOf<InterviewState, InterviewDetails, InterviewEvent>();
export const ofPlanned = commandsWhere<InterviewState, InterviewDetails, PlannedDetails, InterviewEvent>(isPlanned);
export const ofNotified = commandsWhere<InterviewState, InterviewDetails, NotifiedDetails, InterviewEvent>(isNotified);
export const ofHeld = commandsWhere<InterviewState, InterviewDetails, HeldDetails, InterviewEvent>(isHeld);

export const [supervision, principal, organization] = [
  role('supervision'),
  role('principal-leader'),
  role('organization'),
];
const [committee, discipline] = [role('party-committee-office'), role('discipline')];
export const subjectOrUnit = either(theSubject, theUnit);

/**
 * The supervision office that handles an interview: the one that the deployment names, else the applicant's where that
 * supervises, else any.
 */
export function handlingOfficers({ details, openedBy }: Pick<Interview, 'details' | 'openedBy'>): Party {
  const unit = details.reviewOffice ?? (openedBy.roles.includes('supervision') ? openedBy.unit : undefined);
  return unit === undefined ? supervision : roleIn('supervision', unit);
}
/** What only the handling office does. */
export const byHandlingOffice = { by: [supervision], byNow: (interview: Interview) => [handlingOfficers(interview)] };

/** Who acted on it, led it, or was there: none of them decides a dispute about it. */
export const tookPart = ({ acts, details: { plan, held } }: Interview): string[] => [
  ...acts.map((act) => act.person),
  ...(plan === undefined ? [] : [plan.lead.id]),
  ...(held?.attendees ?? []).map((one) => one.id),
];

const leader = role('leader');
/** Whoever may have to consent to an interview, in some city. */
export const consenting: readonly Party[] = [principal, leader];
/** Who consents to this one. */
export const whoConsents = ({ details }: Interview): Party[] => {
  const { consent } = procedureOf(details);
  return consent === undefined ? [] : [consent === 'leader' ? leader : principal];
};

const officers: Readonly<Record<ProcedureOffice, Party>> = {
  supervision,
  'party-committee-office': committee,
  discipline,
  organization,
};
/** Whoever may plan, concur or record, in some city. */
export const procedural: readonly Party[] = Object.values(officers);
export const officersIn = (offices: readonly ProcedureOffice[]): Party[] => offices.map((office) => officers[office]);

/** Who plans this interview and calls everybody to it; who records it. */
export const whoPlans = (interview: Interview): Party[] => {
  const { plans } = procedureOf(interview.details);
  return [plans === undefined ? handlingOfficers(interview) : officers[plans]];
};
export const whoRecords = (interview: Interview): Party[] => {
  const { records } = procedureOf(interview.details);
  return [records === undefined ? handlingOfficers(interview) : officers[records]];
};

/** Everybody whom a letter about the interview may go to, and the units behind them. */
export const partiesOf = (interview: Interview): Needs => {
  const { plan, groups } = interview.details;
  return {
    units: [interview.unit.id, handlingUnit(interview), 'organization', ...groups.map((group) => group.unit)],
    officials: [...interview.subjects, ...(plan === undefined ? [] : [...plan.participants, plan.lead])].map(
      (one) => one.id,
    ),
  };
};

/** The same with the office that planned the interview and calls them, and with whom it called before. */
export const callingParties = (interview: PlannedInterview): Needs => {
  const parties = partiesOf(interview);
  const { plan, called } = interview.details;
  const before = called === undefined ? [] : [...called.participants, called.lead].map((one) => one.id);
  return {
    ...parties,
    unitOfActor: true,
    units: [...parties.units, plan.plannedBy],
    officials: [...parties.officials, ...before],
  };
};

/** The same with everybody who got a letter of the interview. */
export const toldOf = (interview: Interview): Needs => {
  const got = interview.letters.flatMap((one) => one.deliveries).map((one) => one.recipient);
  const parties = partiesOf(interview);
  const ids = (kind: 'unit' | 'official') => got.filter((one) => one.kind === kind).map((one) => one.id);
  return { units: [...parties.units, ...ids('unit')], officials: [...parties.officials, ...ids('official')] };
};

export const numbersFor = numbersOf('interview.series');
