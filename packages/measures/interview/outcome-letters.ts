import { chinaDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import { type IssuedLetter, letterId, type Recipient } from '@dandang/casework/letter-issue.ts';
import { paragraph, recipientsOf } from '../official-letter.ts';
import { addressedTo, asRecipient } from '../recipients.ts';
import type { Rung } from './events.ts';
import type { Interview } from './interview-matter.ts';
import { handlingOffice, letter, noticeNumber, titled } from './letters.ts';

/* What comes of an interview on paper: that its count has changed, and that it was annulled. */

/** The letters that confirmed proposals issued before measures of their own did, by what was proposed. */
const proposalLetters: ReadonlySet<string> = new Set(['circular', 'admonition-proposal', 'handling-proposal']);

/** Those that say how often one subject was interviewed. Each was told apart by the subject and its commit's version. */
function lettersOnCount(interview: Interview, official: string, { matterKey }: Context): IssuedLetter[] {
  const candidates = interview.letters.filter(({ type }) => proposalLetters.has(type));
  if (candidates.length === 0) return [];
  const versions = Array.from({ length: interview.version }, (_, index) => index + 1);
  const own = new Set(versions.map((version) => letterId(matterKey, `proposal/${official}/${version}`)));
  return candidates.filter(({ id }) => own.has(id));
}

/** Everybody who holds such a letter. */
const holdersOf = (interview: Interview, official: string, context: Context): Recipient[] =>
  recipientsOf(lettersOnCount(interview, official, context), context.directory);

/** The count of a subject has changed: 约谈次数更正通知 to whoever holds a letter that says another; none where nobody does. */
export function proposalCorrection(interview: Interview, rung: Rung, context: Context): IssuedLetter | undefined {
  const earlier = lettersOnCount(interview, rung.official, context);
  if (earlier.length === 0) return undefined;
  const subject = interview.subjects.find((one) => one.id === rung.official);
  const name = subject === undefined ? interview.unit.name : titled(interview, subject);
  const counted = rung.counted.map((one) => formatChinese(one.heldOn)).join('、');
  const titles = [...new Set(earlier.map(({ title }) => `《${title}》`))].join('、');
  const now = rung.count === 0 ? '不再计入约谈次数' : `现按${rung.count}次计算（${counted}）`;
  return letter(context, {
    slot: `proposal-correction/${rung.official}/${interview.version + 1}`,
    type: 'proposal-correction',
    issuer: handlingOffice(interview, context).name,
    regarding: noticeNumber(interview),
    title: '约谈次数更正通知',
    ...addressedTo(holdersOf(interview, rung.official, context), 'notice'),
    body: [
      paragraph(`${titles}所载${name}的约谈次数有变化，${now}，请以本通知为准。`),
      paragraph('原据以作出的决定须重新作出。'),
    ],
  });
}

/** The interview was annulled: a notice to exactly those who got its letters. */
export function annulledNotice(interview: Interview, reason: string, context: Context): IssuedLetter {
  const number = noticeNumber(interview);
  return letter(context, {
    slot: 'interview-annulled',
    type: 'interview-annulled',
    issuer: handlingOffice(interview, context).name,
    regarding: number,
    title: '约谈撤销通知',
    ...addressedTo(recipientsOf(interview.letters, context.directory), 'notice'),
    body: [
      paragraph(
        `${number === undefined ? '有关' : number}约谈通知书所涉约谈现予撤销，不再计入约谈次数，有关文书不再执行。`,
      ),
      paragraph(`撤销理由：${reason}`),
    ],
  });
}

/** That what they disputed stands, to each whose dispute against it was open, and to nobody of the others. */
export function disputeAnswers(
  interview: Interview,
  { reason, review }: { readonly reason: string; readonly review: number | undefined },
  context: Context,
): IssuedLetter[] {
  const number = noticeNumber(interview);
  const about = `${number === undefined ? '约谈' : `${number}约谈通知书所涉约谈`}${review === undefined ? '' : '的复核意见'}`;
  return interview.details.disputes.flatMap((one, index) => {
    if (one.outcome !== undefined || one.review !== review) return [];
    const who = one.of.slice(one.of.indexOf(':') + 1);
    const subject = interview.subjects.find(({ id }) => `person:${id}` === one.of);
    const known =
      subject === undefined
        ? ({ kind: 'unit', id: who, name: interview.unit.name } as const)
        : ({ kind: 'official', id: who, name: subject.name } as const);
    return letter(context, {
      slot: `dispute-answer/${index + 1}`,
      type: 'dispute-answer',
      issuer: handlingOffice(interview, context).name,
      regarding: number,
      title: '关于异议的答复',
      ...addressedTo([asRecipient(known, context.directory)], 'notice'),
      body: [
        paragraph(`对${about}于${formatChinese(chinaDate(one.at))}提出的异议已经复核，决定予以维持。`),
        paragraph(`理由：${reason}`),
      ],
    });
  });
}
