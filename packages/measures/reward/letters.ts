import { formatChinese } from '@dandang/calendar/civil-date.ts';
import { formatTerm } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { ordinal } from '@dandang/letters/ordinal.ts';
import type { Named } from '@dandang/policy/policy.ts';
import { heading, officialLetter, paragraph, recipientsOf } from '../official-letter.ts';
import { addressedTo, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Candidate, Citation, Nomination } from './events.ts';
import { collectivesOf, officialsOf, type Reward } from './reward-matter.ts';

/** What each document of this measure is called on paper. */
export const typeNames = {
  'reward-decision': '奖励决定',
  'reward-recommendation': '推荐报告',
  'reward-revocation': '撤销奖励通知',
  'recount-notice': '公示期调整通知',
} as const;

/** A letter must name who writes it, also where its token named no unit or one that the directory does not know. */
export const officeOf = (id: string, { directory }: Context): string => unitRecipient(id, '组织部门', directory).name;

/** What the deployment pays for a kind of reward, in its own words; nothing where it has set nothing. */
export const amountOf = (kind: string, { policy }: Context): string | undefined =>
  policy.settings['reward.amounts'].value?.[kind];

/** With the unit before it, unless the name says it already. */
const ofUnit = (unit: string, name: string): string => (name.startsWith(unit) ? name : `${unit}${name}`);

const nameOf = (candidate: Candidate): string =>
  'official' in candidate ? candidate.official.name : ofUnit(candidate.collective.unit.name, candidate.collective.name);

const nameIn = ({ collective }: Citation, unit: string): string | undefined =>
  typeof collective === 'object' ? (collective.unit === unit ? collective.name : undefined) : collective;

/** Whether a citation is of this candidate: an official by its id, a collective by its name and, where one is given, its unit. */
export const cites = (citation: Citation, candidate: Candidate): boolean =>
  'official' in candidate
    ? citation.official === candidate.official.id
    : nameIn(citation, candidate.collective.unit.id) === candidate.collective.name;

/** The same with an official's unit and position before it. */
function titled(candidate: Candidate, { directory }: Context): string {
  if ('collective' in candidate || candidate.official.position === undefined) return nameOf(candidate);
  const { position, unit } = candidate.official;
  return `${ofUnit(directory.unit(unit)?.name ?? '', position)}${nameOf(candidate)}`;
}

/** Each candidate with the clauses that it meets and the facts that show it (by analogy to Ankang, as `citation` in events.ts says). */
const cited = ({ candidates, citations }: Nomination, context: Context): Block[] =>
  candidates.flatMap((candidate, index) => [
    { kind: 'heading', level: 2, text: `${ordinal(2, index + 1)}${titled(candidate, context)}` },
    ...citations
      .filter((one) => cites(one, candidate))
      .flatMap(({ clause, facts }) => [paragraph(`适用条款：${clause}`), paragraph(`事例：${facts}`)]),
  ]);

/**
 * 奖励决定: to every official and to the unit of every collective, with a copy for the unit that nominated them. An amount
 * is printed only where the deployment has set one.
 */
export function decisionLetter(
  nomination: Nomination,
  { office, amount }: { readonly office: string; readonly amount: string | undefined },
  context: Context,
): IssuedLetter {
  const { project, candidates, unit } = nomination;
  const { directory } = context;
  const addressees = [
    ...officialsOf(nomination).map((one) => officialRecipient(one.id, one.name, directory)),
    ...collectivesOf(nomination).map((one) => unitRecipient(one.unit.id, one.unit.name, directory)),
  ];
  const nominating = unitRecipient(unit.id, unit.name, directory);
  const copies = addressees.some(({ kind, id }) => kind === 'unit' && id === unit.id) ? [] : [nominating];
  return officialLetter(context, typeNames['reward-decision'], {
    slot: 'reward-decision',
    type: 'reward-decision',
    layout: 'document',
    issuer: office,
    title: `关于“${project}”奖励的决定`,
    number: context.numberOf('reward-decision'),
    addressees: candidates.map(nameOf),
    body: [
      paragraph(
        `经${unit.name}提名，并经专项考核、批准和公示，决定对在“${project}”中表现突出的下列${whom(nomination)}给予奖励。`,
      ),
      ...grounds(nomination, amount === undefined ? [] : [paragraph(`奖金或者待遇：${amount}。`)], context),
    ],
    copies: copies.map((one) => one.name),
    printedBy: office,
    to: [
      ...addressees.map((recipient) => ({ recipient, as: 'addressee' as const })),
      ...copies.map((recipient) => ({ recipient, as: 'copy' as const })),
    ],
  });
}

/** Which kind of reward, for what, and for whom. */
const grounds = (nomination: Nomination, more: readonly Block[], context: Context): Block[] => [
  heading('一、奖励种类'),
  paragraph(`${nomination.kindName}。`),
  ...more,
  heading('二、主要事迹'),
  paragraph(nomination.merits),
  heading('三、奖励对象和事由'),
  ...cited(nomination, context),
];

/**
 * 推荐报告: to the body above that grants such a kind, which the office reaches on its own way, since no directory of the
 * city knows it; the nominating unit gets a copy.
 */
export function recommendationLetter(nomination: Nomination, office: string, context: Context): IssuedLetter {
  const { project, kindName, unit } = nomination;
  const nominating = unitRecipient(unit.id, unit.name, context.directory);
  return officialLetter(context, typeNames['reward-recommendation'], {
    slot: 'reward-recommendation',
    type: 'reward-recommendation',
    layout: 'document',
    issuer: office,
    title: `关于推荐“${project}”奖励对象的报告`,
    number: context.numberOf('reward-recommendation'),
    addressees: ['上级审批机关'],
    body: [
      paragraph(
        `经${unit.name}提名，并经专项考核、批准和公示，现推荐在“${project}”中表现突出的下列${whom(nomination)}${givenAs(kindName)}，请予审批。`,
      ),
      ...grounds(nomination, [], context),
    ],
    copies: [nominating.name],
    printedBy: office,
    to: [{ recipient: nominating, as: 'copy' }],
  });
}

/** 记一等功 and 授予称号 say themselves what is done. */
const givenAs = (kindName: string): string => (/^(记|授予)/.test(kindName) ? kindName : `给予${kindName}`);

/** Collectives, persons, or both. */
const whom = (nomination: Nomination): string =>
  [
    ...(collectivesOf(nomination).length > 0 ? ['集体'] : []),
    ...(officialsOf(nomination).length > 0 ? ['个人'] : []),
  ].join('和');

const decisionsOf = ({ letters }: Reward) => letters.filter((one) => one.type === 'reward-decision');

/** 撤销奖励通知: on one of the law's grounds, to exactly those who got the decision. */
export function revocationLetter(reward: Reward, ground: Named, context: Context): IssuedLetter {
  const decisions = decisionsOf(reward);
  const recipients = recipientsOf(decisions, context.directory);
  const named = decisions.map(({ number, title }) => `${number ?? ''}《${title}》`).join('、');
  const office = officeOf(reward.details.notice?.office ?? '', context);
  // The law's grounds are its own for the rewards that it knows; for a city's other kinds they hold as the policy's.
  const kind = context.policy.reward.kinds.find(({ id }) => id === reward.details.kind);
  const basis = kind?.source.kind === 'law' ? `依据${ground.source.reference}，` : '';
  return officialLetter(context, typeNames['reward-revocation'], {
    slot: 'reward-revocation',
    type: 'reward-revocation',
    issuer: office,
    title: `关于撤销“${reward.details.project}”奖励的通知`,
    number: context.numberOf('reward-revocation'),
    body: [
      paragraph(`经查，存在以下情形：${ground.name}。`),
      paragraph(`${basis}现撤销${named}给予的奖励，原决定自本通知印发之日起不再执行。`),
    ],
    ...addressedTo(recipients, 'notice'),
  });
}

/** Until when a notice runs: the day only while it is firm, otherwise the rule. */
const noticeEnd = ({ firm, dueOn, basis }: Counted): string =>
  firm ? `现至${formatChinese(dueOn)}（含当日，${formatTerm(basis)}）` : `为${formatTerm(basis)}，最后一日尚未确定`;

/** Nobody owes anything by the notice's last day; only that it moved is told, to whoever nominated and to the office. */
export function rewardNotice(
  reward: Reward,
  { what, slot, deadline }: NoticeOccasion,
  context: Context,
): IssuedLetter | undefined {
  if (what !== 'recount-notice' || deadline === undefined) return undefined;
  const { unit, details } = reward;
  const office = details.notice?.office ?? '';
  const recipients: Recipient[] = [
    unitRecipient(unit.id, unit.name, context.directory),
    unitRecipient(office, officeOf(office, context), context.directory),
  ];
  return officialLetter(context, typeNames[what], {
    slot,
    type: what,
    issuer: officeOf(office, context),
    title: `关于“${details.project}”奖励的${typeNames[what]}`,
    body: [paragraph(`因工作日安排调整，“${details.project}”奖励的公示期${noticeEnd(deadline)}。`)],
    ...addressedTo(recipients, 'notice'),
  });
}
