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
  tones: {
    assess: 'primary',
    approve: 'primary',
    decline: 'danger',
    publicise: 'primary',
    object: 'normal',
    'resolve-objection': 'primary',
    grant: 'primary',
    recommend: 'primary',
    'record-grant': 'primary',
    revoke: 'danger',
  },
  consequences: {
    decline: { zh: '不予奖励的即终止，不能恢复。', en: 'It ends there and does not come back.' },
    publicise: {
      zh: '公示期间，登录的人员都可以查阅公示内容和提出异议。',
      en: 'While it lasts everybody who is signed in may read the notice and object.',
    },
    'resolve-objection': {
      zh: '异议成立的，只能不予奖励。',
      en: 'Where it is sustained, the reward can only be declined.',
    },
    grant: {
      zh: '奖励决定发给获奖干部和集体所在单位，抄送提名单位。',
      en: 'The decision goes to each official and each collective’s unit, with a copy for the nominating unit.',
    },
    recommend: { zh: '推荐报告发出，由上级审批。', en: 'The recommendation goes out; the body above decides.' },
    revoke: {
      zh: '撤销通知发给奖励决定的全部收件方，不能恢复。',
      en: 'A notice goes to everybody who got the decision; it cannot be undone.',
    },
  },
  diagram: {
    nominated: { assess: ['assessed'], withdraw: ['withdrawn'] },
    assessed: { approve: ['approved'], decline: ['declined'], withdraw: ['withdrawn'] },
    approved: { publicise: ['publicised'], withdraw: ['withdrawn'] },
    publicised: {
      grant: ['granted'],
      recommend: ['recommended'],
      decline: ['declined'],
      withdraw: ['withdrawn'],
    },
    recommended: { 'record-grant': ['granted', 'declined'] },
    granted: { revoke: ['revoked'] },
  },
};

export const rewardWords = measureWords(reward, { deadlines: rewardDeadlines, documents: typeNames }, english);
