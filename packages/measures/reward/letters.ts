import { formatTerm } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';
import { comrade, type IssuedLetter, type Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { quoted, sentence, unended } from '@dandang/letters/finished.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { ordinal } from '@dandang/letters/ordinal.ts';
import type { Named } from '@dandang/policy/policy.ts';
import {
  basisOf,
  common,
  lastDay,
  officialLetter,
  paragraph,
  recipientsOf,
  sections,
  typed,
} from '../official-letter.ts';
import { addressedTo, namesByKind, officialRecipient, unitRecipient, withUnit } from '../recipients.ts';
import type { Candidate, Citation, Nomination } from './events.ts';
import { collectivesOf, officialsOf, type Reward } from './reward-matter.ts';
import { rewardWording } from './wording.ts';

/** What each document of this measure is called on paper. */
export const typeNames = {
  'reward-decision': '奖励决定',
  'reward-recommendation': '推荐报告',
  'reward-revocation': '撤销奖励通知',
  'recount-notice': '公示期调整通知',
} as const;

/** A letter must name who writes it, also where its token named no unit or one that the directory does not know. */
export const officeOf = (id: string, { directory }: Context): Recipient => unitRecipient(id, '组织部门', directory);

/** What the deployment pays for a kind of reward, in its own words; nothing where it has set nothing. */
export const amountOf = (kind: string, { policy }: Context): string | undefined =>
  policy.settings['reward.amounts'].value?.[kind];

const nameOf = (candidate: Candidate): string =>
  'official' in candidate
    ? candidate.official.name
    : withUnit(candidate.collective.unit.name, candidate.collective.name);

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
  return `${withUnit(directory.unit(unit)?.name ?? '', position)}${nameOf(candidate)}`;
}

/** 记一等功 and 授予称号 say themselves what is done. */
const givenAs = (kindName: string): string => (/^(记|授予)/.test(kindName) ? kindName : `给予${kindName}`);

/** A project as a sentence names it. */
const namedProject = (project: string): string => quoted(unended(project));

/** All candidates as a sentence names them: collectives, then officials. */
const whoOf = (nomination: Nomination, context: Context): string =>
  [...collectives(nomination), ...officials(nomination)]
    .map((one) => ('official' in one ? comrade(titled(one, context)) : titled(one, context)))
    .join('、');

const collectives = ({ candidates }: Nomination) => candidates.filter((one) => 'collective' in one);
const officials = ({ candidates }: Nomination) => candidates.filter((one) => 'official' in one);

/** How many are named in a title before it only counts them. */
const mostInTitle = 2;

/** The same in a title: the first of many, and how many they are. */
function whoInTitle(nomination: Nomination): string {
  const [units, persons] = [collectives(nomination).map(nameOf), officials(nomination).map(nameOf)];
  if (units.length + persons.length <= mostInTitle) return [...units, ...persons.map(comrade)].join('、');
  return [
    ...(units.length === 0 ? [] : [`${units[0] ?? ''}等${units.length}个集体`]),
    ...(persons.length === 0 ? [] : [`${persons[0] ?? ''}等${persons.length}名同志`]),
  ].join('和');
}

/** Whom a decision names in 主送. */
const namedIn = (nomination: Nomination): string[] =>
  namesByKind(
    collectives(nomination).map(nameOf),
    officials(nomination).map((one) => comrade(nameOf(one))),
  );

/** For what, and each candidate with the clauses that it meets and the facts that show it (by analogy to Ankang, as `citation` in events.ts says). */
function grounds(nomination: Nomination, context: Context): Block[] {
  const { citations, merits } = nomination;
  const candidates = [...collectives(nomination), ...officials(nomination)];
  const say = speaking(rewardWording, 'reward-decision', context.policy);
  const cited = candidates.flatMap((candidate, index): Block[] => [
    { kind: 'heading', level: 2, text: `${ordinal(2, index + 1)}${titled(candidate, context)}` },
    ...citations
      .filter((one) => cites(one, candidate))
      .map(({ clause, facts }) => paragraph(`${sentence(facts)}${say('clause', { clause: unended(clause) })}`)),
  ]);
  return sections([say('merits'), typed(merits)], [say('candidates'), ...cited]);
}

/** What both letters say first. */
const said = (nomination: Nomination, context: Context) => ({
  basis: basisOf(context, 'reward'),
  nominating: nomination.unit.name,
  who: whoOf(nomination, context),
  given: givenAs(nomination.kindName),
  project: namedProject(nomination.project),
});

/**
 * 奖励决定: to every official and to the unit of every collective, with a copy for the unit that nominated them. An amount
 * is printed only where the deployment has set one.
 */
export function decisionLetter(
  nomination: Nomination,
  { office, amount }: { readonly office: Recipient; readonly amount: string | undefined },
  context: Context,
): IssuedLetter {
  const { unit, kindName } = nomination;
  const { directory, policy } = context;
  const say = speaking(rewardWording, 'reward-decision', policy);
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
    from: office,
    title: say('title', { who: whoInTitle(nomination), given: givenAs(kindName) }),
    number: context.numberOf('reward-decision'),
    addressees: namedIn(nomination),
    body: [
      paragraph(say('opening', said(nomination, context))),
      ...(amount === undefined ? [] : [paragraph(say('amount', { amount: unended(amount) }))]),
      ...grounds(nomination, context),
    ],
    printed: true,
    to: [
      ...addressees.map((recipient) => ({ recipient, as: 'addressee' as const })),
      ...copies.map((recipient) => ({ recipient, as: 'copy' as const })),
    ],
  });
}

/**
 * 推荐报告: to the body above that grants such a kind, which the office reaches on its own way, since no directory of the
 * city knows it; the nominating unit gets a copy.
 */
export function recommendationLetter(nomination: Nomination, office: Recipient, context: Context): IssuedLetter {
  const { unit, project } = nomination;
  const say = speaking(rewardWording, 'reward-recommendation', context.policy);
  return officialLetter(context, typeNames['reward-recommendation'], {
    slot: 'reward-recommendation',
    type: 'reward-recommendation',
    layout: 'document',
    from: office,
    title: say('title', { project: namedProject(project) }),
    number: context.numberOf('reward-recommendation'),
    addressees: [say('above')],
    body: [
      paragraph(say('opening', said(nomination, context))),
      ...grounds(nomination, context),
      paragraph(common(context)('reported')),
    ],
    printed: true,
    to: [{ recipient: unitRecipient(unit.id, unit.name, context.directory), as: 'copy' }],
  });
}

const decisionsOf = ({ letters }: Reward) => letters.filter((one) => one.type === 'reward-decision');

/** 撤销奖励通知: on one of the law's grounds, to exactly those who got the decision. */
export function revocationLetter(reward: Reward, ground: Named, context: Context): IssuedLetter {
  const decisions = decisionsOf(reward);
  const { project, kind, notice } = reward.details;
  const decision = decisions.map(({ number, title }) => `${number ?? ''}《${title}》`).join('、');
  const office = officeOf(notice?.office ?? '', context);
  // The law's grounds are its own for the rewards that it knows; for a city's other kinds they hold as the policy's.
  const lawful = context.policy.reward.kinds.find(({ id }) => id === kind)?.source.kind === 'law';
  const say = speaking(rewardWording, 'reward-revocation', context.policy);
  return officialLetter(context, typeNames['reward-revocation'], {
    slot: 'reward-revocation',
    type: 'reward-revocation',
    from: office,
    title: say('title', { project: namedProject(project) }),
    number: context.numberOf('reward-revocation'),
    body: [
      paragraph(say('found', { ground: unended(ground.name).replace(/的$/u, '') })),
      paragraph(say('body', { law: lawful ? `依据${ground.source.reference}，` : '', decision })),
      paragraph(say('returned', { office: office.name })),
      paragraph(common(context)('notified')),
    ],
    ...addressedTo(recipientsOf(decisions, context.directory), 'notice'),
  });
}

/** Nobody owes anything by the notice's last day; only that it moved is told, to whoever nominated. */
export function rewardNotice(
  reward: Reward,
  { what, slot, deadline }: NoticeOccasion,
  context: Context,
): IssuedLetter | undefined {
  if (what !== 'recount-notice') return undefined;
  const { unit, details } = reward;
  const say = speaking(rewardWording, what, context.policy);
  const project = namedProject(details.project);
  return officialLetter(context, typeNames[what], {
    slot,
    type: what,
    from: officeOf(details.notice?.office ?? '', context),
    title: `关于${project}奖励的${typeNames[what]}`,
    body: [
      paragraph(
        deadline.firm
          ? say('firm', { project, day: lastDay(deadline) })
          : say('open', { project, term: formatTerm(deadline.basis) }),
      ),
      paragraph(common(context)('notified')),
    ],
    ...addressedTo([unitRecipient(unit.id, unit.name, context.directory)], 'notice'),
  });
}
