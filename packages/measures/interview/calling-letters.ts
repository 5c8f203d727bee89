import { type Instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Invitation, IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { paragraph } from '../official-letter.ts';
import { officialRecipient, unitRecipient } from '../recipients.ts';
import { absentNames } from './attendance.ts';
import type { Absence, InterviewPlan } from './events.ts';
import type { PlannedInterview } from './interview-matter.ts';
import { formatTime, letter, line, noticeNumber, office, typeNames, who } from './letters.ts';

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

/** What a notice says of the plan. */
function planLines(interview: PlannedInterview): Block[] {
  const { plan } = interview.details;
  return [
    paragraph('经批准，决定进行工作约谈，现将有关事项通知如下。'),
    line('约谈对象', who(interview)),
    line('约谈事由', interview.details.grounds),
    ...(interview.details.circumstanceName === undefined ? [] : [line('适用情形', interview.details.circumstanceName)]),
    line('约谈时间', formatTime(plan.at)),
    line('约谈地点', plan.place),
    line('主约谈人', plan.lead.name),
    ...(plan.participants.length === 0 ? [] : [line('参加人员', plan.participants.map((one) => one.name).join('、'))]),
    line('约谈内容', plan.agenda),
  ];
}

/** 约谈通知书, with an invitation for each of its recipients. */
export function interviewNotice(interview: PlannedInterview, context: Context): IssuedLetter {
  const { plan, times } = interview.details;
  const invitation = invitationOf(interview, context, plan, 'REQUEST', times.length - 1);
  return letter(context, {
    slot: 'interview-notice',
    type: 'interview-notice',
    issuer: office(context),
    number: context.numberOf('interview-notice'),
    title: '约谈通知书',
    addressees: [who(interview)],
    body: planLines(interview),
    to: called(interview, context).map((one) => ({ ...one, invitation })),
  });
}

/** The plan was changed after everybody had been called: whoever is called now gets it anew, whoever is no more hears so. */
export function changedNotice(interview: PlannedInterview, context: Context): IssuedLetter {
  const { plan, times, called: before } = interview.details;
  const sequence = times.length - 1;
  const invitation = invitationOf(interview, context, plan, 'REQUEST', sequence);
  const off = invitationOf(interview, context, before ?? plan, 'CANCEL', sequence);
  const now = called(interview, context);
  const stays = ({ recipient }: (typeof now)[number]): boolean =>
    now.some((one) => one.recipient.kind === recipient.kind && one.recipient.id === recipient.id);
  const left = called(interview, context, before).filter((one) => !stays(one));
  return letter(context, {
    slot: `interview-changed/${sequence}`,
    type: 'interview-changed',
    issuer: office(context),
    regarding: noticeNumber(interview),
    title: '约谈变更通知',
    addressees: [who(interview)],
    body: [paragraph('约谈方案已作变更，变更后的安排如下：'), ...planLines(interview)],
    to: [
      ...now.map((one) => ({ ...one, invitation })),
      ...left.map((one) => ({ ...one, as: 'notice' as const, invitation: off })),
    ],
  });
}

/** Who did not come; why stands on no letter. */
const absences = (absent: readonly Absence[] = []): Block[] =>
  absent.length === 0 ? [] : [paragraph(`未到场：${absentNames(absent)}。`)];

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
  return letter(context, {
    slot: `interview-rescheduled/${sequence}`,
    type: 'interview-rescheduled',
    issuer: office(context),
    regarding: noticeNumber(interview),
    title: '约谈改期通知',
    addressees: [who(interview)],
    body: [
      paragraph(
        `原定${formatTime(plan.at)}在${plan.place}进行的约谈，改为${formatTime(moved.at)}在${moved.place}进行。`,
      ),
      paragraph(`改期原因：${moved.reason}`),
      ...absences(moved.absent),
    ],
    to: called(interview, context).map((one) => ({ ...one, invitation })),
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
  return letter(context, {
    slot: 'interview-cancelled',
    type: 'interview-cancelled',
    issuer: office(context),
    regarding: noticeNumber(interview),
    title: '约谈取消通知',
    addressees: [who(interview)],
    body: [
      paragraph(`原定${formatTime(plan.at)}在${plan.place}进行的约谈取消。`),
      paragraph(`取消原因：${reason}`),
      ...absences(absent),
    ],
    to: called(interview, context, plan).map((one) => ({ ...one, invitation })),
  });
}
