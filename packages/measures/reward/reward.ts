import { role } from '@dandang/access/party.ts';
import { measureTitles } from '../titles.ts';
import { defineMeasure } from '@dandang/casework/define-measure.ts';
import type { DeadlineSheet } from '@dandang/casework/measure-definition.ts';
import { assessmentCommands } from './assessment.ts';
import { type RewardEvent, rewardEvent, rewardRaise } from './events.ts';
import { evolveReward } from './evolve.ts';
import { grantingCommands, towardsGrant } from './granting.ts';
import { rewardNotice } from './letters.ts';
import { nominated, type Opening, openingInput, openingNeeds } from './nomination.ts';
import { organization, partiesOf } from './parties.ts';
import { rewardProjects } from './project-register.ts';
import { noticeCommands } from './public-notice.ts';
import type { Reward, RewardDetails, RewardState } from './reward-matter.ts';
import { gate, shown } from './shown.ts';
import { rewardRefusals } from './refusals.ts';
import { rewardWording } from './wording.ts';

export const rewardCommands = {
  // nominated → assessed → approved | declined; what was publicised may still be declined
  ...assessmentCommands,
  // approved → publicised; objections are raised and resolved
  ...noticeCommands,
  // publicised → granted → revoked; or → recommended → granted | declined by a body above
  ...grantingCommands,
};

/** What people may do to it, beside what every measure knows. */
export type RewardCommand = keyof typeof rewardCommands;

/** What is owed by when; `words.ts` adds the English. */
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
  title: measureTitles.reward,
  refusals: rewardRefusals,
  states: [
    { name: 'nominated', title: '已提名' },
    { name: 'assessed', title: '已考核' },
    { name: 'approved', title: '已批准' },
    { name: 'publicised', title: '公示中' },
    { name: 'recommended', title: '已推荐待上级审批' },
    { name: 'granted', title: '已奖励', final: true },
    { name: 'revoked', title: '已撤销', final: true },
    { name: 'declined', title: '不予奖励', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: rewardEvent,
  raise: rewardRaise,
  publicNotices: true,
  authorsAlone: ['object'],
  opening: {
    title: '提名奖励',
    by: [role('unit')],
    input: openingInput,
    needs: openingNeeds,
    decide: nominated,
  },
  commands: rewardCommands,
  heading: { assessed: towardsGrant, approved: towardsGrant, publicised: towardsGrant },
  approving: ['approve', 'decline'],
  reads: ['standing', rewardProjects.kind],
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
  wording: rewardWording,
});
