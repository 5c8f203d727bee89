import type { Policy, Source } from '../policy.ts';
import {
  interviewUnlisted,
  reminderUnlisted,
  rewardsByLaw,
  settingsWithoutNumbers,
  toleranceUnlisted,
  unnamed,
} from './defaults.ts';

/** 中国组织人事报 2018-01-05《激发干事创业内生动力》. */
const article: Source = {
  kind: 'article',
  reference: '中国组织人事报 2018-01-05，“建立容错纠错制度，为干部撑腰鼓劲”',
};

/**
 * Huangshi's tolerance, as far as its article tells: nine circumstances of exemption or mitigation, none of which it
 * names. It says nothing of reminders and interviews as other cities know them.
 */
export const huangshi: Policy = {
  id: 'huangshi',
  edition: '2018-01-05.2',
  name: '黄石市容错免责减责激励干部干事创业实施办法',
  source: article,
  settings: settingsWithoutNumbers,
  instruments: { tolerance: { name: '容错免责减责激励干部干事创业实施办法', source: article } },
  reminder: reminderUnlisted,
  interview: interviewUnlisted,
  tolerance: {
    ...toleranceUnlisted,
    circumstances: unnamed('tolerable', 1, 9, article),
    principles: [{ id: 'who-is-meant', name: '为敢于担当、踏实做事、不谋私利的干部撑腰鼓劲', source: article }],
  },
  reward: rewardsByLaw,
};
