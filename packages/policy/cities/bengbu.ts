import type { Policy, Source } from '../policy.ts';
import {
  interviewUnlisted,
  lawfulRevocations,
  lawfulRewards,
  reminderUnlisted,
  settingsWithoutNumbers,
  toleranceUnlisted,
} from './defaults.ts';

/** An article on Bengbu's officials that bears neither date nor author. */
const article = (place: string): Source => ({
  kind: 'article',
  reference: `蚌埠市干部工作文章（未署日期和作者），${place}`,
});
const distinguished = article('“注重关爱激励，使‘优者’得到嘉奖”');

/**
 * Bengbu's tolerance and clarification, as far as its article tells: three lines that are to be drawn, no circumstances,
 * no procedure. It praises and commends officials who were assessed as excellent.
 */
export const bengbu: Policy = {
  id: 'bengbu',
  edition: 'undated.2',
  name: '蚌埠市容错免责和澄清保护机制',
  source: distinguished,
  settings: settingsWithoutNumbers,
  instruments: {},
  reminder: reminderUnlisted,
  interview: interviewUnlisted,
  tolerance: {
    ...toleranceUnlisted,
    principles: [
      {
        id: 'three-distinctions',
        name: '按照“三个区分开来”要求，注意划清为公与徇私、失误与失职、敢为与乱为的界限',
        source: distinguished,
      },
    ],
  },
  reward: {
    kinds: [
      { id: 'praise', name: '通报表扬', source: article('“强化考核运用”：对“优秀”等次县级干部通报表扬、嘉奖') },
      ...lawfulRewards,
    ],
    revocationGrounds: lawfulRevocations,
    principles: [],
  },
};
