import { type Context, type Decision, type Needs, personsActedFor } from '@dandang/casework/command.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { refOf, subjectOf } from '@dandang/casework/matter.ts';
import { isRefusal, type Refusal } from '@dandang/casework/refusal.ts';
import { procedureOf } from '@dandang/policy/policy-procedure.ts';
import * as z from 'zod/mini';
import { circumstanceOf } from '../circumstance.ts';
import { type Application, type InterviewEvent, responsibility } from './events.ts';
import { originHolds, originNeeds } from './escalation.ts';
import { command, consenting, whoConsents } from './parties.ts';
import { refuse } from './refusals.ts';

/* The application for an interview, and the consent to it, where the city asks for one. */

const mostSubjects = 50;

export const openingInput = z.strictObject({
  subjects: z
    .array(
      z.union([
        z.strictObject({ official: idText, responsibility }),
        z.strictObject({ group: z.strictObject({ unit: idText, name: shortText }) }),
      ]),
    )
    .check(z.minLength(1)),
  circumstance: idText,
  grounds: freeText,
  origin: z.optional(z.strictObject({ kind: z.enum(['reminder', 'interview']), id: idText })),
});
export type Opening = z.infer<typeof openingInput>;

const officialsOf = (input: Opening): string[] =>
  input.subjects.flatMap((one) => ('official' in one ? [one.official] : []));
const groupsOf = (input: Opening) => input.subjects.flatMap((one) => ('group' in one ? [one.group] : []));

export const openingNeeds = (input: Opening): Needs => ({
  units: groupsOf(input).map((group) => group.unit),
  officials: officialsOf(input),
  unitsOfOfficials: true,
  standIns: true,
  ...originNeeds(input.origin),
});

function applicationOf(input: Opening, context: Context): Application | Refusal {
  const { directory, policy } = context;
  if (policy.interview.ladder.length > 0)
    for (const setting of ['interview.windowBasis', 'interview.counts'] as const)
      if (policy.settings[setting].value === null) return refuse('ladder-unset', { setting });
  if (input.subjects.length > mostSubjects) return refuse('too-many-subjects');
  const ids = officialsOf(input);
  const groups = groupsOf(input);
  if (new Set(ids).size < ids.length || new Set(groups.map((one) => `${one.unit} ${one.name}`)).size < groups.length)
    return refuse('duplicate-subject');
  if (personsActedFor(context).some((person) => ids.includes(person))) return refuse('handler-is-subject');
  const subjects: Application['subjects'][number][] = [];
  for (const one of input.subjects) {
    if (!('official' in one)) continue;
    const official = directory.official(one.official);
    if (official === undefined) return refuse('unknown-official', { detail: one.official });
    subjects.push({ ...subjectOf(official), responsibility: one.responsibility });
  }
  const [first, ...others] = [...subjects, ...groups].map((one) => one.unit);
  if (first === undefined || others.some((unit) => unit !== first)) return refuse('unit-mismatch');
  const unit = directory.unit(first);
  if (unit === undefined) return refuse('unknown-unit', { detail: first });
  const circumstance = circumstanceOf(policy, 'interview', input.circumstance);
  if (isRefusal(circumstance)) return circumstance;
  const procedure = procedureOf(policy);
  const reviewOffice = procedure.reviews.office;
  const refused = input.origin === undefined ? undefined : originHolds(input.origin, unit.id, context);
  if (refused !== undefined) return refused;
  return {
    unit: refOf(unit),
    subjects,
    groups,
    circumstance: circumstance.id,
    ...(circumstance.name === undefined ? {} : { circumstanceName: circumstance.name }),
    grounds: input.grounds,
    ...(input.origin === undefined ? {} : { origin: input.origin }),
    ...(reviewOffice === undefined ? {} : { reviewOffice }),
    procedure,
  };
}

export function applied(input: Opening, context: Context): Decision<InterviewEvent> {
  const application = applicationOf(input, context);
  return isRefusal(application) ? application : [{ type: 'InterviewApplied', data: application }];
}

export const applicationCommands = {
  approve: command(['applied'], {
    title: '同意',
    by: consenting,
    byNow: whoConsents,
    input: z.strictObject({ opinion: freeText }),
    awaited: () => true,
    decide: (_interview, { opinion }) => [{ type: 'InterviewApproved', data: { opinion } }],
  }),
  reject: command(['applied'], {
    title: '不同意',
    by: consenting,
    byNow: whoConsents,
    input: z.strictObject({ reason: freeText }),
    decide: (_interview, { reason }) => [{ type: 'InterviewRejected', data: { reason } }],
  }),
};
