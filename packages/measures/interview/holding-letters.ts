import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { ProcedureOffice } from '@dandang/policy/procedure.ts';
import { byWhen, heading, paragraph, remedy } from '../official-letter.ts';
import { officialRecipient, unitRecipient } from '../recipients.ts';
import { absentNames, isAbsent } from './attendance.ts';
import type { Absence, Holding } from './events.ts';
import { type Interview, type PlannedInterview, procedureOf } from './interview-matter.ts';
import { formatTime, handlingOffice, letter, line, noticeNumber, office, typeNames, who } from './letters.ts';

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
  return named === '' ? reason : `${named}。原因：${reason}`;
};

/** A line to sign on for each of those who came of several subjects. */
function signing({ subjects, details: { groups } }: Interview, absent: readonly Absence[]): string[] {
  if (subjects.length + groups.length === 1) return ['约谈对象（签名）'];
  return [
    ...subjects.filter(({ id }) => !isAbsent(absent, { official: id })).map((one) => `约谈对象${one.name}（签名）`),
    ...groups.filter((group) => !isAbsent(absent, { group })).map((one) => `${one.name}（签名）`),
  ];
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
  const absent = held.absent ?? [];
  const type = context.policy.interview.memorandum ? 'interview-memorandum' : 'interview-record';
  return letter(context, {
    slot: correction === 0 ? type : `${type}/${correction}`,
    type,
    layout: 'minutes',
    issuer: `${office(context)}${typeNames[type]}`,
    signatory: office(context),
    title: correction === 0 ? typeNames[type] : `${typeNames[type]}（更正）`,
    addressees: [],
    body: [
      line('约谈对象', who(interview)),
      line('约谈时间', formatTime(held.heldAt)),
      line('约谈地点', plan.place),
      line('主约谈人', plan.lead.name),
      line('到场人员', held.attendees.map((one) => one.name).join('、')),
      ...absent.map((one) => line('缺席人员', `${'official' in one ? one.name : one.group.name}。原因：${one.reason}`)),
      ...(held.irregular === undefined
        ? []
        : [line('程序说明', irregularity(held.irregular, procedureOf(interview.details).throughout))]),
      heading('一、约谈内容'),
      paragraph(held.minutes),
      heading('二、整改要求'),
      ...held.requirements.map((text, index) => paragraph(`${index + 1}. ${text}`)),
      heading('三、签名'),
      line('主约谈人（签名）', ''),
      ...signing(interview, absent).map((label) => line(label, '')),
      line('记录人（签名）', ''),
    ],
    to: [],
  });
}

/** 整改通知, to the subjects and their unit: what is required and by when the plan is due. */
export function rectificationNotice(interview: Interview, held: Holding, due: Counted, context: Context): IssuedLetter {
  const { directory } = context;
  const unit = unitRecipient(interview.unit.id, interview.unit.name, directory);
  const subjects = interview.subjects.map((one) => officialRecipient(one.id, one.name, directory));
  const absent = absentNames(held.absent ?? []);
  return letter(context, {
    slot: 'rectification-notice',
    type: 'rectification-notice',
    issuer: office(context),
    regarding: noticeNumber(interview),
    title: '整改通知',
    addressees: [unit.name, ...interview.subjects.map((one) => one.name)],
    body: [
      paragraph(`${formatTime(held.heldAt)}的约谈提出以下整改要求：`),
      ...held.requirements.map((text, index) => paragraph(`${index + 1}. ${text}`)),
      ...(absent === '' ? [] : [paragraph(`未到场的约谈对象：${absent}。`)]),
      paragraph(`请于${byWhen(due)}制定并报送整改方案，逐项列明问题、措施、责任人和时限。`),
      remedy('本通知', handlingOffice(interview, context).name, context.policy.interview.disputeWithin.value),
    ],
    to: [unit, ...subjects].map((recipient) => ({ recipient, as: 'addressee' as const })),
  });
}

/** A report on progress goes to the lead interviewer in writing (Yichang: 定期向主约谈人书面报告). */
export function progressReport(
  interview: PlannedInterview,
  report: { readonly text: string; readonly progress: number },
  context: Context,
): IssuedLetter {
  const { lead } = interview.details.plan;
  return letter(context, {
    slot: `progress-report/${interview.details.reports.length + 1}`,
    type: 'progress-report',
    issuer: interview.unit.name,
    regarding: noticeNumber(interview),
    title: '整改进展报告',
    addressees: [lead.name],
    body: [line('整改进度', `${report.progress}%`), paragraph(report.text)],
    to: [{ recipient: officialRecipient(lead.id, lead.name, context.directory), as: 'addressee' }],
  });
}
