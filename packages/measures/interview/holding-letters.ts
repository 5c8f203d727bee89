import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { byWhen, heading, paragraph, remedy } from '../official-letter.ts';
import { officialRecipient, unitRecipient } from '../recipients.ts';
import type { Holding } from './events.ts';
import type { Interview, PlannedInterview } from './interview-matter.ts';
import { formatTime, handlingOffice, letter, line, noticeNumber, office, typeNames, who } from './letters.ts';

/* The record of an interview that was held, what it requires, and the reports on that. */

const broken: Readonly<Record<string, string>> = {
  'held-before-notice': '约谈早于通知',
  'missing-attendee': '纪委监委机关或者组织部未全程参与',
  'not-invited': '有方案以外的人员到场',
};

/** What was not as the rules have it, and why. */
const irregularity = ({ reason, breaks }: NonNullable<Holding['irregular']>): string => {
  const named = breaks.map((one) => broken[one] ?? one).join('，');
  return named === '' ? reason : `${named}。原因：${reason}`;
};

/** A line to sign on for each of several subjects. */
function signing({ subjects, details: { groups } }: Interview): string[] {
  if (subjects.length + groups.length === 1) return ['约谈对象（签名）'];
  return [...subjects.map((one) => `约谈对象${one.name}（签名）`), ...groups.map((one) => `${one.name}（签名）`)];
}

/** 约谈记录, or 约谈备忘录 where the policy calls it so: kept by the organization department and filed; it is sent to nobody. */
export function interviewRecord(interview: PlannedInterview, held: Holding, context: Context): IssuedLetter {
  const { plan } = interview.details;
  const type = context.policy.interview.memorandum ? 'interview-memorandum' : 'interview-record';
  return letter(context, {
    slot: type,
    type,
    layout: 'minutes',
    issuer: `${office(context)}${typeNames[type]}`,
    signatory: office(context),
    title: typeNames[type],
    addressees: [],
    body: [
      line('约谈对象', who(interview)),
      line('约谈时间', formatTime(held.heldAt)),
      line('约谈地点', plan.place),
      line('主约谈人', plan.lead.name),
      line('到场人员', held.attendees.map((one) => one.name).join('、')),
      ...(held.irregular === undefined ? [] : [line('程序说明', irregularity(held.irregular))]),
      heading('一、约谈内容'),
      paragraph(held.minutes),
      heading('二、整改要求'),
      ...held.requirements.map((text, index) => paragraph(`${index + 1}. ${text}`)),
      heading('三、签名'),
      line('主约谈人（签名）', ''),
      ...signing(interview).map((label) => line(label, '')),
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
