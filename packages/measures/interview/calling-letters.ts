import { type Instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Invitation, IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { sentence } from '@dandang/letters/finished.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { namedCircumstance } from '../circumstance.ts';
import { basisOf, common, paragraph, typed } from '../official-letter.ts';
import { officialRecipient, printedNames, unitRecipient, withOffice } from '../recipients.ts';
import { absentNames } from './attendance.ts';
import type { Absence, InterviewPlan } from './events.ts';
import type { PlannedInterview } from './interview-matter.ts';
import { addressed, formatTime, letter, line, noticeNumber, office, typeNames, who } from './letters.ts';
import { interviewWording } from './wording.ts';

/* The letters that call everybody to an interview, move it or cancel it, each with an invitation. */

/** Everybody who is called to an interview, each once: the subjects, the lead, the participants. */
function called(
  interview: PlannedInterview,
  { directory }: Context,
  plan: Pick<InterviewPlan, 'lead' | 'participants'> = interview.details.plan,
) {
  const { groups: calledGroups } = interview.details;
  const subjects = interview.subjects.map((one) => ({
    recipient: officialRecipient(one.id, one.name, directory),
    as: 'addressee' as const,
  }));
  const known = new Set(interview.subjects.map((one) => one.id));
  const others = [plan.lead, ...plan.participants].filter((one) => {
    if (known.has(one.id)) return false;
    known.add(one.id);
    return true;
  });
  const groups = calledGroups.map((group) => ({
    recipient: unitRecipient(group.unit, interview.unit.name, directory),
    as: 'addressee' as const,
  }));
  return [
    ...subjects,
    ...groups,
    ...others.map((one) => ({ recipient: officialRecipient(one.id, one.name, directory), as: 'notice' as const })),
  ];
}

/**
 * The iCalendar part of a notice (RFC 5545): one UID for the interview, a sequence that rises with every change. A notice says
 * when an interview begins; how long calendars keep the time free is a setting.
 */
function invitationOf(
  interview: PlannedInterview,
  { now, policy }: Context,
  { at, place }: { readonly at: Instant; readonly place: string },
  method: Invitation['method'],
  sequence: number,
): Invitation {
  const hours = policy.settings['interview.invitationHours'].value;
  return {
    uid: `${interview.id}@interview`,
    sequence,
    method,
    startsAt: at,
    ...(hours === null ? {} : { endsAt: instantAt(msOf(at) + hours * 3_600_000) }),
    place,
    summary: typeNames['interview-notice'],
    stampedAt: now,
  };
}

/** The plan, as a notice lists it. */
function planLines(interview: PlannedInterview, { directory }: Context): Block[] {
  const { plan, grounds, circumstanceName } = interview.details;
  const official = ({ id, name }: { readonly id: string; readonly name: string }) => withOffice(id, name, directory);
  return [
    line('约谈对象', who(interview)),
    line('约谈事由', sentence(grounds)),
    ...(circumstanceName === undefined ? [] : [line('适用情形', `${namedCircumstance(circumstanceName)}。`)]),
    line('约谈时间', formatTime(plan.at)),
    line('约谈地点', plan.place),
    line('主约谈人', official(plan.lead)),
    ...(plan.participants.length === 0 ? [] : [line('参加人员', plan.participants.map(official).join('、'))]),
    line('约谈内容', sentence(plan.agenda)),
  ];
}

/** Whom a notice names in 主送, and in 抄送 whoever else is called. */
const namedIn = (interview: PlannedInterview, to: ReturnType<typeof called>) => ({
  addressees: addressed(interview),
  copies: printedNames(to.filter(({ as }) => as === 'notice').map(({ recipient }) => recipient)),
});

/** How those called are to come. */
const attendance = (context: Context): Block => {
  const say = speaking(interviewWording, 'interview-notice', context.policy);
  return paragraph(say('attendance', { office: office(context).name }));
};

/** 约谈通知书, with an invitation for each of its recipients. */
export function interviewNotice(interview: PlannedInterview, context: Context): IssuedLetter {
  const { plan, times } = interview.details;
  const invitation = invitationOf(interview, context, plan, 'REQUEST', times.length - 1);
  const say = speaking(interviewWording, 'interview-notice', context.policy);
  const to = called(interview, context).map((one) => ({ ...one, invitation }));
  return letter(context, {
    slot: 'interview-notice',
    type: 'interview-notice',
    from: office(context),
    number: context.numberOf('interview-notice'),
    title: say('title'),
    ...namedIn(interview, to),
    body: [
      paragraph(say('opening', { basis: basisOf(context, 'interview') })),
      ...planLines(interview, context),
      attendance(context),
      paragraph(common(context)('notified')),
    ],
    to,
  });
}

/** The plan was changed after everybody had been called: whoever is called now gets it anew, whoever is no more hears so. */
export function changedNotices(interview: PlannedInterview, context: Context): IssuedLetter[] {
  const { plan, times, called: before } = interview.details;
  const sequence = times.length - 1;
  const invitation = invitationOf(interview, context, plan, 'REQUEST', sequence);
  const off = invitationOf(interview, context, before ?? plan, 'CANCEL', sequence);
  const now = called(interview, context);
  const stays = ({ recipient }: (typeof now)[number]): boolean =>
    now.some((one) => one.recipient.kind === recipient.kind && one.recipient.id === recipient.id);
  const left = called(interview, context, before).filter((one) => !stays(one));
  const say = speaking(interviewWording, 'interview-changed', context.policy);
  const number = noticeNumber(interview) ?? '';
  const to = now.map((one) => ({ ...one, invitation }));
  const changed = { type: 'interview-changed', from: office(context), regarding: noticeNumber(interview) } as const;
  const close = paragraph(common(context)('notified'));
  const again = letter(context, {
    ...changed,
    slot: `interview-changed/${sequence}`,
    ...namedIn(interview, to),
    body: [paragraph(say('opening', { number })), ...planLines(interview, context), attendance(context), close],
    to,
  });
  if (left.length === 0) return [again];
  const noMore = letter(context, {
    ...changed,
    slot: `interview-changed/${sequence}/off`,
    body: [paragraph(say('off', { number })), close],
    to: left.map((one) => ({ ...one, as: 'notice' as const, invitation: off })),
  });
  return [again, noMore];
}

/** The interview was moved: both times are named, and the invitation is updated under its UID. */
export function rescheduledNotice(
  interview: PlannedInterview,
  moved: {
    readonly at: Instant;
    readonly place: string;
    readonly reason: string;
    readonly absent?: readonly Absence[] | undefined;
  },
  context: Context,
): IssuedLetter {
  const { plan, times } = interview.details;
  const sequence = times.length;
  const invitation = invitationOf(interview, context, moved, 'REQUEST', sequence);
  const say = speaking(interviewWording, 'interview-rescheduled', context.policy);
  const to = called(interview, context).map((one) => ({ ...one, invitation }));
  const absent = absentNames(moved.absent ?? []);
  return letter(context, {
    slot: `interview-rescheduled/${sequence}`,
    type: 'interview-rescheduled',
    from: office(context),
    regarding: noticeNumber(interview),
    ...namedIn(interview, to),
    body: [
      paragraph(
        say('body', {
          number: noticeNumber(interview) ?? '',
          before: formatTime(plan.at),
          place: plan.place,
          at: formatTime(moved.at),
          newPlace: moved.place,
        }),
      ),
      paragraph(say('reason')),
      typed(moved.reason),
      ...(absent === '' ? [] : [paragraph(say('absent', { names: absent }))]),
      paragraph(common(context)('notified')),
    ],
    to,
  });
}

/** It does not take place: whoever was called last hears so, whatever was planned since. */
export function cancelledNotice(
  interview: PlannedInterview,
  { reason, absent }: { readonly reason: string; readonly absent?: readonly Absence[] | undefined },
  context: Context,
): IssuedLetter {
  const { times, called: calledBy, plan: planned } = interview.details;
  const plan = calledBy ?? planned;
  const invitation = invitationOf(interview, context, plan, 'CANCEL', times.length);
  const say = speaking(interviewWording, 'interview-cancelled', context.policy);
  const to = called(interview, context, plan).map((one) => ({ ...one, invitation }));
  // Why somebody did not come stands on no letter.
  const names = absentNames(absent ?? []);
  return letter(context, {
    slot: 'interview-cancelled',
    type: 'interview-cancelled',
    from: office(context),
    regarding: noticeNumber(interview),
    ...namedIn(interview, to),
    body: [
      paragraph(say('body', { number: noticeNumber(interview) ?? '', at: formatTime(plan.at), place: plan.place })),
      paragraph(say('reason')),
      typed(reason),
      ...(names === '' ? [] : [paragraph(say('absent', { names }))]),
      paragraph(common(context)('notified')),
    ],
    to,
  });
}
