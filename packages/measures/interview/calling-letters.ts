import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Invitation, IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { paragraph } from '../official-letter.ts';
import { officialRecipient, unitRecipient } from '../recipients.ts';
import type { PlannedInterview } from './interview-matter.ts';
import { formatTime, letter, line, noticeNumber, office, typeNames, who } from './letters.ts';

/* The letters that call everybody to an interview, move it or cancel it, each with an invitation. */

/** Everybody who is called to an interview, each once: the subjects, the lead, the participants. */
function called(interview: PlannedInterview, { directory }: Context) {
  const { plan, groups: calledGroups } = interview.details;
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

/** The iCalendar part of a notice (RFC 5545): one UID for the interview, a sequence that rises with every change. */
const invitationOf = (
  interview: PlannedInterview,
  { now }: Context,
  { at, place }: { readonly at: Instant; readonly place: string },
  method: Invitation['method'],
  sequence: number,
): Invitation => ({
  uid: `${interview.id}@interview`,
  sequence,
  method,
  startsAt: at,
  place,
  summary: typeNames['interview-notice'],
  stampedAt: now,
});

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
    body: [
      paragraph('经批准，决定进行工作约谈，现将有关事项通知如下。'),
      line('约谈对象', who(interview)),
      line('约谈事由', interview.details.grounds),
      ...(interview.details.circumstanceName === undefined
        ? []
        : [line('适用情形', interview.details.circumstanceName)]),
      line('约谈时间', formatTime(plan.at)),
      line('约谈地点', plan.place),
      line('主约谈人', plan.lead.name),
      ...(plan.participants.length === 0
        ? []
        : [line('参加人员', plan.participants.map((one) => one.name).join('、'))]),
      line('约谈内容', plan.agenda),
    ],
    to: called(interview, context).map((one) => ({ ...one, invitation })),
  });
}

/** The interview was moved: both times are named, and the invitation is updated under its UID. */
export function rescheduledNotice(
  interview: PlannedInterview,
  moved: { readonly at: Instant; readonly place: string; readonly reason: string },
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
    ],
    to: called(interview, context).map((one) => ({ ...one, invitation })),
  });
}

export function cancelledNotice(interview: PlannedInterview, reason: string, context: Context): IssuedLetter {
  const { plan, times } = interview.details;
  const invitation = invitationOf(interview, context, plan, 'CANCEL', times.length);
  return letter(context, {
    slot: 'interview-cancelled',
    type: 'interview-cancelled',
    issuer: office(context),
    regarding: noticeNumber(interview),
    title: '约谈取消通知',
    addressees: [who(interview)],
    body: [paragraph(`原定${formatTime(plan.at)}在${plan.place}进行的约谈取消。`), paragraph(`取消原因：${reason}`)],
    to: called(interview, context).map((one) => ({ ...one, invitation })),
  });
}
