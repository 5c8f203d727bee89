import { chinaDate, formatChinese, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Deadline } from '@dandang/casework/deadline.ts';
import { comrade, type IssuedLetter, type Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { noticeBody } from '../notices.ts';
import { byWhen, officialLetter, type Written } from '../official-letter.ts';
import { addressedTo, namesByKind, unitRecipient, withUnit } from '../recipients.ts';
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
  'extension-answer': '复函',
  'extension-letter': '时限延长通知',
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

export const titled = (interview: Interview, one: Interview['subjects'][number]): string =>
  withUnit(interview.unit.name, `${one.position ?? ''}${one.name}`);

const groupsOf = ({ unit, details }: Interview): string[] =>
  details.groups.map((group) => withUnit(unit.name, group.name));

/** Who is interviewed, as a line of a form names them, … */
export const who = (interview: Interview): string =>
  [...interview.subjects.map((one) => titled(interview, one)), ...groupsOf(interview)].join('、');
/** … and as a letter is addressed to them. */
export const addressed = (interview: Interview): string[] =>
  namesByKind(
    groupsOf(interview),
    interview.subjects.map((one) => comrade(titled(interview, one))),
  );

/** Which unit the handling office is: the one that the deployment names for the review, or the applicant's. */
export const handlingUnit = (interview: Interview): string => interview.details.reviewOffice ?? interview.openedBy.unit;

/** A letter must name who writes it, also where the setting names a unit that the directory does not know. */
export const handlingOffice = (interview: Interview, { directory }: Context): Recipient =>
  unitRecipient(handlingUnit(interview), '督查室', directory);

/** The office of whoever acts. */
export const office = ({ by, directory }: Context): Recipient => unitRecipient(by.unit, by.unit, directory);

export const noticeNumber = (interview: Interview): string | undefined =>
  interview.letters.find((one) => one.type === 'interview-notice')?.number;

/** Which interview it is, by the number of its notice. */
export function aboutInterview(interview: Interview): string {
  const number = noticeNumber(interview);
  return number === undefined ? '有关约谈' : `${number}约谈通知书所涉约谈`;
}

/** What is owed by a deadline, as a letter says it: to do, and what its term is called. */
export function owedUnder(deadline: string): { readonly task: string; readonly term: string } {
  const measure = /^measure-(\d+)$/.exec(deadline)?.[1];
  if (measure !== undefined)
    return { task: `落实整改方案第${measure}项措施并报告`, term: `整改方案第${measure}项措施的完成时限` };
  if (deadline === 'completion') return { task: '完成整改并报告', term: '整改完成时限' };
  return deadline === 'progress-report'
    ? { task: '书面报告整改进展', term: '整改进展报告时限' }
    : { task: '报送整改方案', term: '整改方案报送时限' };
}

/** What is owed after an interview, as a chaser sheet says it. */
export const owedAfterInterview = (interview: Interview, deadline: Deadline): string =>
  `${aboutInterview(interview)}：应${byWhen(deadline)}${owedUnder(deadline.name).task}`;

/** Notices about the plan, its measures, the reports and the completion. */
export function interviewWritten(interview: Interview, occasion: NoticeOccasion, context: Context): IssuedLetter {
  const { unit } = interview;
  const { term } = owedUnder(occasion.deadline.name);
  return letter(context, {
    slot: occasion.slot,
    type: occasion.what,
    from: handlingOffice(interview, context),
    regarding: noticeNumber(interview),
    body: noticeBody(occasion, { about: aboutInterview(interview), term }, context),
    ...addressedTo([unitRecipient(unit.id, unit.name, context.directory)], 'notice'),
  });
}
