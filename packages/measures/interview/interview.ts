import { type Caller, personsBehind } from '@dandang/access/caller.ts';
import { either, type Party, role, theSubject, theUnit } from '@dandang/access/party.ts';
import { chinaDate, type CivilDate, civilDate, instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { term } from '@dandang/calendar/term.ts';
import { attached, attachmentIds, withAttachments } from '@dandang/casework/attachment.ts';
import { type Booking, clashes } from '@dandang/casework/booking.ts';
import { commandsOf, type Context, type Decision, type Needs, nothingNeeded } from '@dandang/casework/command.ts';
import { count, isOpen } from '@dandang/casework/deadline.ts';
import { ended, met, reopened } from '@dandang/casework/deadline-events.ts';
import { freeText, idText, shortText } from '@dandang/casework/input.ts';
import { subjectOf } from '@dandang/casework/matter.ts';
import { defineMeasure } from '@dandang/casework/measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { isRefusal, malformedAt, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { disputeIsLate, openDispute } from '../dispute.ts';
import { isOwnRight, rightOf, withoutRight } from '../own-right.ts';
import { issued, numbersOf } from '../official-letter.ts';
import { reminderOnFile } from '../reminder/reminder-file.ts';
import { type Application, type InterviewEvent, interviewEvent, type InterviewPlan, responsibility } from './events.ts';
import { evolveInterview } from './evolve.ts';
import type { Interview, InterviewDetails, InterviewState } from './interview-matter.ts';
import { ladderEffect } from './ladder-effect.ts';
import { foldLadder, ladderEvents, rungOf, sameRung } from './ladder.ts';
import {
  annulledNotice,
  cancelledNotice,
  handlingUnit,
  type HeldInterview,
  interviewNotice,
  interviewRecord,
  interviewWritten,
  progressReport,
  proposalLetter,
  rectificationNotice,
  rescheduledNotice,
} from './letters.ts';

const mostSubjects = 50;

const openingInput = z.strictObject({
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
  origin: z.optional(z.strictObject({ kind: z.enum(['reminder']), id: idText })),
});
type Opening = z.infer<typeof openingInput>;

const booked = { anyway: z.optional(z.literal(true)), reason: z.optional(freeText) };
const planInput = z.strictObject({
  at: instant,
  place: shortText,
  lead: idText,
  participants: z.array(idText).check(z.maxLength(50)),
  agenda: freeText,
  ...booked,
});
const holdInput = z.strictObject({
  heldAt: instant,
  attendees: z.array(idText).check(z.maxLength(100)),
  minutes: freeText,
  requirements: z.array(freeText).check(z.minLength(1), z.maxLength(50)),
  irregular: z.optional(z.strictObject({ reason: freeText })),
  /** The term of the rectification plan, where the policy gives none. */
  planWithin: z.optional(term),
  attachments: attachmentIds,
});
const measuresInput = z.array(
  z.strictObject({ problem: freeText, action: freeText, responsible: shortText, dueOn: civilDate }),
);
const decideInput = z.strictObject({
  official: idText,
  outcome: z.enum(['confirmed', 'declined']),
  reason: freeText,
  scope: z.optional(shortText),
  media: z.optional(freeText),
  irregular: z.optional(z.strictObject({ reason: freeText })),
});

const [supervision, principal, committee] = [
  role('supervision'),
  role('principal-leader'),
  role('party-committee-office'),
];
const [discipline, organization] = [role('discipline'), role('organization')];
const subjectOrUnit = either(theSubject, theUnit);

/** The supervision officers of one unit. */
const officersOf = (unit: string): Party => ({
  name: supervision.name,
  office: true,
  includes: (caller, matter) => caller.unit === unit && supervision.includes(caller, matter),
  assignees: () => [`unit:${unit}`],
});

/** The two organs that a plan is agreed with and that attend throughout 全程参与. */
const organs = ['discipline', 'organization'] as const;

const officialsOf = (input: Opening): string[] =>
  input.subjects.flatMap((one) => ('official' in one ? [one.official] : []));
const groupsOf = (input: Opening) => input.subjects.flatMap((one) => ('group' in one ? [one.group] : []));

/** A reminder that proved ineffective may lead to an interview with the same unit, and nothing else may. */
function originHolds(input: Opening, unit: string, { file }: Context): Refusal | undefined {
  if (input.origin === undefined) return undefined;
  const found = reminderOnFile(file(input.origin));
  if (found?.state !== 'ineffective') return refuse('origin-not-ineffective');
  return found.unit.id === unit ? undefined : refuse('unit-mismatch');
}

function applied(input: Opening, context: Context): Application | Refusal {
  const { directory, policy, by } = context;
  if (policy.settings['interview.windowBasis'].value === null || policy.settings['interview.counts'].value === null)
    return refuse('ladder-unset');
  if (input.subjects.length > mostSubjects) return refuse('too-many-subjects');
  const ids = officialsOf(input);
  const groups = groupsOf(input);
  if (new Set(ids).size < ids.length || new Set(groups.map((one) => `${one.unit} ${one.name}`)).size < groups.length)
    return refuse('duplicate-subject');
  if (personsBehind(by).some((person) => ids.includes(person))) return refuse('handler-is-subject');
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
  const circumstance = policy.interview.circumstances.find((one) => one.id === input.circumstance);
  if (circumstance === undefined) return refuse('unknown-circumstance', { detail: input.circumstance });
  const reviewOffice = policy.settings['interview.reviewOffice'].value;
  const refused = originHolds(input, unit.id, context);
  if (refused !== undefined) return refused;
  return {
    unit: { id: unit.id, name: unit.name },
    subjects,
    groups,
    circumstance: circumstance.id,
    ...(circumstance.name === undefined ? {} : { circumstanceName: circumstance.name }),
    grounds: input.grounds,
    ...(input.origin === undefined ? {} : { origin: input.origin }),
    ...(reviewOffice === null ? {} : { reviewOffice }),
  };
}

/** Everybody whom a letter about the interview may go to, and the units behind them. */
const partiesOf = (interview: Interview): Needs => {
  const { plan, groups } = interview.details;
  const persons = [...interview.subjects.map((one) => one.id), ...(plan?.participants ?? []).map((one) => one.id)];
  return {
    units: [interview.unit.id, handlingUnit(interview), 'organization', ...groups.map((group) => group.unit)],
    officials: plan === undefined ? persons : [...persons, plan.lead.id],
  };
};
const withCallerUnit = (needs: Needs, ...units: string[]): Needs => ({ ...needs, units: [...needs.units, ...units] });

const numbersFor = numbersOf('interview.series');

/** Who or what is booked already in that hour, unless somebody decides that it goes anyway, with a reason. */
function bookingHolds(
  interview: Interview,
  wanted: Pick<Booking, 'at' | 'place' | 'persons'>,
  input: { readonly anyway?: true | undefined; readonly reason?: string | undefined },
  { bookings }: Context,
): { readonly anyway?: NonNullable<InterviewPlan['anyway']> } | Refusal {
  const found = clashes({ ...wanted, interview: interview.id }, bookings);
  if (found.length === 0) return {};
  const named = found.flatMap((one) => one.what);
  if (input.anyway !== true)
    return refuse('conflict', {
      detail: named.join('、'),
      other: found.map(({ interview: id }) => ({ kind: 'interview', id })),
    });
  if (input.reason === undefined) return malformedAt('reason', '须说明理由', 'a reason is needed');
  return { anyway: { reason: input.reason, with: named } };
}

const bookedPersons = (
  interview: Interview,
  plan: Pick<InterviewPlan, 'lead' | 'participants'>,
): Booking['persons'] => [...interview.subjects.map(({ id, name }) => ({ id, name })), plan.lead, ...plan.participants];

/** The days on which something may be booked in the hour before or after: two of them around midnight. */
const daysAround = (at: string): CivilDate[] =>
  [-3_600_000, 3_600_000].map((ms) => chinaDate(instantAt(msOf(at) + ms)));

function planned(interview: Interview, input: z.infer<typeof planInput>, context: Context): Decision<InterviewEvent> {
  const { directory, by, now } = context;
  const lead = directory.official(input.lead);
  if (lead === undefined) return refuse('unknown-official', { detail: input.lead });
  const calledAsSubject = [input.lead, ...input.participants].some((id) =>
    interview.subjects.some((one) => one.id === id),
  );
  if (calledAsSubject) return refuse('handler-is-subject');
  const roles = lead.roles ?? [];
  const leads = roles.includes('principal-leader') || (lead.inChargeOf ?? []).includes(interview.unit.id);
  if (!leads) return refuse('lead-not-leader');
  const recused = [input.lead, ...input.participants].find((id) => interview.recused.some((one) => one.person === id));
  if (recused !== undefined) return refuse('recused', { detail: recused });
  const participants: { id: string; name: string }[] = [];
  for (const id of new Set(input.participants)) {
    const official = directory.official(id);
    if (official === undefined) return refuse('unknown-official', { detail: id });
    participants.push({ id, name: official.name });
  }
  if (msOf(input.at) < msOf(now)) return refuse('date-passed');
  const at = instantAt(msOf(input.at));
  const plan = { at, place: input.place, lead: { id: lead.id, name: lead.name }, participants };
  const free = bookingHolds(interview, { ...plan, persons: bookedPersons(interview, plan) }, input, context);
  if (isRefusal(free)) return free;
  return [{ type: 'InterviewPlanned', data: { ...plan, agenda: input.agenda, plannedBy: by.unit, ...free } }];
}

const concurred = (interview: Interview): boolean =>
  organs.every((organ) => interview.details.concurrences[organ]?.state === 'concurred');

/** The organs that have said nothing yet on the plan as it is. */
const unheard = (interview: Interview): Party[] =>
  organs
    .filter((organ) => interview.details.concurrences[organ] === undefined)
    .map((organ) => (organ === 'discipline' ? discipline : organization));

/** The organ that a caller speaks for on a plan. */
const organOf = (caller: Caller): (typeof organs)[number] | undefined =>
  organs.find((organ) => caller.roles.some((one) => one === organ));

function held(interview: Interview, input: z.infer<typeof holdInput>, context: Context): Decision<InterviewEvent> {
  const { directory, now, policy } = context;
  const { plan, notifiedAt } = interview.details;
  if (msOf(input.heldAt) > msOf(now)) return refuse('held-in-future');
  const attendees: { id: string; name: string }[] = [];
  // The notice to a group goes to its unit, which sends its own people.
  const unitsCalled = new Set(interview.details.groups.map((group) => group.unit));
  const invitedByUnit = new Set<string>();
  const present = new Set<string>();
  for (const id of new Set(input.attendees)) {
    const official = directory.official(id);
    if (official === undefined) return refuse('unknown-official', { detail: id });
    attendees.push({ id, name: official.name });
    if (unitsCalled.has(official.unit)) invitedByUnit.add(id);
    // A subject is there as a subject: it does not stand for the organ that it comes from.
    if (interview.subjects.some((one) => one.id === id)) continue;
    for (const one of official.roles ?? []) present.add(one);
  }
  const invited = new Set([
    plan?.lead.id,
    ...(plan?.participants ?? []).map((one) => one.id),
    ...interview.subjects.map((one) => one.id),
  ]);
  const breaks: ('held-before-notice' | 'missing-attendee' | 'not-invited')[] = [];
  if (notifiedAt !== undefined && msOf(input.heldAt) < msOf(notifiedAt)) breaks.push('held-before-notice');
  if (organs.some((organ) => !present.has(organ))) breaks.push('missing-attendee');
  if (attendees.some((one) => !invited.has(one.id) && !invitedByUnit.has(one.id))) breaks.push('not-invited');
  const [broken] = breaks;
  // What breaks a rule is refused with the rule's code, or, where life required it, put on file openly.
  if (broken !== undefined && input.irregular === undefined) return refuse(broken);
  const heldAt = instantAt(msOf(input.heldAt));
  const facts: HeldInterview = {
    heldAt,
    attendees,
    minutes: input.minutes,
    requirements: input.requirements,
    ...(input.irregular === undefined ? {} : { irregular: { reason: input.irregular.reason, breaks } }),
  };
  const files = attached(input.attachments, context, context.by);
  if (isRefusal(files)) return files;
  const within = input.planWithin ?? policy.interview.planWithin.value;
  if (within === null) return refuse('plan-term-unset');
  const due = count(chinaDate(heldAt), within, 0, context);
  if (isRefusal(due)) return due;
  const letters = issued([
    interviewRecord(interview, facts, context),
    rectificationNotice(interview, facts, due, context),
  ]);
  if (isRefusal(letters)) return letters;
  return [
    { type: 'InterviewHeld', data: { ...facts, ...withAttachments(files) } },
    { type: 'DeadlineSet', data: { deadline: 'rectification-plan', counted: due } },
    ...letters,
  ];
}

const ladderOf = (subject: string) => ({ kind: 'ladder', id: subject });

/**
 * What the ladder's file of a subject makes of an interview: a new count where it differs from the one on file, which
 * opens a decided proposal again. Nothing where it is the same.
 */
function countedAgain(interview: Interview, subject: string, context: Context): Decision<InterviewEvent> {
  const basis = context.policy.settings['interview.windowBasis'].value;
  if (basis === null) return [];
  const rung = rungOf(foldLadder(context.file(ladderOf(subject))), subject, interview.id, basis, context.policy);
  if (rung === undefined) return [];
  const before = interview.details.ladder.find((one) => one.official === subject);
  return before !== undefined && sameRung(rung, rungOnFile(before)) ? [] : [{ type: 'LadderCounted', data: rung }];
}

const rungOnFile = ({
  official,
  count: counted,
  window,
  counted: interviews,
  otherwise,
  proposal,
}: InterviewDetails['ladder'][number]) => ({
  official,
  count: counted,
  window,
  counted: interviews,
  otherwise,
  proposal,
});

const mayDecide = (proposal: string, caller: Caller): boolean =>
  caller.roles.some((one) => one === (proposal === 'circulate' ? 'principal-leader' : 'organization'));

function proposalDecided(
  interview: Interview,
  input: z.infer<typeof decideInput>,
  context: Context,
): Decision<InterviewEvent> {
  const step = interview.details.ladder.find((one) => one.official === input.official);
  if (step === undefined || step.proposal === null || step.decided !== undefined) return refuse('no-open-proposal');
  if (!mayDecide(step.proposal, context.by)) return refuse('not-yours');
  if (ladderEvents.isNewer(context.file(ladderOf(input.official)))) return refuse('newer-release');
  const now = countedAgain(interview, input.official, context);
  if (isRefusal(now) || now.length > 0) return refuse('proposal-outdated');
  if (step.proposal === 'circulate' && input.outcome === 'declined' && input.irregular === undefined)
    return malformedAt(
      'irregular',
      '首次约谈应当通报，不通报须说明理由',
      'circulating is the rule; declining needs a reason',
    );
  if (step.proposal === 'circulate' && input.outcome === 'confirmed' && input.scope === undefined)
    return malformedAt('scope', '须写明通报范围', 'the scope is needed');
  const decision: InterviewEvent = {
    type: 'ProposalDecided',
    data: {
      official: input.official,
      proposal: step.proposal,
      outcome: input.outcome,
      reason: input.reason,
      ...(input.scope === undefined ? {} : { scope: input.scope }),
      ...(input.media === undefined ? {} : { media: input.media }),
      ...(input.irregular === undefined ? {} : { irregular: input.irregular }),
      counted: step.counted.map((one) => one.id),
    },
  };
  if (input.outcome === 'declined') return [decision];
  const letters = issued([proposalLetter(interview, step, input, context)]);
  return isRefusal(letters) ? letters : [decision, ...letters];
}

const heldStates = ['held', 'plan-filed', 'rectifying', 'completed', 'closed'] as const;
const openProposal = (interview: Interview, ...proposals: readonly string[]): boolean =>
  interview.details.ladder.some(
    (one) => one.proposal !== null && one.decided === undefined && proposals.includes(one.proposal),
  );

/** Everybody who got a letter of the interview. */
const toldOf = (interview: Interview): Needs => {
  const got = interview.letters.flatMap((one) => one.deliveries).map((one) => one.recipient);
  const parties = partiesOf(interview);
  const ids = (kind: 'unit' | 'official') => got.filter((one) => one.kind === kind).map((one) => one.id);
  return { units: [...parties.units, ...ids('unit')], officials: [...parties.officials, ...ids('official')] };
};

/** Takes an interview back: it leaves the count, nothing of it is owed any more, and whoever got its letters is told. */
function annulled(interview: Interview, reason: string, context: Context): Decision<InterviewEvent> {
  const letters = issued([annulledNotice(interview, reason, context)]);
  if (isRefusal(letters)) return letters;
  return [{ type: 'InterviewAnnulled', data: { reason } }, ...ended(interview), ...letters];
}

/** Who acted on it, led it, or was there. */
const tookPart = ({ acts, details: { plan, held: record } }: Interview): string[] => [
  ...acts.map((act) => act.person),
  ...(plan === undefined ? [] : [plan.lead.id]),
  ...(record?.attendees ?? []).map((one) => one.id),
];

/** The bodies that the open proposals wait for; where none is open, those that decide on any. */
function deciders(interview: Interview): Party[] {
  const now = [
    ...(openProposal(interview, 'circulate') ? [principal] : []),
    ...(openProposal(interview, 'admonition', 'organizational-handling') ? [organization] : []),
  ];
  return now.length === 0 ? [principal, organization] : now;
}

const command = commandsOf<InterviewState, InterviewDetails, InterviewEvent>();

/** What it owes by when; `words.ts` adds the English. */
export const interviewDeadlines = {
  'rectification-plan': { title: '整改方案', act: 'file-plan', owedBy: subjectOrUnit },
  'progress-report': { title: '进展报告', act: 'report', owedBy: subjectOrUnit },
} satisfies Readonly<Record<string, DeadlineSheet<Interview, InterviewEvent>>>;

/**
 * The interview 约谈: consent of the principal leader, a plan agreed with discipline and organization, notice with
 * invitation, record, a rectification plan within five working days, reports, review, and the ladder. Source: Yichang's
 * 《督查问效实施办法（试行）》 as its article tells it (三峡日报 2023-03-28, “如何开展工作约谈”, “约谈结果如何运用”).
 */
export const interview = defineMeasure<InterviewState, InterviewDetails, InterviewEvent, Opening>({
  kind: 'interview',
  collection: 'interviews',
  title: '工作约谈',
  states: [
    { name: 'applied', title: '已申请' },
    { name: 'approved', title: '已同意' },
    { name: 'rejected', title: '未同意', final: true },
    { name: 'planned', title: '已制定方案' },
    { name: 'notified', title: '已通知' },
    { name: 'cancelled', title: '已取消', final: true },
    { name: 'held', title: '已约谈' },
    { name: 'plan-filed', title: '已报整改方案' },
    { name: 'rectifying', title: '整改中' },
    { name: 'completed', title: '整改完成待复核' },
    { name: 'closed', title: '销号', final: true },
    { name: 'annulled', title: '已撤销', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: interviewEvent,
  opening: {
    title: '申请约谈',
    by: [supervision, role('leader')],
    input: openingInput,
    needs: (input) => ({
      units: groupsOf(input).map((group) => group.unit),
      officials: officialsOf(input),
      unitsOfOfficials: true,
      files: input.origin === undefined ? [] : [input.origin],
    }),
    decide: (input, context) => {
      const application = applied(input, context);
      return isRefusal(application) ? application : [{ type: 'InterviewApplied', data: application }];
    },
  },
  commands: {
    approve: command(['applied'], {
      title: '同意',
      by: [principal],
      input: z.strictObject({ opinion: freeText }),
      awaited: () => true,
      decide: (_interview, { opinion }) => [{ type: 'InterviewApproved', data: { opinion } }],
    }),
    reject: command(['applied'], {
      title: '不同意',
      by: [principal],
      input: z.strictObject({ reason: freeText }),
      decide: (_interview, { reason }) => [{ type: 'InterviewRejected', data: { reason } }],
    }),
    plan: command(['approved', 'planned'], {
      title: '制定方案',
      by: [committee],
      input: planInput,
      awaited: (matter) =>
        matter.state === 'approved' ||
        Object.values(matter.details.concurrences).some((one) => one.state === 'objected'),
      needs: (_interview, input) => ({
        units: [],
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
    notify: command(['planned'], {
      title: '发出约谈通知书',
      by: [committee],
      input: z.strictObject({}),
      awaited: concurred,
      needs: (matter) => withCallerUnit(partiesOf(matter), matter.details.plan?.plannedBy ?? ''),
      numbers: numbersFor('interview-notice'),
      decide: (matter, _input, context) => {
        const { plan } = matter.details;
        if (plan === undefined || !concurred(matter)) return refuse('not-concurred');
        // The concurrences may have taken longer than the plan thought.
        if (msOf(plan.at) < msOf(context.now)) return refuse('date-passed');
        if (context.policy.settings['interview.series'].value === null) return refuse('series-unset');
        const letters = issued([interviewNotice(matter, plan, context)]);
        return isRefusal(letters) ? letters : [{ type: 'InterviewNotified', data: {} }, ...letters];
      },
    }),
    reschedule: command(['notified'], {
      title: '改期',
      by: [committee],
      input: z.strictObject({ at: instant, place: shortText, reason: freeText, anyway: booked.anyway }),
      needs: (matter, input) => ({
        ...withCallerUnit(partiesOf(matter), matter.details.plan?.plannedBy ?? ''),
        bookingsOn: daysAround(input.at),
      }),
      decide: (matter, input, context) => {
        const { plan } = matter.details;
        if (plan === undefined) return refuse('not-concurred');
        if (msOf(input.at) < msOf(context.now)) return refuse('date-passed');
        const moved = { at: instantAt(msOf(input.at)), place: input.place, reason: input.reason };
        const free = bookingHolds(matter, { ...moved, persons: bookedPersons(matter, plan) }, input, context);
        if (isRefusal(free)) return free;
        const letters = issued([rescheduledNotice(matter, plan, moved, context)]);
        return isRefusal(letters)
          ? letters
          : [{ type: 'InterviewRescheduled', data: { ...moved, ...free } }, ...letters];
      },
    }),
    cancel: command(['notified'], {
      title: '取消',
      by: [committee],
      input: z.strictObject({ reason: freeText }),
      needs: (matter) => withCallerUnit(partiesOf(matter), matter.details.plan?.plannedBy ?? ''),
      decide: (matter, { reason }, context) => {
        const { plan } = matter.details;
        if (plan === undefined) return refuse('not-concurred');
        const letters = issued([cancelledNotice(matter, plan, reason, context)]);
        return isRefusal(letters) ? letters : [{ type: 'InterviewCancelled', data: { reason } }, ...letters];
      },
    }),
    hold: command(['notified'], {
      title: '记录约谈',
      by: [organization],
      input: holdInput,
      awaited: () => true,
      needs: (matter, input) => {
        const parties = partiesOf(matter);
        const { attendees, attachments } = input;
        return { ...parties, officials: [...parties.officials, ...attendees], attachments };
      },
      decide: held,
    }),
    'file-plan': command(['held'], {
      title: '报送整改方案',
      by: [theSubject, theUnit],
      input: z.strictObject({ measures: measuresInput, attachments: attachmentIds }),
      awaited: () => true,
      needs: (_interview, { attachments }) => ({ ...nothingNeeded, attachments }),
      decide: (matter, { measures, attachments }, context): Decision<InterviewEvent> => {
        const { today } = context;
        if (measures.length === 0) return refuse('empty-plan');
        const passed = measures.find((one) => one.dueOn < today);
        if (passed !== undefined) return refuse('date-passed', { detail: passed.dueOn });
        const files = attached(attachments, context, context.by);
        if (isRefusal(files)) return files;
        return [
          { type: 'PlanFiled', data: { measures, ...withAttachments(files) } },
          ...met(matter, 'rectification-plan', today),
        ];
      },
    }),
    'accept-plan': command(['plan-filed'], {
      title: '同意整改方案',
      by: [supervision],
      input: z.strictObject({ reportEvery: z.optional(term) }),
      awaited: () => true,
      decide: (_interview, { reportEvery }, context) => {
        const every = reportEvery ?? context.policy.settings['interview.reportEvery'].value ?? undefined;
        const accepted: InterviewEvent = {
          type: 'PlanAccepted',
          data: every === undefined ? {} : { reportEvery: every },
        };
        if (every === undefined) return [accepted];
        const due = count(context.today, every, 0, context);
        if (isRefusal(due)) return due;
        return [accepted, { type: 'DeadlineSet', data: { deadline: 'progress-report', counted: due } }];
      },
    }),
    'return-plan': command(['plan-filed'], {
      title: '退回整改方案',
      by: [supervision],
      input: z.strictObject({ reason: freeText, within: z.optional(term) }),
      decide: (matter, { reason, within }, context): Decision<InterviewEvent> => {
        const returned: InterviewEvent = {
          type: 'PlanReturned',
          data: { reason, ...(within === undefined ? {} : { within }) },
        };
        // Without a new term the old day stands.
        if (within === undefined) return [returned, ...reopened(matter, 'rectification-plan')];
        const due = count(context.today, within, 0, context);
        if (isRefusal(due)) return due;
        return [returned, { type: 'DeadlineSet', data: { deadline: 'rectification-plan', counted: due } }];
      },
    }),
    report: command(['rectifying'], {
      title: '书面报告进展',
      by: [theSubject, theUnit],
      input: z.strictObject({
        text: freeText,
        progress: z.number().check(z.int(), z.minimum(0), z.maximum(100)),
        attachments: attachmentIds,
      }),
      awaited: (matter) => matter.deadlines.some((one) => one.name === 'progress-report' && isOpen(one)),
      needs: (matter, { attachments }) => ({ ...partiesOf(matter), attachments }),
      decide: (matter, input, context): Decision<InterviewEvent> => {
        const { text, progress } = input;
        const files = attached(input.attachments, context, context.by);
        if (isRefusal(files)) return files;
        const letters = issued([progressReport(matter, input, context)]);
        if (isRefusal(letters)) return letters;
        const reported: InterviewEvent = {
          type: 'ProgressReported',
          data: { text, progress, ...withAttachments(files) },
        };
        const { reportEvery } = matter.details;
        if (reportEvery === undefined) return [reported, ...letters];
        const due = count(context.today, reportEvery, 0, context);
        if (isRefusal(due)) return due;
        return [
          reported,
          ...letters,
          ...met(matter, 'progress-report', context.today),
          { type: 'DeadlineSet', data: { deadline: 'progress-report', counted: due } },
        ];
      },
    }),
    complete: command(['rectifying'], {
      title: '报告整改完成',
      by: [theSubject, theUnit],
      input: z.strictObject({ text: freeText }),
      awaited: () => true,
      decide: (matter, { text }) => [{ type: 'RectificationCompleted', data: { text } }, ...ended(matter)],
    }),
    review: command(['completed'], {
      title: '复核',
      by: [supervision],
      input: z.strictObject({ outcome: z.enum(['passed', 'failed']), opinion: freeText }),
      awaited: () => true,
      byNow: ({ details: { reviewOffice } }) =>
        reviewOffice === undefined ? [supervision] : [officersOf(reviewOffice)],
      decide: (matter, input, context): Decision<InterviewEvent> => {
        const reviewed: InterviewEvent = { type: 'RectificationReviewed', data: input };
        const { reportEvery } = matter.details;
        if (input.outcome === 'passed' || reportEvery === undefined) return [reviewed];
        // What goes back is reported on again at the same rhythm.
        const due = count(context.today, reportEvery, 0, context);
        if (isRefusal(due)) return due;
        return [reviewed, { type: 'DeadlineSet', data: { deadline: 'progress-report', counted: due } }];
      },
    }),
    'state-case': command([...heldStates], {
      title: '陈述申辩',
      by: [theSubject],
      input: z.strictObject({ text: freeText }),
      available: (matter) => openProposal(matter, 'circulate', 'admonition', 'organizational-handling'),
      decide: (matter, { text }, { by }) => {
        const step = matter.details.ladder.find((one) => one.official === by.id);
        if (step === undefined || step.decided !== undefined) return refuse('no-open-proposal');
        return [{ type: 'CaseStated', data: { official: by.id, text } }];
      },
    }),
    'decide-proposal': command([...heldStates], {
      title: '对处理建议作出决定',
      by: [principal, organization],
      input: decideInput,
      available: (matter) => openProposal(matter, 'circulate', 'admonition', 'organizational-handling'),
      awaited: (matter) => openProposal(matter, 'circulate', 'admonition', 'organizational-handling'),
      byNow: deciders,
      needs: (matter, input) => ({ ...partiesOf(matter), files: [ladderOf(input.official)] }),
      decide: proposalDecided,
    }),
    annul: command([...heldStates], {
      title: '撤销约谈',
      by: [principal],
      input: z.strictObject({ reason: freeText }),
      needs: toldOf,
      decide: (matter, { reason }, context) => annulled(matter, reason, context),
    }),
    dispute: command([...heldStates], {
      title: '提出异议',
      by: [theSubject, theUnit],
      input: z.strictObject({ grounds: freeText }),
      decide: (matter, { grounds }, context) => {
        // Each has its own right: one subject's dispute does not stand in another's way.
        const { of } = rightOf(context.by, matter);
        if (matter.details.disputes.some((one) => one.of === of && one.outcome === undefined))
          return refuse('not-now', { state: matter.state, allowed: [] });
        const heldOn = chinaDate(matter.details.held?.heldAt ?? matter.openedAt);
        if (disputeIsLate(heldOn, context.policy.interview.disputeWithin.value, context)) return refuse('date-passed');
        return [{ type: 'InterviewDisputed', data: { grounds } }];
      },
    }),
    'decide-dispute': command([...heldStates], {
      title: '裁决异议',
      by: [role('approver')],
      input: z.strictObject({ outcome: z.enum(['upheld', 'withdrawn']), reason: freeText }),
      available: openDispute,
      awaited: openDispute,
      notFor: (matter) => ({ rule: 'reviewer-took-part', persons: tookPart(matter) }),
      needs: toldOf,
      decide: (matter, { outcome, reason }, context): Decision<InterviewEvent> => {
        const decided: InterviewEvent = { type: 'DisputeDecided', data: { outcome, reason } };
        if (outcome === 'upheld') return [decided];
        const taken = annulled(matter, reason, context);
        return isRefusal(taken) ? taken : [decided, ...taken];
      },
    }),
  },
  effects: [ladderEffect],
  reads: ['reminder'],
  series: 'interview.series',
  requires: ['interview.windowBasis', 'interview.counts', 'interview.series'],
  failing: {
    requests: 'Interviews cannot be applied for, planned, notified, recorded or followed up.',
    deadLetters: 'An interview is missing on the ladder of an official, or a deadline passed without a word on file.',
  },
  hears: {
    /** The ladder's file of a subject has changed: `data` is the subject. Every interview on it counts itself again. */
    'ladder-changed': {
      of: 'ladder',
      events: 'any',
      // What cannot be read may change the count.
      which: (file) => (ladderEvents.isNewer(file) ? [] : foldLadder(file).map((entry) => entry.interview)),
      data: (_file, subject) => subject,
      needs: (_interview, data) => ({
        units: [],
        officials: [],
        files: typeof data === 'string' ? [ladderOf(data)] : [],
      }),
      decide: (matter, data, context) => (typeof data === 'string' ? countedAgain(matter, data, context) : []),
    },
  },
  evolve: evolveInterview,
  handlingOffice: supervision,
  deadlines: interviewDeadlines,
  gate: (matter) => ({
    file: [
      'role:supervision',
      'role:principal-leader',
      'role:party-committee-office',
      'role:discipline',
      'role:organization',
      `person:${matter.openedBy.id}`,
      ...(matter.details.plan === undefined ? [] : [`person:${matter.details.plan.lead.id}` as const]),
      ...(openDispute(matter) ? ['role:approver' as const] : []),
    ],
    own:
      matter.letters.length === 0
        ? []
        : [
            `unit:${matter.unit.id}`,
            ...matter.subjects.map((one) => `person:${one.id}` as const),
            ...(matter.details.plan?.participants ?? []).map((one) => `person:${one.id}` as const),
          ],
  }),
  // The hour is kept from the plan until the interview was held or will not be.
  booking: (matter) => {
    const { plan } = matter.details;
    if (plan === undefined || (matter.state !== 'planned' && matter.state !== 'notified')) return undefined;
    return { interview: matter.id, at: plan.at, place: plan.place, persons: bookedPersons(matter, plan) };
  },
  headline: (matter) =>
    [...matter.subjects.map((one) => one.name), ...matter.details.groups.map((one) => one.name)].join('、'),
  details: (matter, sight, caller) => {
    const { details } = matter;
    const { circumstance, circumstanceName, grounds, origin, plan, times, reportEvery, reports } = details;
    const { measures, attachments } = details;
    const subjects = [
      ...details.persons.map(({ id, responsibility: as }) => ({ official: id, responsibility: as })),
      ...details.groups.map((group) => ({ group })),
    ];
    const entered = { subjects, circumstance, circumstanceName, grounds, plan, times };
    const shown = { ...entered, measures, attachments, reportEvery, reports };
    const after = { planReturned: details.planReturned, completion: details.completion, reviews: details.reviews };
    const outcome = {
      ladder: details.ladder,
      disputes: details.disputes.map(withoutRight),
      annulled: details.annulled,
      cancelled: details.cancelled,
    };
    const record =
      details.held === undefined ? undefined : { heldAt: details.held.heldAt, requirements: details.held.requirements };
    // What the ladder proposes is between the official and the bodies that decide; the unit and participants do not see it.
    if (sight === 'own')
      return {
        ...shown,
        ...after,
        ...outcome,
        ladder: details.ladder.filter((one) => one.official === caller.id),
        // A dispute is between whose right it was and whoever decides it.
        disputes: details.disputes.filter((one) => isOwnRight(one, caller)).map(withoutRight),
        held: record,
      };
    const { approval, rejected, concurrences, held: whole } = details;
    return { ...shown, ...after, ...outcome, origin, approval, rejected, concurrences, held: whole };
  },
  similarity: (matter) => matter.details.circumstance,
  notices: {
    needs: partiesOf,
    write: interviewWritten,
  },
});
