import { chinaDate, formatChinese, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, PlannedDelivery, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { byWhen, heading, officialLetter, paragraph, recipientsOf, type Written } from '../official-letter.ts';
import { officialRecipient, unitRecipient } from '../recipients.ts';
import type { InterviewPlan } from './events.ts';
import type { Interview, LadderStep } from './interview-matter.ts';

/** What each document of this measure is called on paper. */
export const typeNames = {
  'interview-notice': '约谈通知书',
  'interview-rescheduled': '约谈改期通知',
  'interview-cancelled': '约谈取消通知',
  'interview-record': '约谈记录',
  'interview-memorandum': '约谈备忘录',
  'rectification-notice': '整改通知',
  'progress-report': '整改进展报告',
  circular: '通报',
  'admonition-proposal': '诫勉建议',
  'handling-proposal': '组织处理建议',
  chaser: '催办通知',
  urging: '催办通知',
  'overdue-notice': '逾期情况通知',
  'recount-notice': '时限调整通知',
  'extension-answer': '延期答复',
  'interview-annulled': '约谈撤销通知',
} as const;
export type InterviewDocument = keyof typeof typeNames;

const line = (label: string, text: string): Block => ({ kind: 'form-line', label, text });

/** `2026年9月24日9时30分`, in China. */
export function formatTime(at: Instant): string {
  const [hour = '', minute = ''] = at.slice(11, 16).split(':');
  return `${formatChinese(chinaDate(at))}${Number(hour)}时${minute === '00' ? '' : `${minute}分`}`;
}

const letter = (context: Context, written: Written<InterviewDocument>): IssuedLetter =>
  officialLetter(context, typeNames[written.type], written);

/** Everybody who is called to an interview, each once: the subjects, the lead, the participants. */
function called(interview: Interview, plan: InterviewPlan, { directory }: Context) {
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
  const groups = interview.details.groups.map((group) => ({
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
  interview: Interview,
  context: Context,
  at: Instant,
  place: string,
  method: 'REQUEST' | 'CANCEL',
  sequence: number,
): NonNullable<PlannedDelivery['invitation']> => ({
  uid: `${interview.id}@interview`,
  sequence,
  method,
  startsAt: at,
  place,
  summary: typeNames['interview-notice'],
  stampedAt: context.now,
});

/** With the unit before it, unless a position (市住房和城乡建设局局长) or a group's name says it already. */
const ofUnit = (unit: string, text: string): string => (text.startsWith(unit) ? text : `${unit}${text}`);

const titled = (interview: Interview, one: Interview['subjects'][number]): string =>
  ofUnit(interview.unit.name, `${one.position ?? ''}${one.name}`);

const who = (interview: Interview): string =>
  [
    ...interview.subjects.map((one) => titled(interview, one)),
    ...interview.details.groups.map((group) => ofUnit(interview.unit.name, group.name)),
  ].join('、');

/** Which unit the handling office is: the one that the deployment names for the review, or the applicant's. */
export const handlingUnit = (interview: Interview): string => interview.details.reviewOffice ?? interview.openedBy.unit;

/** A letter must name who writes it, also where the setting names a unit that the directory does not know. */
const handlingOffice = (interview: Interview, { directory }: Context): Recipient =>
  unitRecipient(handlingUnit(interview), '督查室', directory);

const office = (context: Context): string => context.directory.unit(context.by.unit)?.name ?? context.by.unit;

/** 约谈通知书, with an invitation for each of its recipients. */
export function interviewNotice(interview: Interview, plan: InterviewPlan, context: Context): IssuedLetter {
  const invitation = invitationOf(
    interview,
    context,
    plan.at,
    plan.place,
    'REQUEST',
    interview.details.times.length - 1,
  );
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
    to: called(interview, plan, context).map((one) => ({ ...one, invitation })),
  });
}

const noticeNumber = (interview: Interview): string | undefined =>
  interview.letters.find((one) => one.type === 'interview-notice')?.number;

/** The interview was moved: both times are named, and the invitation is updated under its UID. */
export function rescheduledNotice(
  interview: Interview,
  plan: InterviewPlan,
  moved: { readonly at: Instant; readonly place: string; readonly reason: string },
  context: Context,
): IssuedLetter {
  const sequence = interview.details.times.length;
  const invitation = invitationOf(interview, context, moved.at, moved.place, 'REQUEST', sequence);
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
    to: called(interview, plan, context).map((one) => ({ ...one, invitation })),
  });
}

export function cancelledNotice(
  interview: Interview,
  plan: InterviewPlan,
  reason: string,
  context: Context,
): IssuedLetter {
  const invitation = invitationOf(interview, context, plan.at, plan.place, 'CANCEL', interview.details.times.length);
  return letter(context, {
    slot: 'interview-cancelled',
    type: 'interview-cancelled',
    issuer: office(context),
    regarding: noticeNumber(interview),
    title: '约谈取消通知',
    addressees: [who(interview)],
    body: [paragraph(`原定${formatTime(plan.at)}在${plan.place}进行的约谈取消。`), paragraph(`取消原因：${reason}`)],
    to: called(interview, plan, context).map((one) => ({ ...one, invitation })),
  });
}

export interface HeldInterview {
  readonly heldAt: Instant;
  readonly attendees: readonly { readonly id: string; readonly name: string }[];
  readonly minutes: string;
  readonly requirements: readonly string[];
  readonly irregular?: { readonly reason: string; readonly breaks: readonly string[] } | undefined;
}

const broken: Readonly<Record<string, string>> = {
  'held-before-notice': '约谈早于通知',
  'missing-attendee': '纪委监委机关或者组织部未全程参与',
  'not-invited': '有方案以外的人员到场',
};

/** What was not as the rules have it, and why. */
const irregularity = ({ reason, breaks }: NonNullable<HeldInterview['irregular']>): string => {
  const named = breaks.map((one) => broken[one] ?? one).join('，');
  return named === '' ? reason : `${named}。原因：${reason}`;
};

/** A line to sign on for each of several subjects. */
function signing({ subjects, details: { groups } }: Interview): string[] {
  if (subjects.length + groups.length === 1) return ['约谈对象（签名）'];
  return [...subjects.map((one) => `约谈对象${one.name}（签名）`), ...groups.map((one) => `${one.name}（签名）`)];
}

/** 约谈记录, or 约谈备忘录 where the policy calls it so: kept by the organization department and filed; it is sent to nobody. */
export function interviewRecord(interview: Interview, held: HeldInterview, context: Context): IssuedLetter {
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
      line('约谈地点', plan?.place ?? ''),
      line('主约谈人', plan?.lead.name ?? ''),
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
export function rectificationNotice(
  interview: Interview,
  held: HeldInterview,
  due: Counted,
  context: Context,
): IssuedLetter {
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
    ],
    to: [unit, ...subjects].map((recipient) => ({ recipient, as: 'addressee' as const })),
  });
}

/** A report on progress goes to the lead interviewer in writing (Yichang: 定期向主约谈人书面报告). */
export function progressReport(
  interview: Interview,
  report: { readonly text: string; readonly progress: number },
  context: Context,
): IssuedLetter {
  const lead = interview.details.plan?.lead ?? { id: '', name: '' };
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

/** What a confirmed proposal issues: 通报 with its scope, or the proposal to the body that decides on persons. */
export function proposalLetter(
  interview: Interview,
  step: LadderStep,
  decision: { readonly reason: string; readonly scope?: string | undefined; readonly media?: string | undefined },
  context: Context,
): IssuedLetter {
  const { directory } = context;
  const unit = unitRecipient(interview.unit.id, interview.unit.name, directory);
  const subject = interview.subjects.find((one) => one.id === step.official);
  const name = subject === undefined ? interview.unit.name : titled(interview, subject);
  const counted = step.counted.map((one) => formatChinese(one.heldOn)).join('、');
  const times = step.count === 1 ? '首次被约谈' : `在一年内被约谈${step.count}次`;
  const basis = paragraph(`约谈情况：${name}${times}（${counted}）。`);
  const slot = `proposal/${step.official}/${interview.version + 1}`;
  const common = { slot, issuer: handlingOffice(interview, context).name, regarding: noticeNumber(interview) };
  if (step.proposal === 'circulate')
    return letter(context, {
      ...common,
      type: 'circular',
      title: '关于约谈情况的通报',
      addressees: [decision.scope ?? unit.name],
      body: [
        basis,
        line('约谈事由', interview.details.grounds),
        ...(decision.media === undefined ? [] : [heading('公开通报文本'), paragraph(decision.media)]),
      ],
      to: [{ recipient: unit, as: 'addressee' }],
    });
  const type = step.proposal === 'admonition' ? 'admonition-proposal' : 'handling-proposal';
  const organ = unitRecipient('organization', '', directory);
  return letter(context, {
    ...common,
    type,
    title: type === 'admonition-proposal' ? '关于给予诫勉的建议' : '关于给予组织处理的建议',
    addressees: [organ.name],
    body: [
      basis,
      paragraph(decision.reason),
      paragraph(`建议按规定对${name}给予${type === 'admonition-proposal' ? '诫勉处理' : '组织处理'}。`),
    ],
    to: [
      { recipient: organ, as: 'addressee' },
      {
        recipient: subject === undefined ? unit : officialRecipient(subject.id, subject.name, directory),
        as: 'notice',
      },
    ],
  });
}

/** The interview was annulled: a notice to exactly those who got its letters. */
export function annulledNotice(interview: Interview, reason: string, context: Context): IssuedLetter {
  const { directory } = context;
  const recipients = recipientsOf(interview.letters, directory);
  const number = noticeNumber(interview);
  return letter(context, {
    slot: 'interview-annulled',
    type: 'interview-annulled',
    issuer: handlingOffice(interview, context).name,
    regarding: number,
    title: '约谈撤销通知',
    addressees: recipients.map((one) => one.name),
    body: [
      paragraph(
        `${number === undefined ? '有关' : number}约谈通知书所涉约谈现予撤销，不再计入约谈次数，有关文书不再执行。`,
      ),
      paragraph(`撤销理由：${reason}`),
    ],
    to: recipients.map((recipient) => ({ recipient, as: 'notice' as const })),
  });
}

/** Chasers and notices about the plan and the reports. */
export function interviewWritten(interview: Interview, occasion: NoticeOccasion, context: Context): IssuedLetter {
  const { directory } = context;
  const regarding = noticeNumber(interview);
  const about = regarding === undefined ? '约谈整改' : `${regarding}约谈通知书`;
  const unit = unitRecipient(interview.unit.id, interview.unit.name, directory);
  const lead = interview.details.plan?.lead;
  const handling = handlingOffice(interview, context);
  const owed = occasion.deadline?.name === 'progress-report' ? '书面报告整改进展' : '报送整改方案';
  const when = occasion.deadline === undefined ? '' : byWhen(occasion.deadline);
  const today = formatChinese(context.today);
  const texts: Record<NoticeOccasion['what'], string> = {
    chaser: `${about}所涉约谈要求于${when}${owed}，截至${today}尚未收到。请抓紧办理。`,
    urging: `请抓紧办理${about}所列事项。`,
    'overdue-notice': `${about}所涉约谈要求${unit.name}于${when}${owed}，截至${today}尚未收到，已逾期。`,
    'recount-notice': `因工作日安排调整，${about}所涉${owed}的时限现为${when}。`,
    'extension-answer': `关于${about}所涉${owed}的延期申请答复如下。时限现为${when}。`,
  };
  const told = [handling, ...(lead === undefined ? [] : [officialRecipient(lead.id, lead.name, directory)])];
  const recipients = {
    chaser: [unit],
    urging: [unit],
    'overdue-notice': told,
    'recount-notice': [unit, handling],
    'extension-answer': [unit],
  };
  return letter(context, {
    slot: occasion.slot,
    type: occasion.what,
    issuer: handling.name,
    regarding,
    title: typeNames[occasion.what],
    addressees: recipients[occasion.what].map((one) => one.name),
    body: [paragraph(texts[occasion.what]), ...(occasion.message === undefined ? [] : [paragraph(occasion.message)])],
    to: recipients[occasion.what].map((recipient) => ({ recipient, as: 'notice' as const })),
  });
}
