import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import { type IssuedLetter, letterId, type Recipient } from '@dandang/casework/letter-issue.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { disputeAnswerBody } from '../notices.ts';
import { common, paragraph, recipientsOf, typed } from '../official-letter.ts';
import { addressedTo, asRecipient } from '../recipients.ts';
import type { Rung } from './events.ts';
import type { Interview } from './interview-matter.ts';
import { aboutInterview, handlingOffice, letter, noticeNumber, titled } from './letters.ts';
import { interviewWording } from './wording.ts';

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
  const titles = [...new Set(earlier.map(({ title }) => `《${title}》`))].join('、');
  const days = rung.counted.map((one) => formatChinese(one.heldOn)).join('、');
  const say = speaking(interviewWording, 'proposal-correction', context.policy);
  return letter(context, {
    slot: `proposal-correction/${rung.official}/${interview.version + 1}`,
    type: 'proposal-correction',
    from: handlingOffice(interview, context),
    regarding: noticeNumber(interview),
    ...addressedTo(holdersOf(interview, rung.official, context), 'notice'),
    body: [
      paragraph(
        rung.count === 0
          ? say('removed', { titles, name })
          : say('counted', { titles, name, count: `${rung.count}`, days }),
      ),
      paragraph(say('decision')),
      paragraph(common(context)('notified')),
    ],
  });
}

/** The interview was annulled: a notice to exactly those who got its letters. */
export function annulledNotice(interview: Interview, reason: string, context: Context): IssuedLetter {
  const say = speaking(interviewWording, 'interview-annulled', context.policy);
  return letter(context, {
    slot: 'interview-annulled',
    type: 'interview-annulled',
    from: handlingOffice(interview, context),
    regarding: noticeNumber(interview),
    ...addressedTo(recipientsOf(interview.letters, context.directory), 'notice'),
    body: [
      paragraph(say('body', { about: aboutInterview(interview) })),
      paragraph(say('reason')),
      typed(reason),
      paragraph(common(context)('notified')),
    ],
  });
}

/** That what they disputed stands, to each whose dispute against it was open, and to nobody of the others. */
export function disputeAnswers(
  interview: Interview,
  { reason, review }: { readonly reason: string; readonly review: number | undefined },
  context: Context,
): IssuedLetter[] {
  const about = `${aboutInterview(interview)}${review === undefined ? '' : '的复核意见'}`;
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
      from: handlingOffice(interview, context),
      regarding: noticeNumber(interview),
      ...addressedTo([asRecipient(known, context.directory)], 'notice'),
      body: disputeAnswerBody({ of: known.kind, at: one.at, about, reason }, context),
    });
  });
}
