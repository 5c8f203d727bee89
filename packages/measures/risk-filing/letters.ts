import { chinaDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { firstLine } from '../headline.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { basisOf, common, officialLetter, paragraph, typed } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import { riskFilingWording } from './wording.ts';
import type { RiskFiling } from './risk-filing-matter.ts';

/** What each document of this measure is called on paper. */
export const typeNames = {
  'filing-accepted': '同意备案通知',
  'filing-declined': '事前报备不予受理通知',
  'filing-revoked': '撤销备案通知',
  urging: '催办通知',
} as const;

/** Those who filed: the unit, and the official where one is named. */
const filers = ({ unit, subjects }: RiskFiling, { directory }: Context): Recipient[] => [
  unitRecipient(unit.id, unit.name, directory),
  ...subjects.map((one) => officialRecipient(one.id, one.name, directory)),
];

/** Its letters carry a number where the deployment has set a series for them. */
const numbered = ({ policy }: Context): boolean => policy.settings['riskFiling.series'].value !== null;

/** A letter about a filing, by the day on which it was filed and its decision. */
function toFilers(
  filing: RiskFiling,
  context: Context,
  type: 'filing-accepted' | 'filing-declined' | 'filing-revoked',
  more: readonly Block[],
  by?: Pick<Recipient, 'id' | 'name'>,
): IssuedLetter {
  const say = speaking(riskFilingWording, type, context.policy);
  const { organ, openedAt, details, subjects } = filing;
  return officialLetter(context, typeNames[type], {
    slot: type,
    type,
    from: by ?? { id: organ?.id ?? '', name: organ?.name ?? '' },
    title: say('title'),
    ...(numbered(context) ? { number: context.numberOf(type) } : {}),
    body: [
      paragraph(
        say('body', {
          who: subjects.length > 0 ? '你（单位）' : '贵单位',
          date: formatChinese(chinaDate(openedAt)),
          basis: basisOf(context, 'risk-filing'),
        }),
      ),
      typed(firstLine(details.decision)),
      ...more,
      paragraph(common(context)('notified')),
    ],
    ...addressedTo(filers(filing, context), 'addressee'),
  });
}

/** It was accepted: what that means, and what it does not (Yichang: 风险报备情况可作为容错的重要依据). */
export function accepted(filing: RiskFiling, validUntil: string | undefined, context: Context): IssuedLetter {
  const { filings } = context.policy.tolerance;
  const say = speaking(riskFilingWording, 'filing-accepted', context.policy);
  return toFilers(filing, context, 'filing-accepted', [
    ...(validUntil === undefined ? [] : [paragraph(say('validity', { date: formatChinese(validUntil) }))]),
    ...(filings === undefined ? [] : [typed(filings.name)]),
    paragraph(say('caution')),
  ]);
}

/** It was not accepted 不予受理, and why. */
export function declined(filing: RiskFiling, reason: string, context: Context): IssuedLetter {
  const say = speaking(riskFilingWording, 'filing-declined', context.policy);
  return toFilers(filing, context, 'filing-declined', [paragraph(say('reason')), typed(reason)]);
}

/** What was accepted holds no longer 撤销备案, and why (Yichang: 以备案为“挡箭牌”乱作为), in the name of the organ that revokes it. */
export function revoked(filing: RiskFiling, reason: string, context: Context): IssuedLetter {
  const say = speaking(riskFilingWording, 'filing-revoked', context.policy);
  const { unit } = context.by;
  const from = unitRecipient(unit, filing.organ?.name ?? unit, context.directory);
  return toFilers(filing, context, 'filing-revoked', [paragraph(say('reason')), typed(reason)], from);
}

/** Nothing of a filing is owed by a day; the receiving organ may press all the same. */
export const owedOfFiling = ({ openedAt, details }: RiskFiling): string =>
  `${formatChinese(chinaDate(openedAt))}报备的“${firstLine(details.decision)}”`;
