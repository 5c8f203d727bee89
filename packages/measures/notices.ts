import { chinaDate, formatChinese, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import { speaking } from '@dandang/casework/wording.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { commonWording } from '@dandang/casework/common-wording.ts';
import { byWhen, common, lastDay, paragraph, typed } from './official-letter.ts';

/** What a notice of a deadline is about: the letter that set it (演督函〔2026〕1号提醒函), and what its term is called (答复时限). */
export interface NoticeAbout {
  readonly about: string;
  readonly term: string;
}

/** What a notice of a deadline says. */
export function noticeBody(occasion: NoticeOccasion, { about, term }: NoticeAbout, context: Context): Block[] {
  const { policy } = context;
  const { deadline } = occasion;
  const named = { about, term };
  const close = common(context);
  switch (occasion.what) {
    case 'recount-notice': {
      const say = speaking(commonWording, occasion.what, policy);
      return [paragraph(say('body', { ...named, day: lastDay(deadline) })), paragraph(close('notified'))];
    }
    case 'extension-answer': {
      const say = speaking(commonWording, occasion.what, policy);
      const answered =
        'granted' in occasion
          ? [paragraph(say('granted', { ...named, days: `${occasion.granted.workingDays}`, day: lastDay(deadline) }))]
          : [
              paragraph(say('refused', { ...named, by: byWhen(deadline) })),
              paragraph(say('reason')),
              typed(occasion.refused.reason),
            ];
      return [...answered, paragraph(close('answered'))];
    }
    case 'extension-letter': {
      const say = speaking(commonWording, occasion.what, policy);
      return [
        paragraph(say('body', { ...named, days: `${occasion.workingDays}`, day: lastDay(deadline) })),
        paragraph(say('reason')),
        typed(occasion.reason),
        paragraph(close('notified')),
      ];
    }
  }
}

/** That what was disputed stands, and why: `of` is who disputed it, `at` when, `about` what. */
export function disputeAnswerBody(
  {
    of,
    at,
    about,
    reason,
  }: {
    readonly of: Recipient['kind'];
    readonly at: Instant;
    readonly about: string;
    readonly reason: string;
  },
  context: Context,
): Block[] {
  const say = speaking(commonWording, 'dispute-answer', context.policy);
  return [
    paragraph(say('opening', { who: of === 'unit' ? '贵单位' : '你', date: formatChinese(chinaDate(at)), about })),
    typed(reason),
    paragraph(common(context)('answered')),
  ];
}
