import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { sentence } from '@dandang/letters/finished.ts';
import type { ProcedureOffice } from '@dandang/policy/procedure.ts';
import { basisOf, byWhen, common, numbered, paragraph, remedy, sections, typed } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient, withOffice, withUnit } from '../recipients.ts';
import { absentNames, isAbsent } from './attendance.ts';
import type { Absence, Holding } from './events.ts';
import { type Interview, type PlannedInterview, procedureOf } from './interview-matter.ts';
import { addressed, formatTime, handlingOffice, letter, line, noticeNumber, office, typeNames } from './letters.ts';
import { interviewWording } from './wording.ts';

/* The record of an interview that was held, what it requires, and the reports on that. */

const officeNames: Readonly<Record<ProcedureOffice, string>> = {
  supervision: '督查机构',
  'party-committee-office': '党委办公室',
  discipline: '纪委监委机关',
  organization: '组织部',
};
const broken = (throughout: readonly ProcedureOffice[]): Readonly<Record<string, string>> => ({
  'held-before-notice': '约谈早于通知',
  'missing-attendee': `${throughout.map((one) => officeNames[one]).join('或者')}未全程参与`,
  'not-invited': '有方案以外的人员到场',
});

/** What was not as the rules have it, and why. */
const irregularity = (
  { reason, breaks }: NonNullable<Holding['irregular']>,
  throughout: readonly ProcedureOffice[],
): string => {
  const named = breaks.map((one) => broken(throughout)[one] ?? one).join('，');
  return named === '' ? sentence(reason) : `${named}。原因：${sentence(reason)}`;
};

/** Who has to sign: each of those who came of several subjects. */
function signing({ subjects, details: { groups } }: Interview, absent: readonly Absence[]): string[] {
  if (subjects.length + groups.length === 1) return ['约谈对象'];
  return [
    ...subjects.filter(({ id }) => !isAbsent(absent, { official: id })).map((one) => `约谈对象${one.name}`),
    ...groups.filter((group) => !isAbsent(absent, { group })).map((one) => one.name),
  ];
}

/** Somebody who was there, with its office, and its unit before it where the office alone does not say it. */
function attending({ id, name, unit }: Holding['attendees'][number], directory: Context['directory']): string {
  const position = directory.official(id)?.position;
  const unitName = unit === undefined ? undefined : directory.unit(unit)?.name;
  if (position === undefined) return `${unitName ?? ''}${name}`;
  return `${withUnit(unitName ?? '', position)} ${name}`;
}

/** Who was to come: the subjects with their offices, and the groups. */
function calledTo({ unit, subjects, details: { groups } }: Interview): string {
  const persons = subjects.map(({ position, name }) =>
    position === undefined ? withUnit(unit.name, name) : `${withUnit(unit.name, position)} ${name}`,
  );
  return [...persons, ...groups.map((group) => withUnit(unit.name, group.name))].join('、');
}

/** 约谈记录, or 约谈备忘录 where the policy calls it so: kept by the organization department and filed; it is sent to nobody. */
export function interviewRecord(
  interview: PlannedInterview,
  held: Holding,
  context: Context,
  /** Which correction of it this is; 0 is the first record. */
  correction = 0,
): IssuedLetter {
  const { plan } = interview.details;
  const { policy, directory } = context;
  const absent = held.absent ?? [];
  const type = policy.interview.memorandum ? 'interview-memorandum' : 'interview-record';
  const say = speaking(interviewWording, 'interview-record', policy);
  const from = office(context);
  const recorder = directory.official(context.by.id);
  return letter(context, {
    slot: correction === 0 ? type : `${type}/${correction}`,
    type,
    layout: 'minutes',
    from,
    head: `${from.name}${typeNames[type]}`,
    title: correction === 0 ? typeNames[type] : `${typeNames[type]}（更正）`,
    body: [
      line(say('time'), formatTime(held.heldAt)),
      line(say('place'), plan.place),
      line(say('lead'), withOffice(plan.lead.id, plan.lead.name, directory)),
      line(say('called'), calledTo(interview)),
      line(say('attended'), held.attendees.map((one) => attending(one, directory)).join('、')),
      ...absent.map((one) =>
        line(
          say('absent'),
          say('absentText', { name: 'official' in one ? one.name : one.group.name, reason: sentence(one.reason) }),
        ),
      ),
      line(say('recorder'), withOffice(context.by.id, recorder?.name ?? context.by.name, directory)),
      ...(held.irregular === undefined
        ? []
        : [line(say('irregular'), irregularity(held.irregular, procedureOf(interview.details).throughout))]),
      ...sections(
        [say('minutes'), typed(held.minutes)],
        [say('requirements'), ...numbered(held.requirements)],
        [
          say('signatures'),
          ...['主约谈人', ...signing(interview, absent), '记录人'].map((label) => line(label, say('signature'))),
        ],
      ),
    ],
    to: [],
  });
}

/** 整改通知, to the unit, with copies to the subjects: what is required and by when the plan is due. */
export function rectificationNotice(interview: Interview, held: Holding, due: Counted, context: Context): IssuedLetter {
  const { directory, policy } = context;
  const unit = unitRecipient(interview.unit.id, interview.unit.name, directory);
  const subjects = interview.subjects.map((one) => officialRecipient(one.id, one.name, directory));
  const absent = absentNames(held.absent ?? []);
  const handling = handlingOffice(interview, context).name;
  const say = speaking(interviewWording, 'rectification-notice', policy);
  return letter(context, {
    slot: 'rectification-notice',
    type: 'rectification-notice',
    from: office(context),
    regarding: noticeNumber(interview),
    body: [
      paragraph(
        say('opening', {
          basis: basisOf(context, 'interview'),
          at: formatTime(held.heldAt),
          whom: addressed(interview).join('、'),
        }),
      ),
      ...numbered(held.requirements),
      ...(absent === '' ? [] : [paragraph(say('absent', { names: absent }))]),
      paragraph(say('plan', { by: byWhen(due, '约谈之日'), office: handling })),
      remedy('本通知', handling, policy.interview.disputeWithin.value, context),
      paragraph(common(context)('notified')),
    ],
    to: [{ recipient: unit, as: 'addressee' }, ...subjects.map((recipient) => ({ recipient, as: 'copy' as const }))],
  });
}

/** A report on progress goes to the lead interviewer in writing (Yichang: 定期向主约谈人书面报告). */
export function progressReport(
  interview: PlannedInterview,
  report: { readonly text: string; readonly progress: number },
  context: Context,
): IssuedLetter {
  const { lead } = interview.details.plan;
  const { unit } = interview;
  const number = noticeNumber(interview);
  const say = speaking(interviewWording, 'progress-report', context.policy);
  return letter(context, {
    slot: `progress-report/${interview.details.reports.length + 1}`,
    type: 'progress-report',
    layout: 'sheet',
    from: unitRecipient(unit.id, unit.name, context.directory),
    regarding: number,
    title: number === undefined ? say('titleWithout') : say('title', { about: `${number}约谈` }),
    body: [
      paragraph(say('opening', { date: formatChinese(context.today), progress: `${report.progress}` })),
      typed(report.text),
      paragraph(common(context)('reported')),
    ],
    ...addressedTo([officialRecipient(lead.id, lead.name, context.directory)], 'addressee'),
  });
}
