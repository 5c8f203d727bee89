import { chinaDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { heading, paragraph, recipientsOf } from '../official-letter.ts';
import { addressedTo, asRecipient, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Interview, LadderStep } from './interview-matter.ts';
import { handlingOffice, letter, line, noticeNumber, titled } from './letters.ts';

/* What comes of an interview on paper: what the ladder proposes, and that it was annulled. */

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

/** That the interview stands, to each whose dispute was open, and to nobody of the others. */
export function disputeAnswers(interview: Interview, reason: string, context: Context): IssuedLetter[] {
  const number = noticeNumber(interview);
  const about = number === undefined ? '约谈' : `${number}约谈通知书所涉约谈`;
  return interview.details.disputes.flatMap((one, index) => {
    if (one.outcome !== undefined) return [];
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
