import { chinaDate, formatChinese, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Deadline } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { byWhen, officialLetter, paragraph, type Written } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Interview } from './interview-matter.ts';

/* What all letters of an interview have in common, and its notices. */

/** What each document of this measure is called on paper. */
export const typeNames = {
  'interview-notice': '约谈通知书',
  'interview-changed': '约谈变更通知',
  'interview-rescheduled': '约谈改期通知',
  'interview-cancelled': '约谈取消通知',
  'interview-record': '约谈记录',
  'interview-memorandum': '约谈备忘录',
  'record-correction': '更正通知',
  'rectification-notice': '整改通知',
  'progress-report': '整改进展报告',
  'review-conclusion': '复核意见',
  'review-revoked': '复核意见撤销通知',
  circular: '通报',
  'admonition-proposal': '诫勉建议',
  'handling-proposal': '组织处理建议',
  'proposal-correction': '约谈次数更正通知',
  chaser: '催办通知',
  urging: '催办通知',
  'overdue-notice': '逾期情况通知',
  'recount-notice': '时限调整通知',
  'extension-answer': '延期答复',
  'extension-letter': '复函',
  'interview-annulled': '约谈撤销通知',
  'dispute-answer': '异议答复',
} as const;
export type InterviewDocument = keyof typeof typeNames;

export const line = (label: string, text: string): Block => ({ kind: 'form-line', label, text });

/** `2026年9月24日9时30分`, in China. */
export function formatTime(at: Instant): string {
  const [hour = '', minute = ''] = at.slice(11, 16).split(':');
  return `${formatChinese(chinaDate(at))}${Number(hour)}时${minute === '00' ? '' : `${minute}分`}`;
}

export const letter = (context: Context, written: Written<InterviewDocument>): IssuedLetter =>
  officialLetter(context, typeNames[written.type], written);

/** With the unit before it, unless a position (市住房和城乡建设局局长) or a group's name says it already. */
const ofUnit = (unit: string, text: string): string => (text.startsWith(unit) ? text : `${unit}${text}`);

export const titled = (interview: Interview, one: Interview['subjects'][number]): string =>
  ofUnit(interview.unit.name, `${one.position ?? ''}${one.name}`);

export const who = (interview: Interview): string =>
  [
    ...interview.subjects.map((one) => titled(interview, one)),
    ...interview.details.groups.map((group) => ofUnit(interview.unit.name, group.name)),
  ].join('、');

/** Which unit the handling office is: the one that the deployment names for the review, or the applicant's. */
export const handlingUnit = (interview: Interview): string => interview.details.reviewOffice ?? interview.openedBy.unit;

/** A letter must name who writes it, also where the setting names a unit that the directory does not know. */
export const handlingOffice = (interview: Interview, { directory }: Context): Recipient =>
  unitRecipient(handlingUnit(interview), '督查室', directory);

export const office = (context: Context): string => context.directory.unit(context.by.unit)?.name ?? context.by.unit;

export const noticeNumber = (interview: Interview): string | undefined =>
  interview.letters.find((one) => one.type === 'interview-notice')?.number;

/** What is owed by a deadline, as a letter says it. */
export function owedText(deadline: string): string {
  const measure = /^measure-(\d+)$/.exec(deadline)?.[1];
  if (measure !== undefined) return `落实整改方案第${measure}项措施并报告`;
  if (deadline === 'completion') return '完成整改并报告';
  return deadline === 'progress-report' ? '书面报告整改进展' : '报送整改方案';
}

/** Which interview it is about, by the number of its notice. */
function about(interview: Interview): string {
  const regarding = noticeNumber(interview);
  return regarding === undefined ? '约谈整改' : `${regarding}约谈通知书`;
}

/** What is owed after an interview, as a chaser sheet says it. */
export const owedAfterInterview = (interview: Interview, deadline: Deadline): string =>
  `${about(interview)}所涉约谈：请于${byWhen(deadline)}${owedText(deadline.name)}`;

/** Notices about the plan, its measures, the reports and the completion. */
export function interviewWritten(interview: Interview, occasion: NoticeOccasion, context: Context): IssuedLetter {
  const { directory } = context;
  const regarding = noticeNumber(interview);
  const what = about(interview);
  const unit = unitRecipient(interview.unit.id, interview.unit.name, directory);
  const { plan } = interview.details;
  const handling = handlingOffice(interview, context);
  const owed = owedText(occasion.deadline?.name ?? '');
  const when = occasion.deadline === undefined ? '' : byWhen(occasion.deadline);
  const today = formatChinese(context.today);
  const texts: Record<NoticeOccasion['what'], string> = {
    'overdue-notice': `${what}所涉约谈要求${unit.name}于${when}${owed}，截至${today}尚未收到，已逾期。`,
    'recount-notice': `因工作日安排调整，${what}所涉${owed}的时限现为${when}。`,
    'extension-answer': `关于${what}所涉${owed}的延期申请答复如下。时限现为${when}。`,
    'extension-letter': `${what}所涉${owed}的时限现为${when}。`,
  };
  const lead = plan === undefined ? [] : [officialRecipient(plan.lead.id, plan.lead.name, directory)];
  const recipients: Record<NoticeOccasion['what'], Recipient[]> = {
    'overdue-notice': [handling, ...lead],
    'recount-notice': [unit, handling],
    'extension-answer': [unit],
    'extension-letter': [unit],
  };
  return letter(context, {
    slot: occasion.slot,
    type: occasion.what,
    issuer: handling.name,
    regarding,
    title: typeNames[occasion.what],
    ...addressedTo(recipients[occasion.what], 'notice'),
    body: [paragraph(texts[occasion.what]), ...(occasion.message === undefined ? [] : [paragraph(occasion.message)])],
  });
}
