import { chinaDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { firstLine } from '../headline.ts';
import { officialLetter, paragraph } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
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

function toFilers(
  filing: RiskFiling,
  context: Context,
  written: {
    readonly type: keyof typeof typeNames;
    readonly slot?: string;
    readonly issuer?: string | undefined;
    readonly body: readonly Block[];
  },
): IssuedLetter {
  const { type, slot = type, issuer = filing.organ?.name ?? '', body } = written;
  return officialLetter(context, typeNames[type], {
    slot,
    type,
    issuer,
    title: typeNames[type],
    body,
    ...addressedTo(filers(filing, context), 'addressee'),
  });
}

/** Which filing it is about; it has no number of its own. */
const about = (filing: RiskFiling, what: string): Block[] => [
  paragraph(`${formatChinese(chinaDate(filing.openedAt))}报备的下列事项，${what}：`),
  paragraph(firstLine(filing.details.decision)),
];

/** It was accepted: what that means, and what it does not (Yichang: 风险报备情况可作为容错的重要依据). */
export function accepted(filing: RiskFiling, validUntil: string | undefined, context: Context): IssuedLetter {
  const { filings } = context.policy.tolerance;
  return toFilers(filing, context, {
    type: 'filing-accepted',
    body: [
      ...about(filing, '同意备案'),
      ...(validUntil === undefined ? [] : [paragraph(`备案有效期至${formatChinese(validUntil)}（含当日）。`)]),
      ...(filings === undefined ? [] : [paragraph(`${filings.name}。`)]),
      paragraph('备案不当然免除责任。'),
    ],
  });
}

/** It was not accepted 不予受理, and why. */
export const declined = (filing: RiskFiling, reason: string, context: Context): IssuedLetter =>
  toFilers(filing, context, {
    type: 'filing-declined',
    body: [...about(filing, '不予受理'), paragraph(`理由：${reason}`)],
  });

/** What was accepted holds no longer 撤销备案, and why (Yichang: 以备案为“挡箭牌”乱作为), in the name of the organ that revokes it. */
export const revoked = (filing: RiskFiling, reason: string, context: Context): IssuedLetter =>
  toFilers(filing, context, {
    type: 'filing-revoked',
    issuer: context.directory.unit(context.by.unit)?.name,
    body: [...about(filing, '现撤销备案'), paragraph(`撤销理由：${reason}`)],
  });

/** Nothing of a filing is owed by a day; the receiving organ may press all the same. */
export const owedOfFiling = ({ openedAt, details }: RiskFiling): string =>
  `${formatChinese(chinaDate(openedAt))}报备的“${firstLine(details.decision)}”`;
