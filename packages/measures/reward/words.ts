import { type EnglishOf, measureWords } from '@dandang/casework/measure-words.ts';
import type { RewardEvent } from './events.ts';
import { typeNames } from './letters.ts';
import { reward, rewardDeadlines, type RewardCommand } from './reward.ts';
import type { RewardState } from './reward-matter.ts';

const english: EnglishOf<
  RewardState,
  RewardCommand,
  RewardEvent['type'],
  keyof typeof rewardDeadlines,
  keyof typeof typeNames
> = {
  title: 'Timely reward',
  about: {
    zh: '对在中心工作中表现突出的干部或者集体，就事提名，经专项考核、批准、公示后给予奖励。',
    en: 'An official or a collective is nominated for one deed of the city’s central work, assessed, approved, publicised and rewarded.',
  },
  opening: 'Nominate for a reward',
  states: {
    nominated: 'Nominated',
    assessed: 'Assessed',
    approved: 'Approved',
    publicised: 'On public notice',
    recommended: 'Recommended to the body above',
    granted: 'Granted',
    revoked: 'Revoked',
    declined: 'Declined',
    withdrawn: 'Withdrawn',
  },
  commands: {
    assess: 'Assess',
    approve: 'Approve',
    decline: 'Decline',
    publicise: 'Publicise',
    object: 'Object',
    'resolve-objection': 'Resolve an objection',
    grant: 'Grant the reward',
    recommend: 'Recommend to the body above',
    'record-grant': 'Record what the body above decided',
    revoke: 'Revoke the reward',
  },
  events: {
    RewardNominated: { zh: '提名', en: 'Nominated' },
    RewardAssessed: { zh: '专项考核', en: 'Assessed' },
    RewardApproved: { zh: '批准', en: 'Approved' },
    RewardDeclined: { zh: '不予奖励', en: 'Declined' },
    RewardPublicised: { zh: '公示', en: 'Publicised' },
    ObjectionRaised: { zh: '提出异议', en: 'Objection raised' },
    ObjectionResolved: { zh: '处理异议', en: 'Objection resolved' },
    RewardRecommended: { zh: '向上推荐', en: 'Recommended to the body above' },
    GrantRecorded: { zh: '登记上级审批结果', en: 'Decision of the body above recorded' },
    RewardGranted: { zh: '决定奖励', en: 'Reward granted' },
    RewardRevoked: { zh: '撤销奖励', en: 'Reward revoked' },
  },
  deadlines: { 'notice-period': 'Public notice' },
  documents: {
    'reward-decision': 'Reward decision',
    'reward-recommendation': 'Recommendation for a reward',
    'reward-revocation': 'Notice of revocation',
    'recount-notice': 'Notice of a changed notice period',
  },
};

export const rewardWords = measureWords(reward, { deadlines: rewardDeadlines, documents: typeNames }, english);
