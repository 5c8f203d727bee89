import { personsBehind } from '@dandang/access/caller.ts';
import { type Party, role } from '@dandang/access/party.ts';
import { commandsOf, type Context, type Decision, type Needs } from '@dandang/casework/command.ts';
import { count } from '@dandang/casework/deadline.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText, idText } from '@dandang/casework/input.ts';
import { findDeadline } from '@dandang/casework/matter.ts';
import { defineMeasure } from '@dandang/casework/measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { isRefusal, malformedAt, refuse } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import { issued, numbersOf, seriesMissing } from '../official-letter.ts';
import { objectionOutcome, type RewardEvent, rewardEvent } from './events.ts';
import { evolveReward } from './evolve.ts';
import { amountOf, decisionLetter, officeOf, revocationLetter, rewardNotice } from './letters.ts';
import {
  barredBy,
  mustJustify,
  nominated,
  type Opening,
  openingInput,
  openingNeeds,
  standingsOf,
} from './nomination.ts';
import {
  collectivesOf,
  type Objection,
  type Reward,
  type RewardCommand,
  type RewardDetails,
  type RewardState,
} from './reward-matter.ts';
import { behind, gate, shown } from './shown.ts';

const [nominator, organization, principalLeader] = [role('unit'), role('organization'), role('principal-leader')];
/** A public notice is for everybody who is signed in, and so are objections to it. */
const anyone: Party = { name: 'anyone signed in', office: false, includes: () => true, assignees: () => [] };

/** Everybody whom a letter about the reward may go to, and the office that writes it. */
const partiesOf = ({ unit, subjects, details }: Reward): Needs => ({
  units: [unit.id, details.notice?.office ?? '', ...collectivesOf(details).map((one) => one.unit.id)],
  officials: subjects.map((one) => one.id),
  unitsOfOfficials: true,
});

const withStandings = (needs: Needs, { subjects }: Reward): Needs => ({
  ...needs,
  files: standingsOf(subjects.map((one) => one.id)),
});

const numbersFor = numbersOf('reward.series');

/** The public notice still runs today, whatever a timer has made of it: a right stays open until its latest day. */
function noticeRuns(reward: Reward, { today }: Context): boolean {
  const period = findDeadline(reward, 'notice-period');
  return period === undefined || today < period.redOn;
}

const hasObjection = ({ details }: Reward, state: Objection['state']): boolean =>
  details.objections.some((one) => one.state === state);

const isOpen = ({ state }: Objection): boolean => state === 'open';

/** Who raised every one of these objections, also through a stand-in: nobody resolves its own. */
function behindEvery(objections: readonly Objection[]): string[] {
  const [first = [], ...others] = objections.map(behind);
  return first.filter((person) => others.every((persons) => persons.includes(person)));
}

/** It is on file that the notice has run out. */
const noticeIsOver = (reward: Reward): boolean => findDeadline(reward, 'notice-period')?.ended === true;

function granted(reward: Reward, context: Context): Decision<RewardEvent> {
  if (noticeRuns(reward, context)) return refuse('notice-running');
  if (hasObjection(reward, 'upheld')) return refuse('objection-upheld');
  if (hasObjection(reward, 'open')) return refuse('objection-open');
  const refused = barredBy(reward.subjects, context) ?? seriesMissing(context, 'reward.series');
  if (refused !== undefined) return refused;
  const { unit, details } = reward;
  const amount = amountOf(details.kind, context);
  const office = officeOf(details.notice?.office ?? '', context);
  const letters = issued([decisionLetter({ unit, ...details }, { office, amount }, context)]);
  if (isRefusal(letters)) return letters;
  const number = context.numberOf('reward-decision');
  return [
    { type: 'RewardGranted', data: { number, ...(amount === undefined ? {} : { amount }) } },
    ...ended(reward),
    ...letters,
  ];
}

const command = commandsOf<RewardState, RewardDetails, RewardEvent>();

/** What it owes by when; `words.ts` adds the English. */
export const rewardDeadlines = {
  'notice-period': { title: '公示期', act: 'grant', owedBy: organization, runsOut: () => [] },
} satisfies Readonly<Record<string, DeadlineSheet<Reward, RewardEvent>>>;

/**
 * The timely reward 及时奖励: an official or a collective is nominated for one deed of the city's central work, assessed,
 * approved, publicised and only then rewarded. Sources: Yichang's 《关于加强正向激励和反向约束推进干部能上能下的若干措施》, and
 * what its 《公务员及时表扬奖励常态化实施办法（试行）》 is to become, as its article tells them (三峡日报 2023-03-28,
 * “就奖励情形作出规定”: 就事论事, 一线导向, 常态及时, with 专项考核); kinds and revocation: 公务员法 art. 53, 56; each
 * candidate's clause and facts: by analogy to what Ankang asks (`citation` in events.ts).
 */
export const reward = defineMeasure<RewardState, RewardDetails, RewardEvent, Opening>({
  kind: 'reward',
  collection: 'rewards',
  title: '及时奖励',
  states: [
    { name: 'nominated', title: '已提名' },
    { name: 'assessed', title: '已考核' },
    { name: 'approved', title: '已批准' },
    { name: 'publicised', title: '公示中' },
    { name: 'granted', title: '已奖励', final: true },
    { name: 'revoked', title: '已撤销', final: true },
    { name: 'declined', title: '不予奖励', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: rewardEvent,
  publicNotices: true,
  authorsAlone: ['object'],
  opening: {
    title: '提名奖励',
    by: [nominator],
    input: openingInput,
    needs: openingNeeds,
    decide: nominated,
  },
  commands: {
    assess: command(['nominated'], {
      title: '专项考核',
      by: [organization],
      input: z.strictObject({
        result: z.enum(['merited', 'not-merited']),
        findings: freeText,
        evidence: freeText,
        /** What the assessor makes of the justification of a main duty. */
        onJustification: z.optional(freeText),
      }),
      awaited: () => true,
      decide: ({ details }, input, context) => {
        const unanswered = input.onJustification === undefined && mustJustify(details, context);
        if (input.result === 'merited' && unanswered)
          return refuse('main-duty', { detail: '须对属于部门主责主业的提名理由作出答复' });
        return [{ type: 'RewardAssessed', data: input }];
      },
    }),
    approve: command(['assessed'], {
      title: '批准',
      by: [principalLeader],
      input: z.strictObject({ opinion: freeText }),
      awaited: ({ details }) => details.assessment?.result === 'merited',
      needs: (matter) => withStandings({ units: [], officials: [] }, matter),
      decide: ({ details, subjects }, { opinion }, context) => {
        if (details.assessment?.result !== 'merited') return refuse('not-merited');
        return barredBy(subjects, context) ?? [{ type: 'RewardApproved', data: { opinion } }];
      },
    }),
    decline: command(['assessed', 'publicised'], {
      title: '不予奖励',
      by: [principalLeader, organization],
      byNow: ({ state }) => [state === 'assessed' ? principalLeader : organization],
      input: z.strictObject({ reason: freeText }),
      awaited: (matter) =>
        matter.state === 'assessed'
          ? matter.details.assessment?.result === 'not-merited'
          : hasObjection(matter, 'upheld'),
      decide: (matter, { reason }) => [{ type: 'RewardDeclined', data: { reason } }, ...ended(matter)],
    }),
    publicise: command(['approved'], {
      title: '公示',
      by: [organization],
      input: z.strictObject({ workingDays: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(60))) }),
      awaited: () => true,
      decide: (_matter, input, context): Decision<RewardEvent> => {
        const least = context.policy.settings['reward.noticeWorkingDays'].value;
        const workingDays = input.workingDays ?? least;
        if (workingDays === null) return refuse('notice-term-unset');
        if (least !== null && workingDays < least)
          return malformedAt(
            'workingDays',
            `公示不得少于${least}个工作日`,
            `a notice runs at least ${least} working days`,
          );
        const counted = count(context.today, { amount: workingDays, unit: 'working-day' }, 0, context);
        if (isRefusal(counted)) return counted;
        return [
          { type: 'RewardPublicised', data: { workingDays } },
          { type: 'DeadlineSet', data: { deadline: 'notice-period', counted } },
        ];
      },
    }),
    object: command(['publicised'], {
      title: '提出异议',
      by: [anyone],
      input: z.strictObject({ content: freeText }),
      decide: (matter, { content }, context) => {
        const objection = `objection-${matter.details.objections.length + 1}`;
        return [{ type: 'ObjectionRaised', data: { objection, content, late: !noticeRuns(matter, context) } }];
      },
    }),
    'resolve-objection': command(['publicised'], {
      title: '处理异议',
      by: [organization],
      input: z.strictObject({ objection: idText, outcome: objectionOutcome, reason: freeText }),
      available: (matter) => hasObjection(matter, 'open'),
      awaited: (matter) => hasObjection(matter, 'open'),
      notFor: ({ details }) => ({ rule: 'own-approval', persons: behindEvery(details.objections.filter(isOpen)) }),
      decide: ({ details }, input, { by }) => {
        const found = details.objections.find((one) => one.id === input.objection && isOpen(one));
        if (found === undefined) return refuse('not-found', { detail: '没有待处理的这一异议' });
        const own = behindEvery([found]).some((person) => personsBehind(by).includes(person));
        return own
          ? refuse('own-approval', { detail: '提出异议的人不能处理自己的异议' })
          : [{ type: 'ObjectionResolved', data: input }];
      },
    }),
    grant: command(['publicised'], {
      title: '决定奖励',
      by: [organization],
      input: z.strictObject({}),
      awaited: (matter) => noticeIsOver(matter) && !hasObjection(matter, 'open') && !hasObjection(matter, 'upheld'),
      needs: (matter) => withStandings(partiesOf(matter), matter),
      numbers: numbersFor('reward-decision'),
      decide: (matter, _input, context) => granted(matter, context),
    }),
    revoke: command(['granted'], {
      title: '撤销奖励',
      by: [principalLeader, organization],
      input: z.strictObject({ ground: idText }),
      needs: partiesOf,
      numbers: numbersFor('reward-revocation'),
      decide: (matter, input, context): Decision<RewardEvent> => {
        const ground = context.policy.reward.revocationGrounds.find((one) => one.id === input.ground);
        if (ground === undefined) return refuse('unknown-ground', { detail: input.ground });
        const letters = issued([revocationLetter(matter, ground, context)]);
        if (isRefusal(letters)) return letters;
        return [{ type: 'RewardRevoked', data: { ground: ground.id, groundName: ground.name } }, ...letters];
      },
    }),
  } satisfies Readonly<Record<RewardCommand, unknown>>,
  reads: ['standing'],
  series: 'reward.series',
  requires: ['reward.series'],
  failing: {
    requests: 'Rewards cannot be nominated, assessed, publicised, objected to or granted.',
    deadLetters: 'A public notice ran out or its last day moved, and its file does not say so.',
  },
  evolve: evolveReward,
  handlingOffice: organization,
  deadlines: rewardDeadlines,
  gate,
  headline: ({ details }) => details.project,
  details: shown,
  similarity: ({ details }) => details.project,
  notices: { needs: partiesOf, write: rewardNotice },
});
